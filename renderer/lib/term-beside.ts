// The technical term beside a plain word, where it says more than the word itself does.

export const termBeside = (word: string, term: string | undefined): string =>
  term !== undefined && term.toLowerCase() !== word.toLowerCase() ? term : ''
