// Examples to token ids and labels: what the trainer is given. Rows that cannot be learnt are refused one by
// one with their reason; none disappears. Knows nothing of files, runs or batches.
import { NeiroError } from '../../contract/errors'
import type { Example, Message, RefusedRow, RowSource } from '../../contract/records'
import { conversationPieces, endsTurn, promptPieces } from './answers'
import type { ChatTemplate } from './chat-template'
import { encodePieces, type EncodedPieces, type Piece } from './pieces'
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

export interface EncodedExample {
  readonly tokens: Int32Array
  /** the token itself where it is learnt, -100 elsewhere; not shifted */
  readonly labels: Int32Array
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
  const result = encodeTogether([example], options)[0] as Outcome
  if (result instanceof NeiroError) throw result
  return result
}

/** The tokens that generation is given for the next answer. */
export function encodePrompt(
  messages: readonly Message[],
  options: Pick<EncodeOptions, 'tokenizer' | 'template'>
): Int32Array {
  const pieces = promptPieces(messages, options.template, turnEnds(options.tokenizer))
  return Int32Array.from((encodePieces(options.tokenizer, [pieces])[0] as EncodedPieces).ids)
}

/** Every example; those that cannot be learnt are in `refused`. Nothing left is an error. */
export function encodeAll(examples: readonly Example[], options: EncodeOptions): EncodedSet {
  const encoded: EncodedExample[] = []
  const refused: RefusedRow[] = []
  const lost = new Set(options.tokenizer.losesCharacters(charactersOf(examples)))
  // so many at a time that the tokenizer has work for all its threads and memory stays small
  const together = 256
  for (let at = 0; at < examples.length; at += together) {
    const some = examples.slice(at, at + together)
    encodeTogether(some, options, lost).forEach((outcome, i) => {
      if (outcome instanceof NeiroError) refused.push(refusal(some[i] as Example, outcome))
      else encoded.push(...outcome)
    })
  }
  if (encoded.length === 0) throw nothingToLearn(refused)
  return { examples: encoded, refused, cut: encoded.reduce((sum, example) => sum + example.cut, 0) }
}

type Outcome = readonly EncodedExample[] | NeiroError

function encodeTogether(
  examples: readonly Example[],
  options: EncodeOptions,
  lost: ReadonlySet<string> = new Set()
): Outcome[] {
  const ends = turnEnds(options.tokenizer)
  const plans = examples.map((example) => orError(() => plan(example, options, ends, lost)))
  const lists = plans.flatMap((lists) => (lists instanceof NeiroError ? [] : lists))
  const rows = encodePieces(options.tokenizer, lists)
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
  const unreadable = [...new Set(textOf(example))].filter((character) => lost.has(character))
  if (unreadable.length > 0) throw lostCharacters(unreadable)
  if (example.kind === 'text') return [[{ text: example.text, learnt: true }]]
  const { messages } = example
  const own = messages.some((message) => message.role === 'system')
  const system: Message[] =
    options.systemPrompt && !own ? [{ role: 'system', content: options.systemPrompt }] : []
  if (!messages.some((message, i) => message.role === 'assistant' && i > 0)) throw noAnswer()
  return conversationPieces([...system, ...messages], options.template, ends)
}

function finish(
  example: Example,
  rows: readonly EncodedPieces[],
  lists: readonly (readonly Piece[])[],
  options: EncodeOptions,
  ends: readonly string[]
): readonly EncodedExample[] {
  if (example.kind === 'text') return textWindows(example, rows[0]?.ids ?? [], options)
  const finished = rows.map((row, i) => conversationRow(example, row, lists[i] ?? [], options, ends))
  const whole = finished.filter((row) => row.labels.some((label) => label !== notLearnt))
  if (whole.length === 0) throw cutOff(options.maxSeqLength)
  return whole
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
  const isLearnt = [...learnt]
  if (eos !== null && !endsTurn(answer, ends)) {
    // the end comes right behind the answer; what the template puts after it is no longer needed
    const end = isLearnt.lastIndexOf(true) + 1
    tokens.splice(end, tokens.length, eos)
    isLearnt.splice(end, isLearnt.length, true)
  }
  const cut = Math.max(0, tokens.length - options.maxSeqLength)
  const kept = Int32Array.from(tokens.slice(0, options.maxSeqLength))
  const labels = kept.map((id, i) => (i > 0 && (options.lossOn === 'all' || isLearnt[i]) ? id : notLearnt))
  const hasAnswer = isLearnt.slice(0, kept.length).some((yes, i) => yes && i > 0)
  return { tokens: kept, labels: hasAnswer ? labels : labels.fill(notLearnt), source: example.source, cut }
}

/** A plain text in windows of equal length, each starting with the begin token (every model is taught so);
 *  the end token closes the last one only, so that the model does not learn to stop in the middle. */
function textWindows(example: Example, ids: readonly number[], options: EncodeOptions): EncodedExample[] {
  const idOf = (token: string | null): number[] => {
    const id = token === null ? null : options.tokenizer.idOf(token)
    return id === null ? [] : [id]
  }
  const bos = idOf(options.bosToken)
  const all = [...ids, ...idOf(options.eosToken)]
  if (ids.length === 0 || bos.length + all.length < 2) throw noAnswer()
  const room = options.maxSeqLength - bos.length
  const count = Math.ceil(all.length / room)
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * all.length) / count)
    const tokens = Int32Array.from([...bos, ...all.slice(from, Math.floor(((i + 1) * all.length) / count))])
    // nothing comes before the first token, so it cannot be predicted
    return {
      tokens,
      labels: tokens.map((id, at) => (at > 0 ? id : notLearnt)),
      source: example.source,
      cut: 0
    }
  })
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

function textOf(example: Example): string {
  return example.kind === 'text' ? example.text : example.messages.map(({ content }) => content).join('\n')
}

function charactersOf(examples: readonly Example[]): string {
  const characters = new Set<string>()
  for (const example of examples) for (const character of textOf(example)) characters.add(character)
  return [...characters].join('')
}

function refusal(example: Example, error: NeiroError): RefusedRow {
  return {
    source: example.source,
    reason: error.code,
    details: error.details,
    excerpt: textOf(example).slice(0, 80)
  }
}

function noAnswer(): NeiroError {
  return new NeiroError(
    'EMPTY_ANSWER',
    'this row has no answer to learn',
    'Give the row an answer after its question, or remove it.'
  )
}

function cutOff(maxSeqLength: number): NeiroError {
  return new NeiroError(
    'ANSWER_CUT_OFF',
    `the question alone fills ${maxSeqLength} tokens, so nothing of the answer is left to learn`,
    'Raise maxSeqLength, or shorten the question.',
    { maxSeqLength: String(maxSeqLength) }
  )
}

function lostCharacters(characters: readonly string[]): NeiroError {
  const lost = characters.slice(0, 10).join(' ')
  return new NeiroError(
    'LOST_CHARACTERS',
    `the tokenizer of this model cannot read these characters: ${lost}`,
    'Choose a model that reads them, or replace them in the row.',
    { characters: lost }
  )
}

function nothingToLearn(refused: readonly RefusedRow[]): NeiroError {
  const reason = refused[0]?.reason ?? 'NO_DATA'
  return new NeiroError(
    'NOTHING_TO_LEARN',
    `none of the ${refused.length} rows can be learnt; the first one because of ${reason}`,
    'Look at the refused rows and their reasons, and change the data, the maximum length or the model.',
    { rows: String(refused.length), reason }
  )
}
