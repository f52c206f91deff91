/** Loaded before a program in a child process: gives it what Electron gives a utility process, `process.parentPort`. */
const parentPort = {
  postMessage: (message: unknown) => void process.send?.(message),
  on: (_event: 'message', listener: (event: { readonly data: unknown }) => void) =>
    void process.on('message', (data) => listener({ data })),
};
Object.assign(process, { parentPort });

// Electron ends its utility processes when it ends itself.
process.on('disconnect', () => process.exit(0));
