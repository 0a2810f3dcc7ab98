// A template for Ollama that says the same as the one that was trained with, or none: both are rendered on a dozen
// conversations, and one sign of difference is too many.
import type { Message } from '../../../contract/records'
import { goTemplate, renderGoTemplate } from './go-template'
import { turnPartsOf, type Render } from './turn-parts'

const system = (content: string): Message => ({ role: 'system', content })
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })

const questions = [
  '返品はできますか',
  'Where is my parcel?',
  '1行目\n2行目',
  'if (a) { return "{{b}}" }',
  '<b>50%</b>'
]
const answers = [
  'はい、承ります。',
  'It is on its way.',
  '一、\n\n二、',
  '```\nx = {}\n```',
  'お待ちください'
]
const systems = ['丁寧に答えてください。', 'You answer briefly.\nAlways.']

const conversations: readonly (readonly Message[])[] = [
  ...questions.map((question) => [user(question)]),
  ...systems.flatMap((text) => questions.slice(0, 2).map((question) => [system(text), user(question)])),
  ...[2, 3, 5].flatMap((turns) => {
    const talk = questions
      .slice(0, turns)
      .flatMap((question, at) => [...(at > 0 ? [assistant(answers[at - 1] ?? '')] : []), user(question)])
    return [talk, [system(systems[0] ?? ''), ...talk]]
  })
]

/** begin: what the tokenizer puts before every text by itself; the template must not write it a second time. */
export async function provenTemplate(own: Render, begin: string): Promise<string | null> {
  const render: Render = async (messages) => {
    const text = await own(messages)
    return text.startsWith(begin) ? text.slice(begin.length) : text
  }
  const parts = await turnPartsOf(render)
  if (!parts) return null
  const template = goTemplate(parts)
  let proven = 0
  for (const messages of conversations) {
    // what its own template refuses (a system message), nobody can ask here either
    const expected = await render(messages).catch(() => null)
    if (expected === null) continue
    if (renderGoTemplate(template, messages) !== expected) return null
    proven++
  }
  return proven >= questions.length ? template : null
}
