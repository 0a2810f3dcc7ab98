// What a chat template puts around the turns of a conversation, found out by rendering marks and looking at what stands
// between them: no family is guessed from names. Pure but for the rendering that is handed in.
import type { Message } from '../../../contract/records'

export interface Around {
  readonly before: string
  readonly after: string
}

export interface TurnParts {
  /** before everything, with or without a system message */
  readonly begin: string
  /** in place of a system message that is not there: a default of the template's own */
  readonly withoutSystem: string
  /** own: a turn before the others; first, last: inside of the first or last question; null: it takes none */
  readonly system: (Around & { readonly place: 'own' | 'first' | 'last' }) | null
  readonly user: Around
  readonly assistant: Around
  /** behind the last question, where the answer begins */
  readonly generation: string
}

export type Render = (messages: readonly Message[]) => Promise<string>

const marks = { system: 'zsysz', q1: 'zq1z', a1: 'za1z', q2: 'zq2z' } as const
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })
const talk = [user(marks.q1), assistant(marks.a1), user(marks.q2)]

/** Null where turns are not laid one behind the other. What is found is a guess until it is proven. */
export async function turnPartsOf(render: Render): Promise<TurnParts | null> {
  const plain = between(await render(talk), [marks.q1, marks.a1, marks.q2])
  if (!plain) return null
  const [first = '', toAnswer = '', toQuestion = '', last = ''] = plain
  // "what ends a question" and "what begins an answer" only ever stand together: any cut is right
  const afterQuestion = commonStart(toAnswer, last)
  const beforeQuestion = commonEnd(first, toQuestion)
  const head = cutEnd(first, beforeQuestion)
  const parts = {
    user: { before: beforeQuestion, after: afterQuestion },
    assistant: { before: toAnswer.slice(afterQuestion.length), after: cutEnd(toQuestion, beforeQuestion) },
    generation: last.slice(afterQuestion.length)
  }
  const said = await render([{ role: 'system', content: marks.system }, ...talk]).catch(() => null)
  const system = said === null ? null : systemIn(said, head, parts)
  return system ? { ...parts, ...system } : { ...parts, begin: head, withoutSystem: '', system: null }
}

function systemIn(
  said: string,
  head: string,
  { user: { before }, assistant: { after } }: Pick<TurnParts, 'user' | 'assistant'>
): Pick<TurnParts, 'begin' | 'withoutSystem' | 'system'> | null {
  const own = between(said, [marks.system, marks.q1])
  if (own) {
    const [first = '', toQuestion = ''] = own
    if (toQuestion.endsWith(before)) {
      const begin = commonStart(head, first)
      return {
        begin,
        withoutSystem: head.slice(begin.length),
        system: { place: 'own', before: first.slice(begin.length), after: cutEnd(toQuestion, before) }
      }
    }
    if (!first.startsWith(head + before)) return null
    const inside = { before: first.slice((head + before).length), after: toQuestion }
    return { begin: head, withoutSystem: '', system: { place: 'first', ...inside } }
  }
  const late = between(said, [marks.a1, marks.system, marks.q2])
  const [, toSystem = '', toQuestion = ''] = late ?? []
  if (!late || !toSystem.startsWith(after + before)) return null
  const inside = { before: toSystem.slice((after + before).length), after: toQuestion }
  return { begin: head, withoutSystem: '', system: { place: 'last', ...inside } }
}

/** What stands before, between and behind the marks, which come once and in this order; null where they do not. */
function between(text: string, order: readonly string[]): readonly string[] | null {
  const parts: string[] = []
  let at = 0
  for (const mark of order) {
    const found = text.indexOf(mark, at)
    if (found < 0 || text.indexOf(mark, found + 1) >= 0) return null
    parts.push(text.slice(at, found))
    at = found + mark.length
  }
  return [...parts, text.slice(at)]
}

function commonStart(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}

function commonEnd(a: string, b: string): string {
  let length = 0
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++
  return length === 0 ? '' : a.slice(-length)
}

const cutEnd = (text: string, end: string): string => text.slice(0, text.length - end.length)
