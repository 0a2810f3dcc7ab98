// A text in pieces, as a file gives it.

/** Pieces of no more than so many characters, cut anywhere. */
export async function* pieces(text: string, size = 3): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
