import { pino, type DestinationStream } from 'pino';
import { createRedactor, type Redactor } from './redact.ts';

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

/** Everything that is text goes through the redactor: no message of a library may carry a number or secret through. */
function allowed(redactor: Redactor, fields: LogFields | undefined, cause: unknown): Record<string, unknown> {
  const kept = Object.fromEntries(
    allowedFields.flatMap((name) => {
      const value = fields?.[name];
      if (value === undefined) return [];
      return [[name, typeof value === 'string' ? redactor.redact(value) : value]];
    }),
  );
  if (cause === undefined) return kept;
  const described = cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause);
  return { ...kept, cause: redactor.redact(described) };
}

/** A log that writes one JSON line an event to `destination`, with `redactor` in front of all of them. */
export function createLog(destination: DestinationStream, redactor: Redactor = createRedactor()): Log {
  const logger = pino(
    { base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
  return {
    info: (event, fields) => logger.info(allowed(redactor, fields, undefined), event),
    warn: (event, fields, cause) => logger.warn(allowed(redactor, fields, cause), event),
    error: (event, fields, cause) => logger.error(allowed(redactor, fields, cause), event),
  };
}
