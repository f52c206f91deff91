import { useEffect, useRef } from 'react';
import type { WedgeSettings } from '../../../shared/contract/devices.ts';
import { readFrame } from '../../../shared/domain/scan/classify.ts';
import { codesOf } from '../../../shared/domain/scan/digits.ts';
import type { ScanRules } from '../../../shared/domain/scan/rules.ts';
import { useClient, useTerminal, useTerminalState } from '../../app/context.tsx';
import { useDevices } from './use-devices.ts';
import { createWedgeBurst, SILENCE_MS, type BurstStep } from './wedge-burst.ts';

/** A timer that comes later than this was held up, and so were the keys: they are let through first. */
const LATE_MS = 20;

const noWedge: WedgeSettings = { mode: 'off', prefix: '~', layout: 'system' };

/**
 * Listens for scanners that act as keyboards, before any control hears a key. What they read is told apart here, and a
 * payment card goes no further.
 */
export function useWedge(): void {
  const terminal = useTerminal();
  const client = useClient();
  const { loaded } = useTerminalState();
  const view = useDevices();
  const rules = useRef<ScanRules | null>(null);
  const collectorNumberRule = loaded?.snapshot.collectorNumberRule;
  useEffect(() => {
    if (view === null || collectorNumberRule === undefined) return;
    const cardRules = view.cardRules.map(({ rule }) => rule);
    rules.current = { collectorNumberRule, cardRules, coupons: view.coupons };
  });
  const { mode, prefix, layout } = view?.wedge ?? noWedge;
  useEffect(() => {
    if (mode === 'off') return undefined;
    const burst = createWedgeBurst({ mode, prefix, layout });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before: FieldBefore | undefined;

    const scanned = (text: string): void => {
      // Behind a prefix every key was held back.
      if (mode === 'timing') before?.restore();
      if (rules.current === null) return;
      const frame = codesOf(text);
      const { scan, observation } = readFrame(frame, rules.current);
      frame.fill(0);
      void client.call('devices.wedgeRead', { observation });
      if (scan === undefined) return;
      terminal.scanned(scan.kind === 'collector' ? { ...scan, entryMode: 'wedge' } : scan);
    };
    const carryOut = (step: BurstStep): void => {
      if (step.kind === 'scan') scanned(step.text);
      if (step.kind === 'typed') typeAgain(step.text);
    };
    const waitForSilence = (): void => {
      clearTimeout(timer);
      const dueMs = performance.now() + SILENCE_MS;
      const over = (): void => {
        if (performance.now() - dueMs > LATE_MS) timer = setTimeout(() => carryOut(burst.silence()), LATE_MS);
        else carryOut(burst.silence());
      };
      timer = setTimeout(over, SILENCE_MS);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const isAltGraph = event.getModifierState('AltGraph');
      if (!event.isTrusted || event.repeat || event.isComposing) return;
      if (!isAltGraph && (event.ctrlKey || event.altKey || event.metaKey)) return;
      if (mode === 'timing' && !burst.isOpen() && isPrivate(event.target)) return;
      const { key, code, shiftKey } = event;
      const fieldBefore = fieldOf(event.target);
      const step = burst.press({ key, code, shiftKey, isAltGraph }, event.timeStamp);
      if (step.kind === 'hold' || (step.kind === 'scan' && step.isOwnKey)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else before = fieldBefore;
      carryOut(step);
      waitForSilence();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, [mode, prefix, layout, terminal, client]);
}

/** Fields where typing is a secret or a text of its own. */
function isPrivate(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && target.type === 'password';
}

interface FieldBefore {
  readonly restore: () => void;
}

/** A field as it is before the first key of what may be a scan: that key is not held back, and is taken out again. */
function fieldOf(target: EventTarget | null): FieldBefore | undefined {
  if (!(target instanceof HTMLInputElement)) return undefined;
  const { value } = target;
  return {
    restore() {
      if (target.value === value || !target.isConnected) return;
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      set?.call(target, value);
      target.dispatchEvent(new Event('input', { bubbles: true }));
    },
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
