import { z } from 'zod';
import { settingKeys, variableOf } from './keys.ts';
import { Settings } from './schema.ts';

/** The JSON Schema of a settings file, for editors and for IT's own checks. */
export function settingsJsonSchema(): object {
  const schema = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' });
  for (const { path, description } of settingKeys()) {
    let at: unknown = schema;
    for (const step of path) {
      const properties: unknown =
        typeof at === 'object' && at !== null ? Reflect.get(at, 'properties') : undefined;
      at = typeof properties === 'object' && properties !== null ? Reflect.get(properties, step) : undefined;
    }
    if (typeof at === 'object' && at !== null && description !== undefined) {
      Reflect.set(at, 'description', description['en-CA']);
    }
  }
  return { title: 'Settings of Milepost', ...schema };
}

/** A page of the documentation with the table of every setting; `settings table` prints it, `reference.md` holds it. */
export function settingsReference(): string {
  return `# Settings

Written by \`npm run settings-reference\` from the one schema (\`schema.ts\`), which also gives the types, the checks, the settings page and
[the JSON Schema](settings.schema.json). A list or an object is one value; a variable carries it as JSON.
Secrets are no settings: see \`provisioning.json\` in the README.

${settingsTable()}
`;
}

function settingsTable(): string {
  const rows = settingKeys().map(({ key, defaultValue, description }) => {
    const shown = defaultValue === undefined ? '' : `\`${JSON.stringify(defaultValue)}\``;
    return `| \`${key}\` | ${description?.['en-CA'] ?? ''} | ${shown} | \`${variableOf(key)}\` |`;
  });
  return ['| setting | what it is | default | variable |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
