// Exact match of an answer with the one that was given, once differences that nobody reads are folded.

/** Full-width and half-width forms are one (NFKC), runs of white space are one space, ends are trimmed. */
export const folded = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, ' ').trim()

export const exactMatch = (answer: string, expected: string): boolean => folded(answer) === folded(expected)
