// Text in pieces, as lines with their numbers. \r\n, \n and \r each end a line; other separators do not, since
// JSON strings may hold them.

export interface Line {
  readonly line: string
  /** 1-based */
  readonly number: number
}

export async function* lines(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = ''
  let number = 0
  for await (const piece of text) {
    // a \r at the very end may be the first half of \r\n: it waits
    const all = rest + piece
    const waits = all.endsWith('\r') ? 1 : 0
    const parts = all.slice(0, all.length - waits).split(/\r\n|\n|\r/)
    rest = (parts.pop() ?? '') + (waits ? '\r' : '')
    for (const line of parts) yield { line, number: ++number }
  }
  const last = rest.endsWith('\r') ? rest.slice(0, -1) : rest
  if (last !== '' || rest !== '') yield { line: last, number: ++number }
}
