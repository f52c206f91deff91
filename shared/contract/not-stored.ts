/** Why something could not be put on this terminal's disk. Nothing was promised and nothing will be sent. */
export const notStoredReasons = ['disk-full', 'read-only', 'disk-error', 'queue-full', 'stopping'] as const;
