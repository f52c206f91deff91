import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { endpointPaths } from '../../../main/airmiles/endpoints.ts';
import { createOpenApi } from '../../../main/airmiles/openapi.ts';

const committed = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../main/airmiles/openapi.json'), 'utf8'));

/** Every object of a document, however deep. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

describe('the published contract', () => {
  test('is the one the code makes: run `npm run openapi` after a change', () => {
    expect(committed()).toEqual(createOpenApi());
  });

  test('is valid OpenAPI 3.1, and the validator would see a fault', async () => {
    const validator = new Validator();
    expect(await validator.validate(committed())).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    const { paths, ...without } = committed();
    expect(
      await new Validator().validate({ ...without, paths: { ...Object(paths), 'no-slash': { get: 7 } } }),
    ).toMatchObject({
      valid: false,
    });
  });

  test('has every endpoint', () => {
    expect(Object.keys(Object(committed()['paths']))).toEqual([
      ...Object.values(endpointPaths),
      '/transaction-history/sponsors',
    ]);
  });

  test('gives a reason for every part that is assumed, and marks the answers whole', () => {
    const marked = [...objectsIn(committed())].filter((each) => 'x-assumed' in each);
    expect(marked.length).toBeGreaterThan(20);
    for (const each of marked) {
      expect(each).toMatchObject({ 'x-assumed': true, 'x-assumed-reason': expect.stringMatching(/\S{3}/) });
    }
    expect(committed()).toMatchObject({ components: { schemas: { Answer: { 'x-assumed': true } } } });
  });

  test('resolves every reference it makes', () => {
    const schemas = Object(Object(committed()['components'])['schemas']);
    const references = [...objectsIn(committed())].flatMap(({ $ref }) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      expect(Object.keys(schemas)).toContain(reference.replace('#/components/schemas/', ''));
    }
  });
});
