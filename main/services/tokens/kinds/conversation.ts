// A conversation in tokens: rendered by the model's template, its answers learnt, cut at the right.
import type { Example, Message } from '../../../contract/records'
import { conversationPieces, endsTurn } from '../answers'
import type { Piece } from '../pieces'
import { changedAnswer, cutOff, noAnswer } from '../unlearnable'
import { withSystem } from '../with-system'
import {
  idOf,
  isLearnt,
  notLearnt,
  type EncodedExample,
  type KindTokens,
  type Limits,
  type Whole
} from './kind'

type Conversation = Extract<Example, { kind: 'conversation' }>

export const conversationTokens: KindTokens<Conversation> = {
  comesBack: true,
  // asked of every row of a large file
  texts({ messages }) {
    const texts: string[] = []
    for (const { content, reasoning_content: thought } of messages) {
      texts.push(content)
      if (thought !== undefined) texts.push(thought)
    }
    return texts
  },

  pieces({ messages }, { template, systemPrompt }, ends) {
    const last = messages.findLastIndex(
      ({ role, weight }, i) => role === 'assistant' && i > 0 && weight !== 0
    )
    if (last < 0) throw noAnswer()
    // what follows the last answer that is learnt leads to nothing
    const asked = withSystem(messages.slice(0, last + 1), systemPrompt)
    return withoutUnlearnt(asked, conversationPieces(asked, template, ends))
  },

  /** Where the template ends the answer with no end token, the end-of-text token is added and learnt: without it
   *  generation would never stop. */
  whole(encoded, lists, wording, ends) {
    const eos = idOf(wording.eosToken, wording)
    return encoded.map((whole, i): Whole => {
      const answer = lists[i]?.findLast((piece) => piece.learnt)?.text ?? ''
      if (eos === null || endsTurn(answer, ends)) return whole
      // the end comes right behind the answer; what the template puts after it is no longer needed
      const end = whole.learnt.lastIndexOf(1) + 1
      const [tokens, learnt] = [new Int32Array(end + 1), new Uint8Array(end + 1)]
      tokens.set(whole.tokens.subarray(0, end))
      learnt.set(whole.learnt.subarray(0, end))
      tokens[end] = eos
      learnt[end] = 1
      return { tokens, learnt }
    })
  },

  cut(whole, source, _marks, limits) {
    const all = whole.map((text) => ({ ...cutAtRight(text, limits), source }))
    const [first, ...others] = all.filter(isLearnt)
    if (!first) throw cutOff(limits.maxSeqLength)
    // texts of a long conversation of which no answer is left count as cut off whole
    const gone = all.filter((text) => !isLearnt(text))
    return [
      { ...first, cut: gone.reduce((sum, text) => sum + text.tokens.length + text.cut, first.cut) },
      ...others
    ]
  },

  shown(pieces, { tokenizer, eosToken }, ends) {
    const last = pieces.findLastIndex((piece) => piece.learnt)
    if (eosToken === null || tokenizer.idOf(eosToken) === null) return pieces
    if (endsTurn(pieces[last]?.text ?? '', ends)) return pieces
    return [...pieces.slice(0, last + 1), { text: eosToken, learnt: true }]
  }
}

/** Answers with weight 0 are context: of one text, their pieces are not learnt; texts of their own are left out. */
function withoutUnlearnt(messages: readonly Message[], lists: readonly Piece[][]): readonly Piece[][] {
  const answers = messages.filter(({ role }, i) => role === 'assistant' && i > 0)
  if (answers.every(({ weight }) => weight !== 0)) return lists
  const [only] = lists
  if (lists.length > 1 || !only) return lists.filter((_, i) => answers[i]?.weight !== 0)
  let at = -1
  const pieces = only.map((piece): Piece => {
    if (!piece.learnt) return piece
    return answers[++at]?.weight === 0 ? { ...piece, learnt: false, never: true } : piece
  })
  // an answer in several pieces, or none, would shift the marks
  if (at + 1 !== answers.length)
    throw changedAnswer(answers.find(({ weight }) => weight === 0)?.content ?? '')
  return [pieces]
}

function cutAtRight(
  { tokens, learnt }: Whole,
  { maxSeqLength, lossOn }: Limits
): Omit<EncodedExample, 'source'> {
  const kept = tokens.slice(0, maxSeqLength)
  // nothing comes before the first token, so it cannot be predicted
  const hasAnswer = learnt.subarray(1, kept.length).includes(1)
  const labels = kept.map((id, i) => {
    return hasAnswer && i > 0 && (learnt[i] === 1 || (lossOn === 'all' && learnt[i] !== 2)) ? id : notLearnt
  })
  return { tokens: kept, labels, cut: tokens.length - kept.length }
}
