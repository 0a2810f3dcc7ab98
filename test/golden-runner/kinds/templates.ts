// Chat templates as Transformers renders them: texts, refusals, and the spans that are learnt where a
// template marks them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '../../../main/contract/records'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import type { Case } from '../cases'
import { exactCheck, type Check } from '../compare'
import type { KindResult } from '../run-case'

interface File {
  readonly bos_token: string
  readonly eos_token: string
  readonly templates: Readonly<Record<string, string>>
  readonly talks: Readonly<Record<string, readonly Message[]>>
  readonly rendered: readonly {
    readonly template: string
    readonly talk: string
    readonly add_generation_prompt: boolean
    readonly text?: string
    readonly error?: string
    readonly learnt?: readonly (readonly [number, number])[]
  }[]
}

export function runTemplates(item: Case): Promise<KindResult> {
  const file = JSON.parse(readFileSync(join(item.dir, 'templates.json'), 'utf8')) as File
  const learnt: string[] = []
  const wrong = new Map<string, string[]>(Object.keys(file.templates).map((name) => [name, []]))
  for (const want of file.rendered) {
    const source = file.templates[want.template]
    const talk = file.talks[want.talk]
    if (source === undefined || !talk) throw new Error(`${want.template} / ${want.talk} is not in the file`)
    const label = `${want.talk}${want.add_generation_prompt ? ' with prompt' : ''}`
    const list = wrong.get(want.template) ?? []
    try {
      const template = new ChatTemplate(source, { bos_token: file.bos_token, eos_token: file.eos_token })
      const { text, marked } = template.renderMarked(talk, want.add_generation_prompt)
      if (want.error !== undefined) list.push(`${label}: rendered, but should be refused`)
      else if (text !== want.text) list.push(`${label}: ${JSON.stringify(text)}`)
      const spans = (marked ?? []).map((span) => span.map((at) => characters(text, at)))
      if (want.learnt) {
        learnt.push(label)
        if (JSON.stringify(spans) !== JSON.stringify(want.learnt))
          list.push(`${label}: learnt ${JSON.stringify(spans)}`)
      }
    } catch (error) {
      if (want.error === undefined) list.push(`${label}: ${(error as Error).message}`)
      else if (!JSON.stringify({ ...(error as object), text: (error as Error).message }).includes(want.error))
        list.push(`${label}: refused for another reason: ${(error as Error).message}`)
    }
  }
  if (!file.rendered.length) throw new Error('templates.json renders nothing')
  const checks: Check[] = [...wrong].map(([name, list]) => exactCheck(name, list.length === 0, list[0]))
  const marked = file.rendered.filter((want) => want.learnt).length
  checks.push(exactCheck(`${marked} of them with learnt spans`, learnt.length === marked))
  return Promise.resolve({ checks })
}

/** Python counts code points, JavaScript UTF-16 units. */
const characters = (text: string, units: number): number => [...text.slice(0, units)].length
