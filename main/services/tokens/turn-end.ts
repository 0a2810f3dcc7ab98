// What ends a turn: the one token that answers are taught to close with. Asked of the template by rendering, never
// guessed from names; mask, generation, evaluation and every export go by it. And the marks that a template writes but
// the tokenizer does not know.
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import { conversationPieces } from './answers'
import type { ChatTemplate } from './chat-template'
import type { Marks } from './kinds/kind'
import type { Tokenizer } from './tokenizer'

/** a word that no template writes itself */
const answer = 'x7q'
const probe: readonly Message[] = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: answer }
]

/** Tokens that can end a turn, as text. Not only those called special: some files forget that flag. */
export const endsOf = (tokenizer: Tokenizer): readonly string[] =>
  tokenizer.added.map((token) => token.content).filter((content) => content.trim() !== '')

/** As text; null where no answer ends with a token: what is taught so never learns to stop. `ends`: tokens that text
 *  may contain. Where the template writes none behind an answer, the end-of-text token is added to it. */
export function turnEndOf(
  template: () => ChatTemplate,
  ends: readonly string[],
  eosToken: string | null
): string | null {
  const text = learntText(template, ends).trimEnd()
  const [longest] = ends.filter((end) => text.endsWith(end)).sort((a, b) => b.length - a.length)
  return longest ?? (eosToken !== null && ends.includes(eosToken) ? eosToken : null)
}

/** Marks of the template that are no tokens: <|marks|> anywhere, each falls to pieces of text; and whatever it writes behind
 *  an answer, which is learnt as a part of it. */
export function marksWithoutToken(template: () => ChatTemplate, ends: readonly string[]): readonly string[] {
  const text = unlessRefused(() => template().render(probe, true)) ?? ''
  const marks: string[] = text.match(/<[|｜][^<>|｜\s]+[|｜]>/gu) ?? []
  return [...new Set([...marks, ...wordsBehind(template, ends)])].filter((mark) => !ends.includes(mark))
}

/** Parts of a conversation that the template leaves out without a word: nothing that stands in them is seen or learnt. One that
 *  refuses them says so itself. */
export function leftOutBy(template: () => ChatTemplate): NonNullable<Marks['leftOut']> {
  const renders = (...messages: readonly Message[]): string | null =>
    unlessRefused(() => template().render(messages, true))
  const turn = (role: Message['role'], content: string): Message => ({ role, content })
  const instructed = renders(turn('system', 'x7s'), turn('user', 'x7u'))
  const followed = renders(turn('user', 'x7v'), turn('assistant', 'x7w'), turn('user', 'x7u'))
  return [
    ...(instructed !== null && !instructed.includes('x7s') ? ['system' as const] : []),
    ...(followed !== null && !(followed.includes('x7v') && followed.includes('x7w'))
      ? ['earlier' as const]
      : [])
  ]
}

function wordsBehind(template: () => ChatTemplate, ends: readonly string[]): readonly string[] {
  const learnt = learntText(template, ends)
  const behind = learnt.slice(learnt.lastIndexOf(answer) + answer.length)
  const words = ends.reduce((rest, end) => rest.replaceAll(end, '\n'), behind)
  return words
    .split('\n')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** What is learnt of the answer, as the template writes it. */
function learntText(template: () => ChatTemplate, ends: readonly string[]): string {
  const pieces = unlessRefused(() => conversationPieces(probe, template(), ends).at(-1))
  return pieces?.findLast((piece) => piece.learnt)?.text ?? ''
}

function unlessRefused<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof NeiroError) return null
    throw error
  }
}
