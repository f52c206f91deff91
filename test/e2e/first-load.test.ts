import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';

for (const language of ['en-CA', 'fr-CA'] as const) {
  test(`a window in ${language} loads only what it needs, and is in that language from the first paint`, async ({
    page,
    shop,
  }) => {
    const terminal = await shop.open({ language });
    const { origin } = new URL(terminal.ready.url);
    const html = await (await page.request.get(origin)).text();
    const files = [...html.matchAll(/ (?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    const bodies = await Promise.all(
      files.map(async (path) => (await page.request.get(`${origin}${path}`)).body()),
    );
    const bytes = bodies.map((body, index) =>
      files[index]?.endsWith('.woff2') ? body.length : gzipSync(body).length,
    );

    expect(html).toContain(`<html lang="${language}">`);
    expect(files.filter((path) => /\/(en|fr)-CA-/.test(path))).toEqual([
      expect.stringContaining(`/assets/${language}-`),
    ]);
    // The limit the terminal is built to. What the window asks for after that is fetched when it stands idle.
    expect(bytes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(250_000);
    // Main reads what crosses the line; the schemas and their library stay there.
    expect(bodies.filter((body) => body.includes('ZodError'))).toEqual([]);

    const asked = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    expect(asked).toEqual(expect.arrayContaining(files.filter((path) => !path.endsWith('.svg'))));
  });
}
