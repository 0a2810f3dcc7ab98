// English counts one thing without an s.

/** "1 pair", "1,236 pairs"; the number is written already. */
export const plural = (n: string, thing: string): string => `${n} ${thing}${n === '1' ? '' : 's'}`
