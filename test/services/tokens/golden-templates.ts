// The golden chat templates with their talks, as the tests of templates, answers and encoding use them.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Message } from '../../../main/contract/records'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'

interface Rendered {
  readonly template: string
  readonly talk: string
  readonly add_generation_prompt: boolean
  readonly text?: string
  readonly error?: string
  readonly learnt?: readonly (readonly [number, number])[]
}

const file = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../golden/templates/templates.json'), 'utf8')
) as {
  readonly bos_token: string
  readonly eos_token: string
  readonly templates: Readonly<Record<string, string>>
  readonly talks: Readonly<Record<string, readonly Message[]>>
  readonly rendered: readonly Rendered[]
}

export const golden = {
  names: Object.keys(file.templates),
  talks: Object.keys(file.talks),
  cases: file.rendered.map((want) => ({
    name: want.template,
    talk: want.talk,
    prompt: want.add_generation_prompt,
    want
  })),
  template: (name: string): ChatTemplate =>
    new ChatTemplate(file.templates[name] as string, {
      bos_token: file.bos_token,
      eos_token: file.eos_token
    }),
  talk: (name: string): readonly Message[] => file.talks[name] as readonly Message[]
}
