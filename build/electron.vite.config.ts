import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const inRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What the window's first script imports as it runs. */
const mount = inRoot('renderer/app/mount.tsx');

/**
 * Writes links for what a page would else ask for only once its code runs: the code that draws the window, its styles,
 * the font, and the words of each language, of which the host leaves the one the terminal is set to
 * (`renderer-files.ts`).
 */
function preloadStart(): Plugin {
  return {
    name: 'milepost-preload-start',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, chunk }) {
        const partOf = (file: string) => {
          const part = bundle[file];
          return part?.type === 'chunk' ? part : undefined;
        };
        const withImports = (file: string): readonly string[] => [
          file,
          ...(partOf(file)?.imports.flatMap(withImports) ?? []),
        ];
        const code = (chunk?.dynamicImports ?? [])
          .filter((file) => partOf(file)?.facadeModuleId === mount)
          .flatMap(withImports);
        // What is imported comes first, as when the code itself asks for it: later rules win.
        const styles = code
          .toReversed()
          .flatMap((file) => [...(partOf(file)?.viteMetadata?.importedCss ?? [])]);
        const named = (pattern: RegExp): string[] => Object.keys(bundle).filter((file) => pattern.test(file));
        const wanted: readonly (readonly [string, Record<string, string>])[] = [
          ...styles.map((file) => [file, { rel: 'stylesheet' }] as const),
          ...code.map((file) => [file, { rel: 'modulepreload' }] as const),
          ...named(/\/(en|fr)-CA-[^/]*\.js$/).map(
            (file) => [file, { rel: 'modulepreload', 'data-language': file.slice(7, 12) }] as const,
          ),
          ...named(/inter-latin-wght-normal-[^/]*\.woff2$/).map(
            (file) => [file, { rel: 'preload', as: 'font', type: 'font/woff2' }] as const,
          ),
        ];
        return [...new Map(wanted)]
          .filter(([file]) => !html.includes(file))
          .map(([file, attrs]) => ({
            tag: 'link',
            attrs: { ...attrs, crossorigin: true, href: `./${file}` },
            injectTo: 'head' as const,
          }));
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
        // Two files for all the window starts with: each file more is a request more.
        output: {
          codeSplitting: {
            groups: [
              // What the customer's page and the window both need.
              {
                name: 'common',
                test: /CustomerPage\.tsx$|renderer[\\/]client\.ts$|[\\/]react-dom[\\/]|load-catalogue|rolldown[\\/]runtime|ui[\\/](tokens|base|controls)\.css|fontsource/,
                priority: 2,
              },
              { name: 'first', test: /renderer[\\/]wire\.ts$|preload-helper/, priority: 3 },
              { name: 'start', test: /app[\\/]mount/, priority: 1 },
            ],
          },
        },
      },
    },
  },
});
