// A list or object as Python prints it: 'single' marks, True, False, None, and numpy's lists without commas. What pandas
// writes into the cells of a table.

/** Undefined where the text is none. */
export function parsePython(text: string): unknown {
  // a string that is never closed goes to the end, so that no sign is looked at twice
  const tokens = text.match(/'(?:[^'\\]|\\[\s\S])*'?|"(?:[^"\\]|\\[\s\S])*"?|[[\]{}(),:]|[\w.+-]+|\S/g) ?? []
  let at = 0
  const fail = (): never => {
    throw new SyntaxError('no literal')
  }
  const value = (depth: number): unknown => {
    const token = tokens[at++]
    if (token === undefined || depth > 20) return fail()
    if (token[0] === "'" || token[0] === '"') return isClosed(token) ? unescaped(token.slice(1, -1)) : fail()
    if (token === '[' || token === '(') return list(token === '[' ? ']' : ')', depth)
    if (token === '{') return object(depth)
    if (token in words) return words[token as keyof typeof words]
    // array([...]) and the like: what is inside
    if (/^[a-z_]+$/i.test(token) && tokens[at] === '(') {
      at++
      const [inside] = list(')', depth)
      return inside
    }
    const number = Number(token)
    return /^[-+]?[\d.]/.test(token) && !Number.isNaN(number) ? number : fail()
  }
  const list = (end: string, depth: number): unknown[] => {
    const items: unknown[] = []
    while (tokens[at] !== end) {
      if (at >= tokens.length) return fail()
      // dtype=object
      if (tokens[at + 1] === '=') at += 3
      else if (tokens[at] === ',') at++
      else items.push(value(depth + 1))
    }
    at++
    return items
  }
  const object = (depth: number): unknown => {
    const entries: [string, unknown][] = []
    while (tokens[at] !== '}') {
      if (at >= tokens.length) return fail()
      if (tokens[at] === ',') {
        at++
        continue
      }
      const key = value(depth + 1)
      if (tokens[at++] !== ':') return fail()
      entries.push([String(key), value(depth + 1)])
    }
    at++
    return Object.fromEntries(entries)
  }
  try {
    const found = value(0)
    return at === tokens.length ? found : undefined
  } catch {
    return undefined
  }
}

const words = {
  True: true,
  False: false,
  None: null,
  nan: null,
  NaN: null,
  true: true,
  false: false,
  null: null
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/gi,
    (_, x, u, long, one: string | undefined) => {
      const code = (x ?? u ?? long) as string | undefined
      return code === undefined ? (escapes[one ?? ''] ?? one ?? '') : String.fromCodePoint(parseInt(code, 16))
    }
  )

/** Its last sign is its mark, and no escaped one. */
function isClosed(token: string): boolean {
  let slashes = 0
  while (token[token.length - 2 - slashes] === '\\') slashes++
  return token.length > 1 && token.endsWith(token[0] as string) && slashes % 2 === 0
}
