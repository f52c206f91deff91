/** The outages a cashier can practise. */
export const drills = ['network-away', 'lost-answer', 'refused-collector'] as const;
