// Examples to tokens by a tokenizer and a template that are at hand: work of the workshop. What comes out is uncut;
// cut.ts makes of it what a training is given.
import { NeiroError } from '../../contract/errors'
import type { Example, Message } from '../../contract/records'
import { promptPieces } from './answers'
import { orError, textOf } from './cut'
import { tokensOf } from './kinds'
import type { Outcome, Wording } from './kinds/kind'
import { longTextLimits } from './long-text'
import { LostCharacters } from './lost-characters'
import { encodePieces, type EncodedPieces, type Piece } from './pieces'
import { endsOf } from './turn-end'
import { lostCharacters, noRowFor } from './unlearnable'

/** so many at a time that the tokenizer has work for all its threads */
const atOnce = 64

/** lost: what is known already of the characters of this tokenizer */
export async function encodeWhole(
  examples: readonly Example[],
  wording: Wording,
  lost = new LostCharacters(wording.tokenizer)
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let at = 0; at < examples.length; at += atOnce) {
    const some = examples.slice(at, at + atOnce)
    const said = some.filter((example) => tokensOf(example).comesBack)
    await lost.lookAt([
      wording.systemPrompt ?? '',
      ...said.flatMap((example) => tokensOf(example).texts(example))
    ])
    for (const outcome of await encodeSome(some, wording, lost)) outcomes.push(outcome)
  }
  return outcomes
}

/** The tokens that generation is given for the next answer. */
export async function encodePrompt(
  messages: readonly Message[],
  { tokenizer, template, rows }: Pick<Wording, 'tokenizer' | 'template' | 'rows'>
): Promise<Int32Array> {
  const pieces = promptPieces(messages, template, endsOf(tokenizer))
  const [encoded] = await encodePieces(tokenizer, [pieces])
  return withinRows((encoded as EncodedPieces).tokens, { tokenizer, rows })
}

/** The ids, where the model has a row for each. A tokenizer with more tokens than its model has rows is no fault of
 *  texts that use none of them. */
function withinRows(
  ids: Int32Array,
  { tokenizer, rows = Infinity }: Pick<Wording, 'tokenizer' | 'rows'>
): Int32Array {
  const beyond = ids.find((id) => id >= rows)
  if (beyond !== undefined) throw noRowFor(beyond, tokenizer.tokenOf(beyond), rows)
  return ids
}

/** The text of an example as the model is given it, uncut, in pieces that are learnt or not. Of a conversation that
 *  becomes several texts, the last. */
export function shownPieces(
  example: Example,
  wording: Wording,
  lossOn: 'responses' | 'all'
): readonly Piece[] {
  const ends = endsOf(wording.tokenizer)
  const kind = tokensOf(example)
  const shown = kind.shown(kind.pieces(example, wording, ends).at(-1) ?? [], wording, ends)
  return lossOn === 'all' ? shown.map((piece) => ({ ...piece, learnt: !piece.never })) : shown
}

async function encodeSome(
  examples: readonly Example[],
  wording: Wording,
  lost: LostCharacters
): Promise<Outcome[]> {
  const ends = endsOf(wording.tokenizer)
  const plans: (readonly Piece[][] | NeiroError)[] = []
  const long = new Map<number, readonly EncodedPieces[]>()
  for (const example of examples) {
    const text = textOf(example) + (wording.systemPrompt ?? '')
    const { comesBack } = tokensOf(example)
    const unreadable = comesBack ? await orErrorOf(lost.from(text)) : []
    if (unreadable instanceof NeiroError) plans.push(unreadable)
    else if (unreadable.length > 0) plans.push(lostCharacters(unreadable))
    else plans.push(orError(() => tokensOf(example).pieces(example, wording, ends)))
  }
  // long ones one by one: a text that cannot be divided is the fault of its row alone
  for (const [i, plan] of plans.entries()) {
    if (plan instanceof NeiroError || !plan.some(isLong)) continue
    const tried = await orErrorOf(encodePieces(wording.tokenizer, plan))
    if (tried instanceof NeiroError) plans[i] = tried
    else long.set(i, tried)
  }
  const lists = plans.flatMap((plan, i) => (plan instanceof NeiroError || long.has(i) ? [] : plan))
  const encoded = await encodePieces(wording.tokenizer, lists)
  let at = 0
  return plans.map((plan, i) => {
    if (plan instanceof NeiroError) return plan
    const own = long.get(i) ?? encoded.slice(at, (at += plan.length))
    const whole = tokensOf(examples[i] as Example).whole(own, plan, wording, ends)
    return orError(() => whole.map((text) => ({ ...text, tokens: withinRows(text.tokens, wording) })))
  })
}

const isLong = (pieces: readonly Piece[]): boolean =>
  pieces.reduce((sum, { text }) => sum + text.length, 0) > longTextLimits.whole

async function orErrorOf<T>(work: Promise<T>): Promise<T | NeiroError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof NeiroError) return error
    throw error
  }
}
