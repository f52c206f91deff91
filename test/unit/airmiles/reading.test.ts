import { describe, expect, test } from 'vitest';
import { readAnswer, readRetryAfter, readServerDate } from '../../../main/airmiles/reading.ts';

const read = (text: string, isTorn = false) => readAnswer(new TextEncoder().encode(text), isTorn);

describe('reading an answer', () => {
  test.each([
    ['nothing at all', '', { body: 'empty' }],
    ['only white space', ' \r\n ', { body: 'empty' }],
    ['an empty object', '{}', { body: 'json' }],
    ['JSON that is no object', '[1,2]', { body: 'json' }],
    ['a null', 'null', { body: 'json' }],
    ['a page of a captive portal', '<!doctype html><p>Sign in', { body: 'unreadable' }],
    ['half an object', '{"milesAmount":', { body: 'unreadable' }],
    ['the assumed fields', '{"milesAmount":4,"balance":120,"responseCode":"0000","message":"Approved"}',
      { body: 'json', milesAmount: 4, balanceMiles: 120, code: '0000', message: 'Approved' }],
    ['digits in the place of numbers', '{"milesAmount":"4","balance":"-3"}', { body: 'json', milesAmount: 4, balanceMiles: -3 }],
    ['a code in lower case', '{"responseCode":"invalid_details"}', { body: 'json', code: 'INVALID_DETAILS' }],
    ['a code that is a number', '{"responseCode":8}', { body: 'json', code: '8' }],
    ['one field of an unexpected kind', '{"milesAmount":{"total":4},"message":"Approved"}', { body: 'json', message: 'Approved' }],
    ['fractions of a Mile', '{"milesAmount":4.5}', { body: 'json' }],
    ['fields nobody knows', '{"surprise":true,"milesAmount":1}', { body: 'json', milesAmount: 1 }],
    ['Miles by offer and no total', '{"issuances":[{"milesAmount":4},{"milesAmount":"20"}]}', { body: 'json', milesAmount: 24 }],
    ['Miles of one offer missing', '{"issuances":[{"milesAmount":4},{}]}', { body: 'json' }],
    ['no offers', '{"issuances":[]}', { body: 'json' }],
  ])('understands %s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  }); // prettier-ignore

  test('believes nothing of an answer that broke off, whole as it may look', () => {
    expect(read('{"milesAmount":4}', true)).toEqual({ body: 'unreadable' });
  });

  test('does not choke on bytes that are no UTF-8', () => {
    expect(readAnswer(Uint8Array.of(0xff, 0xfe, 0x00, 0x80), false)).toEqual({ body: 'unreadable' });
  });
});

describe('reading Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 1, 12, 0, 0);
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 12:01:00 GMT', 60_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (value, expected) => {
    expect(readRetryAfter(value, nowMs)).toBe(expected);
  });
});

test('the server date is milliseconds, and nothing when it makes no sense', () => {
  expect(readServerDate('Thu, 01 Jan 2026 12:00:00 GMT')).toBe(Date.UTC(2026, 0, 1, 12));
  expect(readServerDate('yesterday')).toBeUndefined();
  expect(readServerDate(undefined)).toBeUndefined();
});
