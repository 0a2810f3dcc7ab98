// Examples to token ids and labels: what the trainer is given. Rows that cannot be learnt are refused one by
// one with their reason; none disappears. Knows nothing of files, runs or batches.
import type { TokenExample } from '../../batches/example-set'
import { NeiroError } from '../../contract/errors'
import type { Example, Message, RefusedRow, RowSource } from '../../contract/records'
import { withSystem } from './with-system'
import { conversationPieces, endsTurn, promptPieces } from './answers'
import type { ChatTemplate } from './chat-template'
import { encodeAside, encodeNow, encodePieces, type EncodedPieces, type Encoding, type Piece } from './pieces'
import { cutOff, lostCharacters, noAnswer, nothingToLearn, tooShort } from './row-problems'
import { textWindows } from './text-windows'
import type { Tokenizer } from './tokenizer'

/** Label of a token that is not learnt. */
export const notLearnt = -100

export interface EncodeOptions {
  readonly tokenizer: Tokenizer
  readonly template: ChatTemplate
  readonly bosToken: string | null
  readonly eosToken: string | null
  readonly maxSeqLength: number
  readonly lossOn: 'responses' | 'all'
  /** given to conversations that have no system message of their own */
  readonly systemPrompt?: string
}

export interface EncodedExample extends TokenExample {
  readonly source: RowSource
  /** tokens cut off at maxSeqLength */
  readonly cut: number
}

export interface EncodedSet {
  readonly examples: readonly EncodedExample[]
  readonly refused: readonly RefusedRow[]
  readonly cut: number
}

/** One example: several rows for a long plain text, or where the template shows an answer differently later. */
export function encodeExample(example: Example, options: EncodeOptions): readonly EncodedExample[] {
  const result = encodeNow(options.tokenizer, encodeTogether([example], options))[0] as Outcome
  if (result instanceof NeiroError) throw result
  return result
}

/** The tokens that generation is given for the next answer. */
export function encodePrompt(
  messages: readonly Message[],
  options: Pick<EncodeOptions, 'tokenizer' | 'template'>
): Int32Array {
  const pieces = promptPieces(messages, options.template, turnEnds(options.tokenizer))
  const [row] = encodeNow(options.tokenizer, encodePieces(options.tokenizer, [pieces]))
  return Int32Array.from((row as EncodedPieces).ids)
}

/** The text of an example as the model is given it, uncut, in pieces that are learnt or not. Of a conversation that
 *  becomes several rows, the last. */
export function shownPieces(example: Example, options: EncodeOptions): readonly Piece[] {
  const ends = turnEnds(options.tokenizer)
  const pieces = plan(example, options, ends, new Set()).at(-1) ?? []
  const known = (token: string | null): token is string =>
    token !== null && options.tokenizer.idOf(token) !== null
  const { bosToken, eosToken, lossOn } = options
  const end = known(eosToken) ? [{ text: eosToken, learnt: true }] : []
  if (example.kind === 'text') {
    return [...(known(bosToken) ? [{ text: bosToken, learnt: false }] : []), ...pieces, ...end]
  }
  const last = pieces.findLastIndex((piece) => piece.learnt)
  const isOpen = end.length > 0 && !endsTurn(pieces[last]?.text ?? '', ends)
  const shown = isOpen ? [...pieces.slice(0, last + 1), ...end] : pieces
  return lossOn === 'all' ? shown.map((piece) => ({ ...piece, learnt: true })) : shown
}

/** Every example; those that cannot be learnt are in `refused`. Nothing left is an error. */
export function encodeAll(examples: readonly Example[], options: EncodeOptions): EncodedSet {
  // so many at a time that the tokenizer has work for all its threads and memory stays small
  return orNothing(encodeNow(options.tokenizer, encodeGroups(examples, options, 256)))
}

/** The same, with a turn for everything else every few examples: a window must stay awake meanwhile. */
export async function encodeInTurns(
  examples: readonly Example[],
  options: EncodeOptions
): Promise<EncodedSet> {
  return orNothing(await encodeWhatCan(examples, options))
}

/** As encodeInTurns; a set of which nothing can be learnt is no error here. */
export function encodeWhatCan(examples: readonly Example[], options: EncodeOptions): Promise<EncodedSet> {
  return encodeAside(options.tokenizer, encodeGroups(examples, options, 64))
}

function orNothing(set: EncodedSet): EncodedSet {
  if (set.examples.length === 0) throw nothingToLearn(set.refused)
  return set
}

function* encodeGroups(
  examples: readonly Example[],
  options: EncodeOptions,
  together: number
): Encoding<EncodedSet> {
  const encoded: EncodedExample[] = []
  const refused: RefusedRow[] = []
  const checked = new Map<string, boolean>()
  for (let at = 0; at < examples.length; at += together) {
    const some = examples.slice(at, at + together)
    const lost = lostAmong(charactersOf(some, options), options.tokenizer, checked)
    const outcomes = yield* encodeTogether(some, options, lost)
    outcomes.forEach((outcome, i) => {
      if (outcome instanceof NeiroError) refused.push(refusal(some[i] as Example, outcome))
      else for (const row of outcome) encoded.push(row)
    })
  }
  return { examples: encoded, refused, cut: encoded.reduce((sum, example) => sum + example.cut, 0) }
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

type Outcome = readonly EncodedExample[] | NeiroError

function* encodeTogether(
  examples: readonly Example[],
  options: EncodeOptions,
  lost: ReadonlySet<string> = new Set()
): Encoding<Outcome[]> {
  const ends = turnEnds(options.tokenizer)
  const plans = examples.map((example) => orError(() => plan(example, options, ends, lost)))
  const lists = plans.flatMap((lists) => (lists instanceof NeiroError ? [] : lists))
  const rows = yield* encodePieces(options.tokenizer, lists)
  let at = 0
  return plans.map((plan, i) => {
    if (plan instanceof NeiroError) return plan
    const own = rows.slice(at, (at += plan.length))
    return orError(() => finish(examples[i] as Example, own, plan, options, ends))
  })
}

/** The pieces of an example; several lists where it becomes several rows. */
function plan(
  example: Example,
  options: EncodeOptions,
  ends: readonly string[],
  lost: ReadonlySet<string>
): Piece[][] {
  const unreadable = lostFrom(textOf(example) + (options.systemPrompt ?? ''), lost, options.tokenizer)
  if (unreadable.length > 0) throw lostCharacters(unreadable)
  if (example.kind === 'text') return [[{ text: example.text, learnt: true }]]
  const { messages } = example
  if (!messages.some((message, i) => message.role === 'assistant' && i > 0)) throw noAnswer()
  return conversationPieces(withSystem(messages, options.systemPrompt), options.template, ends)
}

function finish(
  example: Example,
  rows: readonly EncodedPieces[],
  lists: readonly (readonly Piece[])[],
  options: EncodeOptions,
  ends: readonly string[]
): readonly EncodedExample[] {
  if (example.kind === 'text') return textRows(example, rows[0]?.ids ?? [], options)
  const finished = rows.map((row, i) => conversationRow(example, row, lists[i] ?? [], options, ends))
  const [first, ...others] = finished.filter(isLearnt)
  if (!first) throw cutOff(options.maxSeqLength)
  // rows of a long conversation of which no answer is left count as cut off whole
  const gone = finished.filter((row) => !isLearnt(row))
  return [
    { ...first, cut: gone.reduce((sum, row) => sum + row.tokens.length + row.cut, first.cut) },
    ...others
  ]
}

/** A conversation is cut at the right. Where the template ends the answer with no end token, the end-of-text
 *  token is added and learnt: without it generation would never stop. */
function conversationRow(
  example: Example,
  { ids, learnt }: EncodedPieces,
  pieces: readonly Piece[],
  options: EncodeOptions,
  ends: readonly string[]
): EncodedExample {
  const answer = pieces.findLast((piece) => piece.learnt)?.text ?? ''
  const eos = options.eosToken === null ? null : options.tokenizer.idOf(options.eosToken)
  const tokens = [...ids]
  const inAnswer = [...learnt]
  if (eos !== null && !endsTurn(answer, ends)) {
    // the end comes right behind the answer; what the template puts after it is no longer needed
    const end = inAnswer.lastIndexOf(true) + 1
    tokens.splice(end, tokens.length, eos)
    inAnswer.splice(end, inAnswer.length, true)
  }
  const cut = Math.max(0, tokens.length - options.maxSeqLength)
  const kept = Int32Array.from(tokens.slice(0, options.maxSeqLength))
  const labels = kept.map((id, i) => (i > 0 && (options.lossOn === 'all' || inAnswer[i]) ? id : notLearnt))
  const hasAnswer = inAnswer.slice(0, kept.length).some((yes, i) => yes && i > 0)
  return { tokens: kept, labels: hasAnswer ? labels : labels.fill(notLearnt), source: example.source, cut }
}

function textRows(example: Example, ids: readonly number[], options: EncodeOptions): EncodedExample[] {
  const { tokenizer, bosToken, eosToken, maxSeqLength: maxLength } = options
  const begin = bosToken === null ? null : tokenizer.idOf(bosToken)
  const end = eosToken === null ? null : tokenizer.idOf(eosToken)
  const rows = textWindows(ids, { begin, end, maxLength }).map((tokens) => {
    // nothing comes before the first token, so it cannot be predicted
    const labels = tokens.map((id, at) => (at > 0 ? id : notLearnt))
    return { tokens, labels, source: example.source, cut: 0 }
  })
  if (ids.length === 0 || !rows.some(isLearnt)) throw tooShort()
  return rows
}

const isLearnt = (row: EncodedExample): boolean => row.labels.some((label) => label !== notLearnt)

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

function textOf(example: Example): string {
  return example.kind === 'text' ? example.text : example.messages.map(({ content }) => content).join('\n')
}

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

function charactersOf(examples: readonly Example[], { systemPrompt = '' }: EncodeOptions): readonly string[] {
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
