// The members of a JSON object from a stranger, one after another, without making an object of it: of a file with a hundred
// thousand names, or a million brackets, only what is wanted is parsed. With pauses, so that nothing else waits for it.

export interface JsonMember {
  readonly key: string
  /** as it stands in the text; whoever wants it parses it */
  readonly value: string
}

/** Names of members, and values that are no text. */
const longestKey = 4096
/** Looked at without a pause, characters. */
const longestValue = 4 * 2 ** 20
/** Handed over at once. */
const mostAtOnce = 256
/** Characters between two pauses. */
const pieceSize = 1 << 18

/** Lots of members in their order. Throws SyntaxError where the text is no object; what stands inside a value is not looked
 *  at. */
export async function* jsonMembers(text: string): AsyncGenerator<readonly JsonMember[]> {
  let at = behind(text, 0, '{')
  let lot: JsonMember[] = []
  let paused = at
  for (let isFirst = true; ; isFirst = false) {
    at = space(text, at)
    if (isFirst && text[at] === '}') break
    const keyEnd = endOfString(text, at)
    if (keyEnd - at > longestKey) throw wrong(at)
    const key = JSON.parse(text.slice(at, keyEnd)) as string
    const from = space(text, behind(text, keyEnd, ':'))
    const to = endOfValue(text, from)
    lot.push({ key, value: text.slice(from, to) })
    at = space(text, to)
    if (lot.length === mostAtOnce || at - paused > pieceSize) {
      yield lot
      lot = []
      paused = at
      await new Promise((resume) => setImmediate(resume))
    }
    if (text[at] === '}') break
    at = behind(text, at, ',')
  }
  if (space(text, at + 1) < text.length) throw wrong(at + 1)
  yield lot
}

const wrong = (at: number): SyntaxError => new SyntaxError(`no JSON object at ${at}`)

function space(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break
  }
  return at
}

function behind(text: string, from: number, sign: string): number {
  const at = space(text, from)
  if (text[at] !== sign) throw wrong(at)
  return at + 1
}

/** Behind its closing mark. */
function endOfString(text: string, from: number): number {
  if (text[from] !== '"') throw wrong(from)
  for (let mark = text.indexOf('"', from + 1); mark >= 0; mark = text.indexOf('"', mark + 1)) {
    let slash = mark
    while (text[slash - 1] === '\\') slash--
    if ((mark - slash) % 2 === 0) return mark + 1
  }
  throw wrong(from)
}

function endOfValue(text: string, from: number): number {
  const first = text[from]
  if (first === '"') return endOfString(text, from)
  const most = Math.min(text.length, from + longestValue)
  if (first !== '{' && first !== '[') {
    let at = from
    while (at < most && !',}] \n\r\t'.includes(text[at] as string)) at++
    if (at === from) throw wrong(from)
    return at
  }
  let depth = 0
  for (let at = from; at < most; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) at = endOfString(text, at) - 1
    else if (c === 0x7b || c === 0x5b) depth++
    else if ((c === 0x7d || c === 0x5d) && --depth === 0) return at + 1
  }
  throw wrong(from)
}
