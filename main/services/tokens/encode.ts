// Examples to tokens and labels: what the trainer is given. Those that cannot be learnt are refused one by one with
// their reason; none disappears. Knows nothing of files, runs or batches, and of kinds only their names.
import { NeiroError } from '../../contract/errors'
import type { Example, Message, RefusedRow } from '../../contract/records'
import { promptPieces } from './answers'
import { tokensOf } from './kinds'
import type { EncodedExample, Limits, Whole, Wording } from './kinds/kind'
import { encodeAside, encodeNow, encodePieces, type EncodedPieces, type Encoding, type Piece } from './pieces'
import { lostCharacters, notForMethod, nothingToLearn } from './unlearnable'
import type { Tokenizer } from './tokenizer'

export interface EncodeOptions extends Wording, Limits {
  /** kinds that the method learns from; absent: all */
  readonly kinds?: readonly Example['kind'][]
}

export interface EncodedSet {
  readonly examples: readonly EncodedExample[]
  readonly refused: readonly RefusedRow[]
  readonly cut: number
}

/** An example in tokens (several texts where the template shows an answer differently later), or why it is none. */
export type Outcome = readonly Whole[] | NeiroError

/** Every example, with a turn for everything else every few of them. Throws NOTHING_TO_LEARN, with reasons, where
 *  none can be learnt. Whoever needs the same ones again asks Encodings. */
export async function encodeInTurns(
  examples: readonly Example[],
  options: EncodeOptions
): Promise<EncodedSet> {
  const outcomes = await encodeAside(options.tokenizer, encodeWhole(examples, options))
  return cutAll(examples, outcomes, options)
}

/** The same at once, for programs in which nobody else waits. */
export function encodeAll(examples: readonly Example[], options: EncodeOptions): EncodedSet {
  return cutAll(examples, encodeNow(options.tokenizer, encodeWhole(examples, options)), options)
}

/** The tokens that generation is given for the next answer. */
export function encodePrompt(
  messages: readonly Message[],
  options: Pick<EncodeOptions, 'tokenizer' | 'template'>
): Int32Array {
  const pieces = promptPieces(messages, options.template, turnEnds(options.tokenizer))
  const [encoded] = encodeNow(options.tokenizer, encodePieces(options.tokenizer, [pieces]))
  return Int32Array.from((encoded as EncodedPieces).ids)
}

/** The text of an example as the model is given it, uncut, in pieces that are learnt or not. Of a conversation that
 *  becomes several texts, the last. */
export function shownPieces(example: Example, options: EncodeOptions): readonly Piece[] {
  const ends = turnEnds(options.tokenizer)
  const kind = tokensOf(example)
  const shown = kind.shown(kind.pieces(example, options, ends).at(-1) ?? [], options, ends)
  return options.lossOn === 'all' ? shown.map((piece) => ({ ...piece, learnt: true })) : shown
}

/** so many at a time that the tokenizer has work for all its threads, and nobody waits long for a turn */
const atOnce = 64

export function* encodeWhole(examples: readonly Example[], wording: Wording): Encoding<Outcome[]> {
  const outcomes: Outcome[] = []
  const tried = new Map<string, boolean>()
  for (let at = 0; at < examples.length; at += atOnce) {
    const some = examples.slice(at, at + atOnce)
    const lost = lostAmong(charactersOf(some, wording), wording.tokenizer, tried)
    for (const outcome of yield* encodeSome(some, wording, lost)) outcomes.push(outcome)
  }
  return outcomes
}

/** Cut to a length, in the order of the examples. Throws NOTHING_TO_LEARN. */
export function cutAll(
  examples: readonly Example[],
  outcomes: readonly Outcome[],
  options: EncodeOptions
): EncodedSet {
  const encoded: EncodedExample[] = []
  const refused: RefusedRow[] = []
  examples.forEach((example, i) => {
    const cut = cutOne(example, outcomes[i] ?? [], options)
    if (cut instanceof NeiroError) refused.push(refusal(example, cut))
    else for (const one of cut) encoded.push(one)
  })
  if (encoded.length === 0) throw nothingToLearn(refused)
  return { examples: encoded, refused, cut: encoded.reduce((sum, { cut }) => sum + cut, 0) }
}

export function cutOne(
  example: Example,
  outcome: Outcome,
  options: EncodeOptions
): readonly EncodedExample[] | NeiroError {
  if (options.kinds?.includes(example.kind) === false) return notForMethod()
  if (outcome instanceof NeiroError) return outcome
  return orError(() => tokensOf(example).cut(outcome, example.source, options, options))
}

function* encodeSome(
  examples: readonly Example[],
  wording: Wording,
  lost: ReadonlySet<string>
): Encoding<Outcome[]> {
  const ends = turnEnds(wording.tokenizer)
  const plans = examples.map((example) => orError(() => plan(example, wording, ends, lost)))
  const lists = plans.flatMap((lists) => (lists instanceof NeiroError ? [] : lists))
  const encoded = yield* encodePieces(wording.tokenizer, lists)
  let at = 0
  return plans.map((plan, i) => {
    if (plan instanceof NeiroError) return plan
    const own = encoded.slice(at, (at += plan.length))
    return tokensOf(examples[i] as Example).whole(own, plan, wording, ends)
  })
}

function plan(
  example: Example,
  wording: Wording,
  ends: readonly string[],
  lost: ReadonlySet<string>
): readonly Piece[][] {
  const unreadable = lostFrom(textOf(example) + (wording.systemPrompt ?? ''), lost, wording.tokenizer)
  if (unreadable.length > 0) throw lostCharacters(unreadable)
  return tokensOf(example).pieces(example, wording, ends)
}

/** Characters that the tokenizer loses when they stand alone; each is tried once. */
function lostAmong(
  characters: readonly string[],
  tokenizer: Tokenizer,
  tried: Map<string, boolean>
): ReadonlySet<string> {
  const fresh = characters.filter((character) => !tried.has(character))
  const lost = new Set(fresh.length > 0 ? tokenizer.losesCharacters(fresh.join('')) : [])
  for (const character of fresh) tried.set(character, lost.has(character))
  return new Set(characters.filter((character) => tried.get(character)))
}

/** Tokens that can end a turn, as text. Not only those called special: some files forget that flag. */
function turnEnds(tokenizer: Tokenizer): string[] {
  return tokenizer.added.map((token) => token.content).filter((content) => content.trim() !== '')
}

function orError<T>(work: () => T): T | NeiroError {
  try {
    return work()
  } catch (error) {
    if (error instanceof NeiroError) return error
    throw error
  }
}

const textOf = (example: Example): string => tokensOf(example).texts(example).join('\n')

/** Characters of the text that do not come back. Some that are lost alone are known inside a longer piece, so
 *  the text itself is asked. */
function lostFrom(text: string, lost: ReadonlySet<string>, tokenizer: Tokenizer): string[] {
  const suspects = lost.size === 0 ? [] : [...new Set(text)].filter((character) => lost.has(character))
  if (suspects.length === 0) return []
  const back = tokenizer.decode(tokenizer.encode(text), false)
  const count = (whole: string, part: string): number => whole.split(part.normalize('NFKC')).length
  return suspects.filter(
    (character) => count(back.normalize('NFKC'), character) < count(text.normalize('NFKC'), character)
  )
}

function charactersOf(examples: readonly Example[], { systemPrompt = '' }: Wording): readonly string[] {
  const characters = new Set<string>(systemPrompt)
  for (const example of examples) for (const character of textOf(example)) characters.add(character)
  return [...characters]
}

function refusal(example: Example, error: NeiroError): RefusedRow {
  return {
    source: example.source,
    reason: error.code,
    details: error.details,
    excerpt: textOf(example).slice(0, 80)
  }
}
