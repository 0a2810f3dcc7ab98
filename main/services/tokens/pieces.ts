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
  readonly ids: number[]
  readonly learnt: boolean[]
  readonly never: boolean[]
}

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
  const encoded = await tokenizer.encodeBatch(jobs.flatMap((job) => [job.before, job.before + job.text]))
  const all: EncodedPieces[] = lists.map(() => ({ ids: [], learnt: [], never: [] }))
  for (const [i, job] of jobs.entries()) {
    const before = encoded[2 * i] as Int32Array
    const both = encoded[2 * i + 1] as Int32Array
    const ids = startsWith(both, before)
      ? both.subarray(before.length)
      : await encodeInside(tokenizer, job.text)
    const own = all[job.list] as EncodedPieces
    for (const id of ids) {
      own.ids.push(id)
      own.learnt.push(job.learnt)
      own.never.push(job.never ?? false)
    }
  }
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
