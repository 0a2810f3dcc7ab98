// JSON in pieces that are made one after the other: the whole of a long text never stands in memory, and is never
// longer than the longest string that there can be. Pure.

/** Characters of a piece, about. */
export const pieceLength = 64 * 1024

/** The same text as JSON.stringify makes of plain data, in pieces. */
export function* jsonPieces(value: unknown): Generator<string> {
  let piece = ''
  for (const token of tokens(value)) {
    if (piece.length + token.length <= pieceLength) {
      piece += token
      continue
    }
    if (piece !== '') yield piece
    piece = token
    // a single text that is longer than a piece
    let from = 0
    for (; token.length - from > pieceLength; from += pieceLength) yield token.slice(from, from + pieceLength)
    if (from > 0) piece = token.slice(from)
  }
  if (piece !== '') yield piece
}

function* tokens(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    let before = '['
    for (const one of value as unknown[]) {
      yield before
      yield* tokens(one === undefined ? null : one)
      before = ','
    }
    yield before === '[' ? '[]' : ']'
  } else if (typeof value === 'object' && value !== null && !('toJSON' in value)) {
    let before = '{'
    for (const [key, one] of Object.entries(value)) {
      if (one === undefined || typeof one === 'function') continue
      yield `${before}${JSON.stringify(key)}:`
      yield* tokens(one)
      before = ','
    }
    yield before === '{' ? '{}' : '}'
  } else if (typeof value === 'string' && value.length > pieceLength) yield* longText(value)
  else yield JSON.stringify(value) ?? 'null'
}

/** Escapes grow a text up to six times: a long one is escaped part by part. */
function* longText(text: string): Generator<string> {
  yield '"'
  for (let from = 0; from < text.length;) {
    let to = from + pieceLength
    // the two halves of a character stay together
    const code = text.charCodeAt(to - 1)
    if (to < text.length && code >= 0xd800 && code < 0xdc00) to++
    yield JSON.stringify(text.slice(from, to)).slice(1, -1)
    from = to
  }
  yield '"'
}
