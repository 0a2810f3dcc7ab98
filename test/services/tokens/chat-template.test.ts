// Chat templates render as Transformers renders them, mark what they mark, and refuse in words.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { NeiroError } from '../../../main/contract/errors'
import { ChatTemplate, templateFor } from '../../../main/services/tokens/chat-template'
import { englishTime } from '../../../main/services/tokens/english-time'
import { golden } from './golden-templates'

const hello = [
  { role: 'user', content: 'Hello' },
  { role: 'assistant', content: 'Hi' }
] as const

describe('golden templates', () => {
  for (const { name, talk, prompt, want } of golden.cases) {
    test(`${name}, ${talk}${prompt ? ', with prompt' : ''}`, () => {
      const template = golden.template(name)
      const messages = golden.talk(talk)
      if (want.error !== undefined) {
        expect(() => template.render(messages, prompt)).toThrow(
          expect.objectContaining({ code: 'TEMPLATE_REFUSED', details: { cause: want.error } })
        )
        return
      }
      const { text, marked } = template.renderMarked(messages, prompt)
      expect(text).toBe(want.text)
      expect(template.render(messages, prompt)).toBe(want.text)
      // Python counts characters, not UTF-16 units
      const characters = (at: number): number => [...text.slice(0, at)].length
      expect(marked?.map((span) => span.map(characters)) ?? null).toEqual(want.learnt ?? null)
    })
  }

  test('all of the file is tried', () => {
    const file = resolve(import.meta.dirname, '../../golden/templates/templates.json')
    expect(golden.cases.length).toBe(
      (JSON.parse(readFileSync(file, 'utf8')) as { rendered: [] }).rendered.length
    )
    expect(golden.cases.length).toBeGreaterThan(100)
  })
})

describe('a template without an end', () => {
  const endless: readonly (readonly [string, string])[] = [
    ['a long loop', '{% for i in range(10000000000) %}x{% endfor %}'],
    ['loops in loops', '{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}'],
    [
      'text that doubles',
      "{% set n = namespace(t='aaaaaaaa') %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}{{ n.t }}"
    ],
    [
      'a list that doubles',
      '{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = n.l + n.l %}{% endfor %}'
    ],
    [
      'a list that holds the one before twice, written out',
      "{% set n = namespace(l=['a']) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l | tojson }}"
    ],
    [
      'an object likewise',
      "{% set n = namespace(l={'a': 'b'}) %}{% for i in range(60) %}{% set n.l = {'a': n.l, 'b': n.l} %}{% endfor %}{{ n.l | tojson }}"
    ],
    [
      'a list of long texts',
      "{% set t = namespace(x='aaaaaaaa') %}{% for i in range(19) %}{% set t.x = t.x + t.x %}{% endfor %}{{ [t.x, t.x, t.x, t.x] | tojson }}"
    ],
    [
      'a macro that calls itself twice',
      '{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}'
    ]
  ]
  test.each(endless)('%s is stopped with a word, soon, and is not tried for ever', (_, source) => {
    const template = new ChatTemplate(source, {})
    const begun = performance.now()
    for (let row = 0; row < 200; row++)
      expect(() => template.render([...hello])).toThrow(expect.objectContaining({ code: 'TEMPLATE_ENDLESS' }))
    // of 200 rows, three are tried
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  test('one that calls itself for ever is refused', () => {
    const template = new ChatTemplate('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', {})
    expect(() => template.render([...hello])).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^TEMPLATE_(REFUSED|ENDLESS)$/) })
    )
  })

  test('numbers of range are Python’s', () => {
    const numbers = (range: string): string => new ChatTemplate(`{{ ${range} | join(' ') }}`, {}).render([])
    expect([
      numbers('range(3)'),
      numbers('range(1, 4)'),
      numbers('range(5, 0, -2)'),
      numbers('range(0)')
    ]).toEqual(['0 1 2', '1 2 3', '5 3 1', ''])
  })

  test('a talk of a thousand turns is not', () => {
    const talk = Array.from({ length: 1000 }, (_, i) => ({
      role: i % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: 'おはようございます。'.repeat(20)
    }))
    for (const name of golden.names.filter((name) => name === 'chatml' || name === 'turns'))
      expect(golden.template(name).render(talk)).toContain('おはよう')
  })
})

describe('what templates are given', () => {
  const render = (source: string, tokens: Record<string, string> = {}): string =>
    new ChatTemplate(source, tokens).render([...hello])

  test('no tools, as Transformers says it: none, and a list where the template counts them unasked', () => {
    expect(render('{% if tools is not none %}tools{% else %}no{% endif %}')).toBe('no')
    expect(render('{% if tools %}tools{% else %}no{% endif %}')).toBe('no')
    expect(render('{{ tools | length }}')).toBe('0')
  })

  test('special tokens by name, the two common ones empty where the model has none', () => {
    expect(render('{{ bos_token }}|{{ eos_token }}|{{ pad_token }}', { pad_token: '<pad>' })).toBe('||<pad>')
  })

  test('the date in English', () => {
    expect(render("{{ strftime_now('%Y') }}")).toBe(String(new Date().getFullYear()))
    expect(render('{% if strftime_now is defined %}yes{% endif %}')).toBe('yes')
    const date = new Date(2024, 6, 3, 0, 5)
    expect(englishTime('%d %b %Y, %A %B %I:%M %p %j', date)).toBe('03 Jul 2024, Wednesday July 12:05 AM %j')
  })

  test('marks survive white space control, and text that looks like a mark is only text', () => {
    const source =
      '{% for m in messages %}\n  {%- if m.role == "assistant" %}\n    {%- generation -%}\n      {{ m.content }}\n' +
      '    {%- endgeneration -%}\n  {%- else %}\n    {{- m.content + ":" }}\n  {%- endif %}\n{%- endfor %}'
    const template = new ChatTemplate(source, {})
    expect(template.renderMarked([...hello])).toEqual({ text: 'Hello:Hi', marked: [[6, 8]] })
    const odd = [{ role: 'user', content: 'a\uFDD0b' } as const, hello[1]]
    expect(template.renderMarked(odd)).toEqual({ text: 'ab:Hi', marked: [[3, 5]] })
  })
})

describe('refusals', () => {
  test('a template that cannot be parsed is broken, with its reason', () => {
    expect(() => new ChatTemplate('{% for m in %}', {})).toThrow(
      expect.objectContaining({ code: 'BROKEN_TEMPLATE' })
    )
  })

  test('a template that fails while it runs refuses the conversation', () => {
    const error = (() => {
      try {
        new ChatTemplate("{{ raise_exception('roles must alternate') }}", {}).render([...hello])
      } catch (caught) {
        return caught as NeiroError
      }
      return null
    })()
    expect(error).toMatchObject({ code: 'TEMPLATE_REFUSED', details: { cause: 'roles must alternate' } })
    expect(error?.message).toContain('roles must alternate')
  })
})

test('a model without a template: a line for the question, the answer, the end token', () => {
  const plain = { chatTemplate: null, specialTokens: { bos_token: '<s>', eos_token: '</s>' }, name: 'x' }
  const template = templateFor(plain, '<s>')
  expect(template.render([...hello])).toBe('<s>Hello\nHi</s>')
  expect(template.render([hello[0]], true)).toBe('<s>Hello\n')
})
