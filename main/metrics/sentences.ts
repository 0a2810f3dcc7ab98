// Sentences of a text, Japanese or not. Pure.

/** With their marks; line ends divide too. A point divides before white space only: 1.5 and a.jp stay whole. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[。！？])(?![」』）])|(?<=[.!?])\s|\n/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
