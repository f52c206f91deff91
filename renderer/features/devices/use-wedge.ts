import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { WedgeSettings } from '../../../shared/contract/devices.ts';
import { readFrame } from '../../../shared/domain/scan/classify.ts';
import { codesOf } from '../../../shared/domain/scan/digits.ts';
import { createRepeatFilter } from '../../../shared/domain/scan/repeat.ts';
import type { ScanRules } from '../../../shared/domain/scan/rules.ts';
import type { Terminal } from '../../app/terminal.ts';
import { useClient, useTerminal, useTerminalState } from '../../app/context.tsx';
import { fieldNames, readEntry, waitingField } from '../checkout/entry.ts';
import { useDevices } from './use-devices.ts';
import { createWedgeBurst, type BurstStep } from './wedge-burst.ts';

/** A timer that comes later than this was held up, and so were the keys: they are let through first. */
const LATE_MS = 20;

const noWedge: WedgeSettings = { mode: 'off', prefix: '~', layout: 'system' };

/**
 * Listens for scanners that act as keyboards, before anything else hears a key. What they read is told apart here, and a
 * payment card goes no further.
 */
export function useWedge(): void {
  const terminal = useTerminal();
  const client = useClient();
  const { loaded } = useTerminalState();
  const view = useDevices();
  const rules = useRef<ScanRules | null>(null);
  const isTeaching = useRef(false);
  const collectorNumberRule = loaded?.snapshot.collectorNumberRule;
  useEffect(() => {
    if (view === null || collectorNumberRule === undefined) return;
    const cardRules = view.cardRules.map(({ rule }) => rule);
    rules.current = { collectorNumberRule, cardRules, coupons: view.coupons };
    isTeaching.current = view.teach !== undefined;
  });
  const { mode, prefix, layout } = view?.wedge ?? noWedge;
  // Heard from the first moment on, so that no page and no sheet comes before it.
  const burst = useRef(createWedgeBurst(noWedge));
  const holdsFirst = useRef(false);
  useEffect(() => {
    burst.current = createWedgeBurst({ mode, prefix, layout });
    holdsFirst.current = mode === 'timing';
  }, [mode, prefix, layout]);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let takeBack: (() => void) | undefined;
    const isRepeat = createRepeatFilter();

    const scanned = (text: string): void => {
      takeBack?.();
      if (rules.current === null) return;
      const frame = codesOf(text);
      const { scan, observation } = readFrame(frame, rules.current);
      frame.fill(0);
      if (isTeaching.current) {
        const isPayment = observation.outcome === 'payment-card';
        return void client.call('devices.teachFrame', { frame: isPayment ? null : text });
      }
      void client.call('devices.wedgeRead', { observation });
      if (scan === undefined || isRepeat(scan, performance.now())) return;
      terminal.scanned(scan.kind === 'collector' ? { ...scan, entryMode: 'wedge' } : scan);
    };
    const carryOut = (step: BurstStep): void => {
      if (step.kind === 'scan') scanned(step.text);
      if (step.kind === 'typed') typeAgain(step.text);
    };
    const waitForSilence = (): void => {
      clearTimeout(timer);
      const silenceMs = burst.current.silenceMs();
      const dueMs = performance.now() + silenceMs;
      const over = (): void => {
        if (performance.now() - dueMs > LATE_MS)
          timer = setTimeout(() => carryOut(burst.current.silence()), LATE_MS);
        else carryOut(burst.current.silence());
      };
      timer = setTimeout(over, silenceMs);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const isAltGraph = event.getModifierState('AltGraph');
      if (!event.isTrusted || event.repeat || event.isComposing) return;
      if (!isAltGraph && (event.ctrlKey || event.altKey || event.metaKey)) return;
      if (holdsFirst.current && !burst.current.isOpen() && isPrivate(event.target)) return;
      const { key, code, shiftKey, target } = event;
      // A key that writes can be taken back; one that does something can not. A space presses buttons.
      const isFirstHeld = holdsFirst.current && key !== ' ' && !isTextField(target);
      const step = burst.current.press({ key, code, shiftKey, isAltGraph }, event.timeStamp, isFirstHeld);
      const isOwnKey = step.kind === 'scan' && step.isOwnKey;
      const isHeld = step.kind === 'hold' || (step.kind === 'typed' && step.isKeyHeld);
      if (isHeld || isOwnKey) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      // Drawn at once: what is given back below goes into the field as it is then.
      if (burst.current.isResumed()) flushSync(() => takeBack?.());
      carryOut(step);
      // Shift comes in the middle of a burst too, and begins none.
      if (burst.current.hasBegun() && key !== 'Shift') takeBack = keepField(target, terminal);
      waitForSilence();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [terminal, client]);
}

/** Fields where typing is a secret or a text of its own. */
function isPrivate(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && target.type === 'password';
}

function isTextField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type);
}

/**
 * A field as it is before the first key of what may be a scan. That key is not held back, nor is what comes after a silence;
 * it is taken out again by what this gives back.
 */
function keepField(target: EventTarget | null, terminal: Terminal): (() => void) | undefined {
  const { loaded, page } = terminal.getState();
  const input = isTextField(target) ? target : undefined;
  if (loaded === null || (input === undefined && page.name !== 'checkout')) return undefined;
  const { checkout, snapshot } = loaded;
  // From anywhere on the checkout, a digit goes into the field that waits for it.
  const field =
    input === undefined
      ? waitingField(readEntry(checkout.draft, snapshot))
      : fieldNames.find((name) => name === input.dataset['field']);
  // The form knows more of a field than its text: how the number was read, whether a tax was corrected.
  if (field !== undefined) return () => terminal.act({ kind: 'untyped', field, before: checkout });
  return input === undefined ? undefined : keepText(input);
}

function keepText(target: HTMLInputElement): () => void {
  const { value } = target;
  return () => {
    if (target.value === value || !target.isConnected) return;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    set?.call(target, value);
    target.dispatchEvent(new Event('input', { bubbles: true }));
  };
}

/** Gives a person's keys back to whatever has the focus, one by one, as the browser would have. */
function typeAgain(text: string): void {
  for (const key of text) {
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    if (!target.dispatchEvent(event)) continue;
    if (document.activeElement instanceof HTMLInputElement) document.execCommand('insertText', false, key);
  }
}
