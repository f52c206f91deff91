/** Cashiers sell; managers also decide, return and close; IT also sees and changes how the terminal works. */
export const operatorRoles = ['cashier', 'manager', 'it'] as const;
export type OperatorRole = (typeof operatorRoles)[number];
