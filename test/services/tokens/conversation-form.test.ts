// Conversations of a form that was seen before are written as the template itself writes them, whatever their texts are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import { ConversationForm } from '../../../main/services/tokens/conversation-form'
import { aroundMarks, markOf, mostTexts, WatchedTexts } from '../../../main/services/tokens/watched-texts'
import { BoundedTemplate } from '../../../main/services/tokens/bounded-template'
import { golden } from './golden-templates'

function rendered(template: ChatTemplate, messages: readonly Message[], prompt: boolean): string {
  try {
    return template.renderMarked(messages, prompt).text
  } catch (error) {
    return String(error)
  }
}

const plain = (source: string, messages: readonly Message[]): string =>
  new BoundedTemplate(source).render({ messages, add_generation_prompt: false, tools: null })

const turn = (role: Message['role'], content: string): Message => ({ role, content })
const talk = (...contents: readonly string[]): readonly Message[] =>
  contents.map((content, i) => turn(i % 2 === 0 ? 'user' : 'assistant', content))

/** What templates look for and what stands around it, in all ways of being cut. */
const partsOf = (source: string): readonly string[] => [
  ...new Set(
    [...source.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].flatMap(([, one, other]) => {
      const word = (one ?? other ?? '').replaceAll('\\n', '\n')
      return [word, word.slice(1), word.slice(0, -1), word.slice(1, -1)]
    })
  )
]

describe('golden templates', () => {
  for (const name of golden.names)
    test(`${name}: with any texts, forms and renderings are one`, () => {
      const { source } = golden.template(name)
      const word = fc.constantFrom(...partsOf(source), ' ', '\n', '', 'はい', 'a', '5', 'true')
      const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(''))
      const said = fc.record(
        { role: fc.constantFrom('system', 'user', 'assistant'), content: text, reasoning_content: text },
        { requiredKeys: ['role', 'content'] }
      ) as fc.Arbitrary<Message>
      const talks = fc.oneof(
        fc.array(text, { minLength: 1, maxLength: 4 }).map((texts) => talk(...texts)),
        fc.array(said, { minLength: 1, maxLength: 4 })
      )
      const known = golden.template(name)
      fc.assert(
        fc.property(talks, fc.boolean(), (messages, prompt) => {
          // the forms of all talks before are known
          expect(rendered(known, messages, prompt)).toBe(wholly(name, messages, prompt))
        }),
        { numRuns: 150, seed: 7 }
      )
    })

  test('most are seen through', () => {
    const through = golden.names.filter((name) => formOf(golden.template(name).source, 2) !== null)
    expect(through.length).toBeGreaterThan(golden.names.length / 2)
  })
})

/** Rendered without any form. */
function wholly(name: string, messages: readonly Message[], prompt: boolean): string {
  const template = golden.template(name)
  Object.assign(template, { formOf: () => null })
  return rendered(template, messages, prompt)
}

function formOf(source: string, count: number): ConversationForm | null {
  const watched = new WatchedTexts()
  const messages = talk(...Array.from({ length: count }, (_, i) => markOf(i)))
  const given = { messages, add_generation_prompt: false, tools: null, bos_token: '', eos_token: '' }
  try {
    return ConversationForm.of(new BoundedTemplate(source).render(given, undefined, watched), watched)
  } catch {
    return null
  }
}

const each = (expression: string): string => `{% for m in messages %}[${expression}]{% endfor %}`

describe('what is asked of a text', () => {
  const through: readonly (readonly [string, string])[] = [
    ['printed', each('{{ m.content }}')],
    ['joined', each("{{ m['role'] + ': ' + m['content'] ~ 1 }}")],
    ['trimmed', each('{{ m.content | trim }}')],
    ['stripped, joined to something', each("{{ (' a ' + m.content + '\\n').strip() }}")],
    ['split at a word', each("{{ m.content.split('</think>')[-1] }}")],
    ['looked into for a word', each("{% if 'stop' in m.content %}!{% endif %}{{ m.content }}")],
    ['its beginning looked at', each("{{ 'x' if ('a' + m.content).startswith('ab') else m.content }}")],
    ['its end looked at', each("{{ 'x' if m.content.endswith(('k', '。')) else m.content }}")],
    ['compared', each("{{ 'x' if m.content == 'cd' else m.content }}")],
    ['a word replaced', each("{{ m.content.replace('cd', 'x') }}{{ m.content | replace('e', m.content) }}")],
    ['of a kind', each('{% if m.content is string %}{{ m.content }}{% endif %}')],
    ['by a macro', `{% macro w(x) %}<{{ x }}>{% endmacro %}${each('{{ w(m.content) }}')}`],
    [
      'kept aside',
      '{% set n = namespace(t="") %}{% for m in messages %}{% set n.t = n.t + m.content %}{% endfor %}{{ n.t }}'
    ],
    ['of chosen messages', "{{ (messages | selectattr('role', 'equalto', 'user') | list | last).content }}"],
    ['of an object', each("{{ m.get('content') }}{% for k, v in m.items() %}{{ v }}{% endfor %}")]
  ]
  const opaque: readonly (readonly [string, string])[] = [
    ['its length', each('{{ m.content | length }}')],
    ['its length, as a member', each('{{ m.content.length }}')],
    ['upper case', each('{{ m.content | upper }}{{ m.content.lower() }}')],
    ['a character', each('{{ m.content[0] }}')],
    ['a part', each('{{ m.content[1:] }}')],
    ['words', each('{{ m.content.split() | join("-") }}')],
    ['its lines', each('{{ m.content | indent }}')],
    ['as JSON', each('{{ m.content | tojson }}')],
    ['a message as JSON', each('{{ m | tojson }}')],
    ['a message as it is', each('{{ m }}')],
    ['a message printed by a macro', `{% macro w(x) %}{{ x }}{% endmacro %}${each('{{ w(m) }}')}`],
    ['a message in a set block', '{% set x %}{{ messages[0] }}{% endset %}{{ x }}'],
    ['a number', each('{{ m.content | int }}')],
    ['one beside another', each("{{ 'same' if m.content == messages[0].content else 'other' }}")],
    ['one in another', each("{{ 'in' if m.content in messages[0].content else 'not' }}")],
    ['compared with a number', each("{{ 'five' if m.content == 5 else m.content }}")],
    ['among words', each("{{ 'among' if m.content in ['a', '5'] else m.content }}")],
    ['a word among texts', "{{ 'a' in (messages | map(attribute='content') | list) }}"],
    ['chosen by its words', "{{ messages | selectattr('content', 'equalto', 'a') | list | length }}"],
    ['sorted', each("{% for k, v in m | dictsort(by='value') %}{{ k }}{% endfor %}")],
    ['in lower case only', each("{{ 'low' if m.content is lower else m.content }}")],
    ['given to a function of ours', each('{{ range(m.content) }}')],
    ['a filter around it', '{% filter upper %}{{ messages[0].content }}{% endfilter %}']
  ]
  const texts = [
    '',
    ' a',
    'a ',
    'a',
    'ab',
    'b',
    'cd',
    'c',
    'd',
    'e',
    'k',
    '5',
    'x</think>y',
    '</th',
    'ink>z',
    'stop',
    'sto',
    'p',
    'A',
    '\n',
    '"q"',
    'a b c',
    '2。'
  ]

  test.each(through)('%s: the form is filled as it is rendered', (_, source) => {
    const form = formOf(source, 2)
    expect(form).not.toBeNull()
    expect(form?.filled(['いつですか', 'きのうです'])).toBe(plain(source, talk('いつですか', 'きのうです')))
    for (const one of texts)
      for (const other of texts) {
        const filled = form?.filled([one, other]) ?? null
        if (filled !== null) expect(filled).toBe(plain(source, talk(one, other)))
      }
  })

  test.each(opaque)('%s: there is no form', (_, source) => {
    expect(formOf(source, 2)).toBeNull()
  })

  test('marks of all texts are told apart, and torn ones are seen', () => {
    const all = Array.from({ length: mostTexts }, (_, i) => i)
    expect(aroundMarks(all.map(markOf).join('|'))).toEqual({
      written: ['', ...Array(mostTexts - 1).fill('|'), ''],
      texts: all
    })
    expect(aroundMarks(markOf(3).slice(1))).toBeNull()
    expect(aroundMarks(`a${markOf(3).slice(0, 2)}`)).toBeNull()
  })
})

test('a template asks what day it is each time', () => {
  const template = new ChatTemplate("{{ strftime_now('%Y') }}{{ messages[0].content }}", {})
  expect(template.render(talk('a'))).toMatch(/^2\d{3}a$/)
  expect((template as unknown as { forms: Map<string, unknown> }).forms.get('user ')).toBeNull()
})
