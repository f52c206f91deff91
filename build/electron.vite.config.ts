import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const inRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the entry of the window imports as it runs. */
const startsWith: ReadonlySet<string> = new Set([
  inRoot('renderer/wire.ts'),
  inRoot('renderer/app/mount.tsx'),
]);

/**
 * Writes a link into index.html for each of these files, for what they import and for their styles: fetched
 * beside the entry instead of after it.
 */
function preloadStart(): Plugin {
  return {
    name: 'milepost-preload-start',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, chunk }) {
        const files = new Set<string>();
        const add = (file: string): void => {
          const part = bundle[file];
          if (files.has(file) || part?.type !== 'chunk') return;
          files.add(file);
          for (const imported of part.imports) add(imported);
        };
        for (const file of chunk?.dynamicImports ?? []) {
          const part = bundle[file];
          if (part?.type === 'chunk' && startsWith.has(part.facadeModuleId ?? '')) add(file);
        }
        const styles = [...files].flatMap((file) => {
          const part = bundle[file];
          return part?.type === 'chunk' ? [...(part.viteMetadata?.importedCss ?? [])] : [];
        });
        const link = (rel: string) => (file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        });
        const isNew = (file: string): boolean => !html.includes(file);
        return [
          ...[...files].filter(isNew).map(link('modulepreload')),
          ...styles.filter(isNew).map(link('stylesheet')),
        ];
      },
    },
  };
}

/**
 * Three bundles: out/main (Node and Electron's main process), out/preload, out/renderer.
 *
 * out/main is flat, shared chunks included: the programs of main start each other by `new URL('./name.js', import.meta.url)`,
 * whichever file that line ends up in.
 */
export default defineConfig({
  main: {
    build: {
      outDir: inRoot('out/main'),
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: inRoot('main/index.ts'),
          browser: inRoot('main/hosts/browser/main.ts'),
          'journal-worker': inRoot('main/journal/journal-worker.ts'),
          inspect: inRoot('main/journal/inspect.ts'),
          'device-process': inRoot('main/devices/device-process.ts'),
          simulator: inRoot('main/simulator/program.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: inRoot('out/preload'),
      // A sandboxed preload script is CommonJS, one file, and can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: inRoot('main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: inRoot('renderer'),
    plugins: [react(), preloadStart()],
    build: {
      outDir: inRoot('out/renderer'),
      minify: true,
      // Fonts and pictures stay files: the page's content policy allows no data: addresses.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: inRoot('renderer/index.html'),
          customer: inRoot('renderer/customer.html'),
        },
        // One file for all the window starts with: each file more is a request more.
        output: {
          codeSplitting: {
            groups: [
              { name: 'words', test: /load-catalogue|preload-helper/, priority: 3 },
              // What the customer's page and the window both need.
              {
                name: 'common',
                test: /CustomerPage\.tsx$|renderer[\\/](client|wire)\.ts$|[\\/]react-dom[\\/]/,
                priority: 2,
              },
              { name: 'start', test: /app[\\/]mount/, priority: 1 },
            ],
          },
        },
      },
    },
  },
});
