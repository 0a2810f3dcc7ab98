// Pieces of a rendered text to token ids. A token never straddles two pieces: what stands before an answer is
// tokenised as generation will see it, the answer follows. Knows nothing of templates or of settings.
import type { Tokenizer } from './tokenizer'

export interface Piece {
  readonly text: string
  readonly learnt: boolean
  /** of an answer that is context: not even where everything else is learnt */
  readonly never?: true
}

export interface EncodedPieces {
  readonly tokens: Int32Array
  /** of each token: 1 where it is learnt, 2 where it is never */
  readonly learnt: Uint8Array
}

/** What templates write around texts comes with every example: so short texts, and so many of them, are encoded once. */
const short = { length: 64, most: 1000 }
const shortOnes = new WeakMap<Tokenizer, Map<string, Int32Array>>()

// A piece in the middle of a text is tokenised behind something, or a tokenizer that starts every text with a
// space would put one into the middle. These stand in where the true neighbour would melt into the piece.
const anchors = ['。', 'a', '1', '.', '\n']

/** Each list of pieces as ids, end to end. All lists go to the tokenizer together. */
export async function encodePieces(
  tokenizer: Tokenizer,
  lists: readonly (readonly Piece[])[]
): Promise<EncodedPieces[]> {
  const special = patternOf(tokenizer)
  const jobs = lists.flatMap((pieces, list) =>
    withNeighbours(pieces, special).map((job) => ({ ...job, list }))
  )
  const encoded = await encodeOnce(
    tokenizer,
    jobs.flatMap((job) => [job.before, job.before + job.text])
  )
  const parts: { readonly ids: Int32Array; readonly learnt: number }[][] = lists.map(() => [])
  for (const [i, job] of jobs.entries()) {
    const before = encoded[2 * i] as Int32Array
    const both = encoded[2 * i + 1] as Int32Array
    const ids = startsWith(both, before)
      ? both.subarray(before.length)
      : await encodeInside(tokenizer, job.text)
    parts[job.list]?.push({ ids, learnt: job.never ? 2 : Number(job.learnt) })
  }
  return parts.map((own) => {
    const size = own.reduce((sum, { ids }) => sum + ids.length, 0)
    const [tokens, learnt] = [new Int32Array(size), new Uint8Array(size)]
    let at = 0
    for (const { ids, learnt: how } of own) {
      tokens.set(ids, at)
      learnt.fill(how, at, at + ids.length)
      at += ids.length
    }
    return { tokens, learnt }
  })
}

/** The ids of each text; of short ones that came before, those of then. */
async function encodeOnce(tokenizer: Tokenizer, texts: readonly string[]): Promise<readonly Int32Array[]> {
  const known = shortOnes.get(tokenizer) ?? new Map<string, Int32Array>()
  shortOnes.set(tokenizer, known)
  const asked: string[] = []
  const askedAt = new Map<string, number>()
  const places = texts.map((text) => {
    const isShort = text.length <= short.length
    if (isShort && known.has(text)) return -1
    const before = isShort ? askedAt.get(text) : undefined
    if (before !== undefined) return before
    if (isShort) askedAt.set(text, asked.length)
    return asked.push(text) - 1
  })
  const encoded = await tokenizer.encodeBatch(asked)
  const all = texts.map((text, i) => encoded[places[i] as number] ?? known.get(text) ?? new Int32Array())
  for (const [text, at] of askedAt) if (known.size < short.most) known.set(text, encoded[at] as Int32Array)
  return all
}

interface Job extends Piece {
  /** the text before, back to the last special token: no token reaches across one */
  readonly before: string
}

/** Any special token, as it is written in a text. One pattern: some models have hundreds. */
function patternOf(tokenizer: Tokenizer): RegExp | null {
  const special = tokenizer.added.filter((token) => token.special).map((token) => token.content)
  const escaped = special.map((token) => token.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
  return escaped.length === 0 ? null : new RegExp(escaped.join('|'), 'g')
}

function withNeighbours(pieces: readonly Piece[], special: RegExp | null): Job[] {
  let before = ''
  return pieces
    .filter((piece) => piece.text !== '')
    .map((piece) => {
      const job = { ...piece, before }
      before = sinceLastSpecial(before + piece.text, special)
      return job
    })
}

function sinceLastSpecial(text: string, special: RegExp | null): string {
  let start = 0
  if (special) for (const match of text.matchAll(special)) start = match.index
  return text.slice(start)
}

/** The ids of a text in the middle of another one, whatever stands before it. */
async function encodeInside(tokenizer: Tokenizer, text: string): Promise<Int32Array> {
  for (const anchor of anchors) {
    const [before, both] = (await tokenizer.encodeBatch([anchor, anchor + text])) as [Int32Array, Int32Array]
    if (startsWith(both, before)) return both.subarray(before.length)
  }
  return tokenizer.encode(text)
}

function startsWith(ids: Int32Array, beginning: Int32Array): boolean {
  return beginning.length <= ids.length && beginning.every((id, i) => ids[i] === id)
}
