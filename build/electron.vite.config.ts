import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';

const inRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

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
    plugins: [react()],
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
      },
    },
  },
});
