import type { DevicesView } from '../../../shared/contract/devices.ts';
import { useWords } from '../../app/context.tsx';
import { outcomeText } from './device-text.ts';

const formText = {
  barcode: 'devices.form.barcode',
  stripe: 'devices.form.stripe',
  scale: 'devices.form.scale',
  sensor: 'devices.form.sensor',
  fault: 'devices.form.fault',
} as const;

/** The live tester: each read as it comes, by its form and lengths, never by what it holds. */
export function Reads({ reads }: { readonly reads: DevicesView['reads'] }) {
  const { text, time, number } = useWords();
  return (
    <>
      <h3 className="device-part">{text('devices.tester')}</h3>
      {reads.length === 0 ? <p className="quiet">{text('devices.tester.none')}</p> : null}
      <ol className="device-reads" aria-live="polite">
        {reads.map(({ seq, atMs, observation }) => {
          const { form, aim, length, trackLengths, outcome } = observation;
          const size =
            trackLengths === undefined
              ? text('devices.tester.length', { count: length })
              : text('devices.tester.tracks', { lengths: trackLengths.map(number).join(' / ') });
          return (
            <li key={seq} data-outcome-kind={isTaken(outcome) ? 'taken' : 'refused'}>
              <time>{time(atMs)}</time>
              <strong>{text(outcomeText[outcome])}</strong>
              <span className="quiet">
                {text(formText[form])}
                {aim === undefined ? '' : ` ]${aim}`}
                {form === 'fault' ? '' : ` · ${size}`}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function isTaken(outcome: DevicesView['reads'][number]['observation']['outcome']): boolean {
  return outcome === 'collector' || outcome === 'receipt' || outcome === 'coupon';
}
