import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Language } from '../../shared/contract/views.ts';
import { otherLanguage } from '../../shared/i18n/languages.ts';
import type { HostedTerminal } from './host.ts';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** Addresses without a file's name. */
const pages: Readonly<Record<string, string>> = { '/': '/index.html', '/customer': '/customer.html' };

export interface RendererFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RendererFiles {
  /** The file at an address's path, `/` being index.html; undefined when there is none. */
  read(pathname: string): Promise<RendererFile | undefined>;
}

interface Listed {
  readonly content: Buffer<ArrayBuffer>;
  readonly contentType: string;
}

/** A page names what it was built with; those files carry a hash of their content and are never changed. */
function cacheControl(name: string, { contentType }: Listed): string {
  if (contentType.startsWith('text/html')) return 'no-store';
  return name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
}

/** Only plain files of known types; symbolic links are left out, so nothing outside the folder is ever listed. */
async function listFiles(folder: string, prefix: string): Promise<(readonly [string, Listed])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<(readonly [string, Listed])[]> => {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(file, `${prefix}${entry.name}/`);
      const contentType = contentTypes.get(extname(entry.name));
      if (!entry.isFile() || contentType === undefined) return [];
      return [[`${prefix}${entry.name}`, { content: await readFile(file), contentType }]];
    }),
  );
  return nested.flat();
}

/** The page in a language: what it says it is written in, and of the languages' words those it will need at once. */
function inLanguage(page: string, language: Language): string {
  const needless = new RegExp(`\\s*<link [^>]*data-language="${otherLanguage(language)}"[^>]*>`, 'g');
  return page.replace(/<html lang="[^"]*">/, `<html lang="${language}">`).replaceAll(needless, '');
}

/**
 * The built renderer in `folder`, read once: an address is looked up in what was read and never becomes a path, so
 * no spelling of it leads elsewhere, and a window opens without waiting for the disk. `missing` when the folder or its index.html is not there (not built yet).
 * Pages are served in the language the terminal is set to.
 */
export async function openRendererFiles(
  folder: string,
  terminal: HostedTerminal,
): Promise<{ readonly kind: 'open'; readonly files: RendererFiles } | { readonly kind: 'missing' }> {
  let listed: ReadonlyMap<string, Listed>;
  try {
    listed = new Map(await listFiles(folder, '/'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { kind: 'missing' };
    throw cause;
  }
  if (!listed.has('/index.html')) return { kind: 'missing' };
  return {
    kind: 'open',
    files: {
      async read(pathname) {
        const name = pages[pathname] ?? pathname;
        const found = listed.get(name);
        if (found === undefined) return undefined;
        const { content } = found;
        const isPage = found.contentType.startsWith('text/html');
        const { language } = isPage ? await terminal.handlers['terminal.snapshot']({}) : {};
        return {
          body: language === undefined ? content : Buffer.from(inLanguage(content.toString(), language)),
          headers: { 'Content-Type': found.contentType, 'Cache-Control': cacheControl(name, found) },
        };
      },
    },
  };
}
