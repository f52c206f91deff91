import { z } from 'zod';
import { AssumedAnswer, AssumedHistory } from './assumed.ts';
import { BasketBody, EventBody, PostBody, RecordBody } from './request-schemas.ts';

const named = {
  BasketBody,
  RecordBody,
  PostBody,
  EventBody,
  Answer: AssumedAnswer,
  History: AssumedHistory,
} as const;

export type SchemaName = keyof typeof named;

/** A schema as JSON, in the form in which it is sent. OpenAPI 3.1 speaks the same dialect: it needs no `$schema`. */
export function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/** The schemas client and simulator use, by name. */
export function componentSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, jsonSchemaOf(schema)]));
}

export const refTo = (name: SchemaName): { readonly $ref: string } => ({
  $ref: `#/components/schemas/${name}`,
});
