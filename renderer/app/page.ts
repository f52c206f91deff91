/** Where the window is. The checkout is home; every other page is left with Escape. */
export type Page = { readonly name: 'checkout' } | { readonly name: 'menu' } | { readonly name: 'devices' };

export type PageName = Page['name'];

export const checkoutPage: Page = { name: 'checkout' };
