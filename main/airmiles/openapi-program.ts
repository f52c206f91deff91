import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { offerTableSchema } from '../../shared/domain/earn/offer-table.ts';
import { createOpenApi } from './openapi.ts';

/** `npm run openapi`: writes the published documents beside what they describe. */
function publish(file: string, document: object): void {
  writeFileSync(join(import.meta.dirname, file), `${JSON.stringify(document, null, 2)}\n`);
}

publish('openapi.json', createOpenApi());
publish('../../shared/domain/earn/offer-table.schema.json', offerTableSchema());
