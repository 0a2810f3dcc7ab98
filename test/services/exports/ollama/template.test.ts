// Templates for Ollama: of every family that tuned models come with, the Go template says what the Jinja template
// says; where it cannot, there is none.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../../main/contract/records'
import { renderGoTemplate } from '../../../../main/services/exports/ollama/go-template'
import { provenTemplate } from '../../../../main/services/exports/ollama/proven-template'
import { ChatTemplate } from '../../../../main/services/tokens/chat-template'

const turns = (inner: string): string => `{% for m in messages %}${inner}{% endfor %}`
const chatml =
  turns("{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' + '\\n'}}") +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
const llama3 =
  turns(
    "{% set c = '<|start_header_id|>' + m['role'] + '<|end_header_id|>\\n\\n' + m['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set c = bos_token + c %}{% endif %}{{ c }}"
  ) + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"
const gemma =
  "{{ bos_token }}{%- if messages[0]['role'] == 'system' -%}{%- set first = messages[0]['content'] + '\\n\\n' -%}{%- set rest = messages[1:] -%}{%- else -%}{%- set first = '' -%}{%- set rest = messages -%}{%- endif -%}{%- for m in rest -%}{%- set role = 'model' if m['role'] == 'assistant' else m['role'] -%}{{ '<start_of_turn>' + role + '\\n' + (first if loop.first else '') + m['content'] | trim + '<end_of_turn>\\n' }}{%- endfor -%}{%- if add_generation_prompt -%}{{ '<start_of_turn>model\\n' }}{%- endif -%}"
const phi3 =
  turns("{{ '<|' + m['role'] + '|>\\n' + m['content'] + '<|end|>\\n' }}") +
  "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% else %}{{ eos_token }}{% endif %}"
const mistral =
  "{{ bos_token }}{% set ns = namespace(system='') %}{% for m in messages %}{% if m.role == 'system' %}{% set ns.system = m.content + '\\n\\n' %}{% elif m.role == 'user' %}{{ '[INST] ' + (ns.system if loop.last else '') + m.content + '[/INST]' }}{% else %}{{ ' ' + m.content + eos_token }}{% endif %}{% endfor %}"
const llama2 =
  "{% if messages[0].role == 'system' %}{% set s = '<<SYS>>\\n' + messages[0].content + '\\n<</SYS>>\\n\\n' %}{% set messages = messages[1:] %}{% else %}{% set s = '' %}{% endif %}{% for m in messages %}{% if m.role == 'user' %}{{ bos_token + '[INST] ' + (s if loop.first else '') + m.content + ' [/INST]' }}{% else %}{{ ' ' + m.content + ' ' + eos_token }}{% endif %}{% endfor %}"
const sarashina =
  turns(
    "{% if m.role == 'system' %}{{ '<|system|>' + m.content + '</s>' }}{% elif m.role == 'user' %}{{ '<|user|>' + m.content + '</s>' }}{% else %}{{ '<|assistant|>' + m.content + '</s>' }}{% endif %}"
  ) + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
const plain =
  "{% for m in messages %}{{ m.content }}{% if m.role == 'assistant' %}{{ eos_token }}{% else %}{{ '\\n' }}{% endif %}{% endfor %}"
const withDefault =
  "{% if messages[0].role != 'system' %}{{ '<|im_start|>system\\nYou are helpful.<|im_end|>\\n' }}{% endif %}" +
  chatml

const families = { chatml, llama3, gemma, phi3, mistral, llama2, sarashina, plain, withDefault }

const rendering = (source: string): ((messages: readonly Message[]) => Promise<string>) => {
  const template = new ChatTemplate(source, { bos_token: '<s>', eos_token: '</s>' })
  return async (messages) => template.render(messages, true)
}

describe('the Go template of', () => {
  for (const [name, source] of Object.entries(families))
    test(`${name} says the same, on talks it was not derived from`, async () => {
      const render = rendering(source)
      const template = await provenTemplate(render, '')
      expect(template).not.toBeNull()
      const talk: Message[] = [
        { role: 'system', content: '社内の言葉で' },
        { role: 'user', content: '請求書を{{再発行}}' },
        { role: 'assistant', content: 'かしこまりました' },
        { role: 'user', content: 'いつ届きますか?' }
      ]
      for (const messages of [talk, talk.slice(1), talk.slice(3), [...talk.slice(0, 1), ...talk.slice(3)]])
        expect(renderGoTemplate(template ?? '', messages)).toBe(await render(messages))
    })
})

test('a beginning that the tokenizer writes by itself is not written twice', async () => {
  const template = (await provenTemplate(rendering(llama3), '<s>')) ?? ''
  expect(template.startsWith('<s>')).toBe(false)
  expect(renderGoTemplate(template, [{ role: 'user', content: 'a' }])).toMatch(/^<\|start_header_id\|>/)
})

describe('there is none where it could not say the same:', () => {
  const odd = {
    'the date in the prompt changes':
      "{{ range(9) | random if false else '' }}" + chatml.replace("m['content']", "m['content'] | upper"),
    'contents are cut': chatml.replace("m['content']", "m['content'][:3]"),
    'only the last question is shown': '{{ messages[-1].content }}',
    'turns are numbered': turns("{{ loop.index ~ m.role ~ ': ' ~ m.content ~ '\\n' }}")
  }
  for (const [name, source] of Object.entries(odd))
    test(name, async () => {
      expect(await provenTemplate(rendering(source), '').catch(() => null)).toBeNull()
    })
})

test('templates of the golden cases: said the same, or none', async () => {
  const file = join(import.meta.dirname, '../../../golden/templates/templates.json')
  const golden = JSON.parse(readFileSync(file, 'utf8')) as { templates: Record<string, string> }
  const said: string[] = []
  for (const [name, source] of Object.entries(golden.templates)) {
    const render = rendering(source)
    const template = await provenTemplate(render, '').catch(() => null)
    if (template === null) continue
    said.push(name)
    const asked: Message[] = [{ role: 'user', content: '明日でもよいですか' }]
    expect(renderGoTemplate(template, asked), name).toBe(await render(asked))
  }
  expect(said).toContain('chatml')
})
