import type { Outcome } from '../../shared/domain/outcome.ts';

/** What can be heard: the four outcomes, and a scan that was refused. */
export type SoundName = Outcome | 'refused';

/** One note: when it begins and how long it lasts in seconds, its pitch in hertz, its loudness from 0 to 1. */
export interface Note {
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  readonly level: number;
  readonly wave: 'sine' | 'triangle' | 'square';
}

const note = (
  at: number,
  seconds: number,
  hertz: number,
  wave: Note['wave'] = 'sine',
  level = 0.3,
): Note => ({
  at,
  seconds,
  hertz,
  level,
  wave,
});

/**
 * Each is told from the others by its shape and not by its pitch alone: credited rises, accepted rises and waits, stored
 * stays level and low, needs a manager calls three times, refused is one short buzz. None lasts over half a second.
 */
export const tones: Readonly<Record<SoundName, readonly Note[]>> = {
  credited: [note(0, 0.09, 784), note(0.09, 0.18, 1175)],
  accepted: [note(0, 0.09, 784), note(0.14, 0.14, 784)],
  stored: [note(0, 0.12, 392, 'triangle'), note(0.12, 0.2, 330, 'triangle')],
  'needs-manager': [
    note(0, 0.11, 659, 'triangle'),
    note(0.16, 0.11, 659, 'triangle'),
    note(0.32, 0.16, 494, 'triangle'),
  ],
  refused: [note(0, 0.22, 147, 'square', 0.12)],
};

/** Long enough to take the click off both ends of a note. */
const EDGE_SECONDS = 0.008;

// One for the page: a browser allows few, and opening one keeps the window busy for some 70 ms.
let context: AudioContext | undefined;

/** Opens the way to the loudspeaker ahead of the first tone, so that no outcome waits for it. */
export function openSound(): void {
  if ('AudioContext' in globalThis) context ??= new AudioContext();
}

function sound(audio: AudioContext, { at, seconds, hertz, level, wave }: Note): void {
  const start = audio.currentTime + at;
  const end = start + seconds;
  const oscillator = new OscillatorNode(audio, { type: wave, frequency: hertz });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(level, start + EDGE_SECONDS);
  gain.gain.setValueAtTime(level, end - EDGE_SECONDS);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}

/**
 * Plays at once: made on the spot, no files, the same on every machine. Where there is no sound to be had, nothing
 * happens: the screen says the same.
 */
export function play(name: SoundName): void {
  openSound();
  if (context === undefined) return;
  const audio = context;
  // It may not sound before a person has touched the page. Refused while nobody has touched the page yet: this tone is lost and the next one is not.
  if (audio.state === 'suspended') audio.resume().catch(() => undefined);
  for (const each of tones[name]) sound(audio, each);
}
