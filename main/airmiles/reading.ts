import type { z } from 'zod';
import { AssumedAnswer, AssumedIssuance } from './assumed.ts';

/** What an answer's body says, as far as it can be read. No outcome depends on it beyond `body` on a 2xx. */
export interface AnswerReading {
  /** `unreadable`: not JSON, or broken off. */
  readonly body: 'empty' | 'json' | 'unreadable';
  readonly milesAmount?: number;
  readonly balanceMiles?: number;
  /** Upper case: the documentation says that values are not case-sensitive. */
  readonly code?: string;
  readonly message?: string;
}

/** One field at a time, so that one of an unexpected kind does not hide the others. */
function readField<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined {
  const read = schema.safeParse(value);
  return read.success ? read.data : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The total where the answer gives one, else the sum of its issuances where every one says its Miles. */
function milesOf(answer: Record<string, unknown>): number | undefined {
  const total = readField(AssumedAnswer.shape.milesAmount, answer['milesAmount']);
  if (total !== undefined || !Array.isArray(answer['issuances'])) return total;
  const parts = answer['issuances'].map((part) => readField(AssumedIssuance, part)?.milesAmount);
  return parts.length > 0 && parts.every((part) => part !== undefined)
    ? parts.reduce((sum, part) => sum + part, 0)
    : undefined;
}

const isBlank = (body: Uint8Array): boolean =>
  body.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

/** The JSON of a body; undefined where it is none. */
export function parseJson(body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reads an answer leniently: every field optional, unknown ones ignored. Never throws. */
export function readAnswer(body: Uint8Array, isTorn: boolean): AnswerReading {
  if (isTorn) return { body: 'unreadable' };
  if (isBlank(body)) return { body: 'empty' };
  const parsed = parseJson(body);
  if (parsed === undefined) return { body: 'unreadable' };
  if (!isRecord(parsed)) return { body: 'json' };
  const { shape } = AssumedAnswer;
  const milesAmount = milesOf(parsed);
  const balanceMiles = readField(shape.balance, parsed['balance']);
  const code = readField(shape.responseCode, parsed['responseCode']);
  const message = readField(shape.message, parsed['message']);
  return {
    body: 'json',
    ...(milesAmount === undefined ? {} : { milesAmount }),
    ...(balanceMiles === undefined ? {} : { balanceMiles }),
    ...(code === undefined ? {} : { code: String(code).trim().toUpperCase().slice(0, 100) }),
    ...(message === undefined ? {} : { message: message.slice(0, 500) }),
  };
}

/** `Retry-After` as milliseconds from now, from its seconds or its date; undefined where absent or senseless. */
export function readRetryAfter(value: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** The server's clock, from its `Date` header. */
export function readServerDate(value: string | string[] | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : dateMs;
}
