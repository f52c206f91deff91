/** The only two channels between a window and main. What goes over them is the contract's business. */
export const channels = { call: 'milepost:call', event: 'milepost:event' } as const;

/** The terminal's own pages, served by main from the built renderer. */
export const pageScheme = 'app';
export const pageOrigin = `${pageScheme}://milepost`;
