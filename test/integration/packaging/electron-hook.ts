import { registerHooks } from 'node:module';

/** Gives whoever asks for `electron` the stand-in beside this file. Preloaded with Node's `--import`. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return {
      url: new URL('./electron-stand-in.ts', import.meta.url).href,
      format: 'module-typescript',
      shortCircuit: true,
    };
  },
});
