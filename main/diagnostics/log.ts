import { pino, type DestinationStream } from 'pino';

/**
 * The only fields a log line may carry. A field that is not listed is dropped, so a Collector Number, a token or a
 * card frame can not reach a log by accident; adding a name here is a decision about people's data.
 */
const allowedFields = [
  'seq',
  'reference',
  'kind',
  'code',
  'reason',
  'endpoint',
  'status',
  'attempt',
  'elapsedMs',
  'count',
  'bytes',
  'host',
  'port',
  'path',
  'file',
  'line',
  'key',
  'environment',
  'version',
  'call',
  'origin',
  'pid',
  'signal',
  'url',
] as const;

export type LogFields = Readonly<
  Partial<Record<(typeof allowedFields)[number], string | number | boolean | undefined>>
>;

/** Event first, fields after: `log.info('issuance-credited', { seq, elapsedMs })`. `cause` is for bugs and faults. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, cause?: unknown): void;
  error(event: string, fields?: LogFields, cause?: unknown): void;
}

const LONG_DIGIT_RUN = /\d(?:[\s-]?\d){7,}/g;

/** Numbers of eight digits and more lose all but their last four: no message of a library may carry one through. */
function withoutLongNumbers(text: string): string {
  return text.replaceAll(LONG_DIGIT_RUN, (digits) => `····${digits.slice(-4)}`);
}

function allowed(fields: LogFields | undefined, cause: unknown): Record<string, unknown> {
  const kept = Object.fromEntries(
    allowedFields.flatMap((name) => {
      const value = fields?.[name];
      if (value === undefined) return [];
      return [[name, typeof value === 'string' ? withoutLongNumbers(value) : value]];
    }),
  );
  if (cause === undefined) return kept;
  const described = cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause);
  return { ...kept, cause: withoutLongNumbers(described) };
}

/** A log that writes one JSON line an event to `destination`. */
export function createLog(destination: DestinationStream): Log {
  const logger = pino(
    { base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
  return {
    info: (event, fields) => logger.info(allowed(fields, undefined), event),
    warn: (event, fields, cause) => logger.warn(allowed(fields, cause), event),
    error: (event, fields, cause) => logger.error(allowed(fields, cause), event),
  };
}
