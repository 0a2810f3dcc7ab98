// What ends a turn: the one token that answers are taught to close with. Asked of the template by rendering, never
// guessed from names; mask, generation, evaluation and every export go by it. And the marks that a template writes but
// the tokenizer does not know.
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import { conversationPieces } from './answers'
import type { ChatTemplate } from './chat-template'
import type { Tokenizer } from './tokenizer'

const probe: readonly Message[] = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: 'b' }
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
  const learnt = unlessRefused(() => conversationPieces(probe, template(), ends).at(-1))?.findLast(
    (piece) => piece.learnt
  )
  const text = learnt?.text.trimEnd() ?? ''
  const [longest] = ends.filter((end) => text.endsWith(end)).sort((a, b) => b.length - a.length)
  return longest ?? (eosToken !== null && ends.includes(eosToken) ? eosToken : null)
}

/** <|marks|> of a rendered conversation that are no tokens: each falls to pieces of text. */
export function marksWithoutToken(template: () => ChatTemplate, ends: readonly string[]): readonly string[] {
  const text = unlessRefused(() => template().render(probe, true)) ?? ''
  const marks = text.match(/<[|｜][^<>|｜\s]+[|｜]>/gu) ?? []
  return [...new Set(marks)].filter((mark) => !ends.includes(mark))
}

function unlessRefused<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof NeiroError) return null
    throw error
  }
}
