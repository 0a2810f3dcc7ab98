// A short text out of a long one, for whoever keeps it: a mere slice would keep the whole piece of the file in memory.

export const ownCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')
