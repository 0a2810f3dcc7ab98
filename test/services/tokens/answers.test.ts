// Where answers stand in a rendered conversation: the learnt part begins where generation would begin and ends
// with the end-of-turn mark, for every habit that templates have, or the row is refused.
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import { conversationPieces, endsTurn, promptPieces } from '../../../main/services/tokens/answers'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import type { Piece } from '../../../main/services/tokens/pieces'
import { golden } from './golden-templates'

const ends = ['<|im_end|>', '<|end|>', '<end>', '</s>', '<|eot|>']
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })
const system = (content: string): Message => ({ role: 'system', content })

const joined = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
const learnt = (pieces: readonly Piece[]): string[] =>
  pieces.filter((piece) => piece.learnt).map(({ text }) => text)
const rows = (source: string | ChatTemplate, messages: readonly Message[]): Piece[][] =>
  conversationPieces(messages, typeof source === 'string' ? template(source) : source, ends)
const template = (source: string): ChatTemplate =>
  new ChatTemplate(source, { bos_token: '<s>', eos_token: '</s>' })

describe('golden templates', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    chatml: ['b<|im_end|>', 'd<|im_end|>'],
    'chatml-default-system': ['b<|im_end|>', 'd<|im_end|>'],
    inst: [' b</s>', ' d</s>'],
    headers: ['b<|end|>', 'd<|end|>'],
    turns: ['b<end>', 'd<end>'],
    'drops-thinking': ['b<|im_end|>', 'd<|im_end|>'],
    'generation-marks': ['b<|end|>\n', 'd<|end|>\n']
  }

  test.each(golden.names)('%s: two turns', (name) => {
    const found = rows(golden.template(name), golden.talk('turns'))
    expect(found).toHaveLength(1)
    expect(learnt(found[0] ?? [])).toEqual(expected[name])
    expect(joined(found[0] ?? [])).toBe(golden.template(name).render(golden.talk('turns')))
  })

  test('every talk that a template takes is cut without losing or inventing a character', () => {
    let tried = 0
    for (const { name, talk, prompt, want } of golden.cases) {
      if (prompt || want.error !== undefined || talk === 'ask') continue
      for (const pieces of rows(golden.template(name), golden.talk(talk))) {
        tried++
        const whole = joined(pieces)
        const answer = learnt(pieces).at(-1) ?? ''
        expect(endsTurn(answer, ends)).toBe(true)
        // the learnt part starts exactly where the prompt for it ends
        const before = whole.slice(0, whole.lastIndexOf(answer))
        expect(promptsOf(name, talk)).toContain(before)
      }
    }
    expect(tried).toBeGreaterThan(40)
  })

  function promptsOf(name: string, talk: string): string[] {
    const messages = golden.talk(talk)
    return messages.flatMap((message, k) =>
      message.role === 'assistant' ? [golden.template(name).render(messages.slice(0, k), true)] : []
    )
  }

  test('marks in the template decide, as far as they agree with the prompt', () => {
    for (const { name, talk, prompt, want } of golden.cases) {
      if (!want.learnt || prompt || talk === 'ask') continue
      const characters = [...(want.text ?? '')]
      const texts = want.learnt.map(([from, to]) => characters.slice(from, to).join(''))
      expect(rows(golden.template(name), golden.talk(talk)).flatMap(learnt)).toEqual(texts)
    }
  })
})

const chatml =
  "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

describe('habits of templates', () => {
  test('thinking that later turns no longer show: one row for each answer, each as it is asked for', () => {
    const found = rows(golden.template('drops-thinking'), golden.talk('think'))
    expect(found).toHaveLength(2)
    expect(found.map(learnt)).toEqual([
      ['<think>\nadd\n</think>\n\n2<|im_end|>'],
      ['<think>\nmore\n</think>\n\n5<|im_end|>']
    ])
    expect(joined(found[1] ?? [])).toContain('assistant\n2<|im_end|>')
  })

  test('an empty thinking part put before the last answer only (Qwen3)', () => {
    const qwen3 =
      "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' }}{% if m.role == 'assistant' and loop.last %}" +
      "{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}{{ m.content + '<|im_end|>\\n' }}{% endfor %}" +
      "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
    const found = rows(qwen3, [user('q'), assistant('a'), user('r'), assistant('b')])
    expect(found.map(learnt)).toEqual([
      ['<think>\n\n</think>\n\na<|im_end|>'],
      ['<think>\n\n</think>\n\nb<|im_end|>']
    ])
  })

  test('one more end token behind the whole conversation (Phi): still one row', () => {
    const phi =
      "{% for m in messages %}{{ '<|' + m.role + '|>' + m.content + '<|end|>' }}{% endfor %}" +
      "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}{% endif %}"
    const found = rows(phi, [user('q'), assistant('a'), user('r'), assistant('b')])
    expect(found.map(learnt)).toEqual([['a<|end|>', 'b<|end|></s>']])
  })

  test('a system text that only the last question gets (Mistral): learnt behind what generation is given', () => {
    const found = rows(golden.template('inst'), [
      system('Be kind.'),
      user('q'),
      assistant('a'),
      user('r'),
      assistant('b')
    ])
    expect(found.map(joined)).toEqual([
      '<s>[INST] Be kind.\n\nq [/INST] a</s>',
      '<s>[INST] q [/INST] a</s>[INST] Be kind.\n\nr [/INST] b</s>'
    ])
    expect(found.map(learnt)).toEqual([[' a</s>'], [' b</s>']])
  })

  test('a template without a prompt for the answer: its heading is learnt, nobody else writes it', () => {
    const plain = "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}"
    expect(rows(plain, [user('q'), assistant('a')]).map(learnt)).toEqual([['assistant: a\n']])
    expect(endsTurn('assistant: a\n', ends)).toBe(false)
  })

  test('answers trimmed by the template are still found', () => {
    expect(rows(golden.template('headers'), [user(' q '), assistant('\n a\n')]).map(learnt)).toEqual([
      ['a<|end|>']
    ])
  })

  test('an answer that quotes its question, or the marks of the template', () => {
    const messages = [user('q'), assistant('q [/INST] q'), user('q'), assistant('<|im_start|>assistant\nq')]
    expect(rows(golden.template('inst'), messages).map(learnt)).toEqual([
      [' q [/INST] q</s>', ' <|im_start|>assistant\nq</s>']
    ])
    expect(rows(chatml, messages).map(learnt)).toEqual([
      ['q [/INST] q<|im_end|>', '<|im_start|>assistant\nq<|im_end|>']
    ])
  })

  test('what nothing asks for is not learnt: a greeting at the start, words after the last answer', () => {
    const found = rows(chatml, [assistant('Welcome'), user('q'), assistant('a'), user('thanks')])
    expect(found.map(learnt)).toEqual([['a<|im_end|>']])
    expect(joined(found[0] ?? [])).toContain('Welcome')
    expect(joined(found[0] ?? [])).not.toContain('thanks')
  })
})

describe('what cannot be located is refused', () => {
  const refused = expect.objectContaining({ code: 'TEMPLATE_MASK' })

  test('a template that drops thinking from every answer', () => {
    const drops = chatml.replace('m.content', "m.content.split('</think>')[-1]")
    expect(() => rows(drops, [user('q'), assistant('<think>why</think>a')])).toThrow(refused)
    expect(rows(drops, [user('q'), assistant('a')]).map(learnt)).toEqual([['a<|im_end|>']])
  })

  test('a template that changes the words of an answer, in the middle of a conversation too', () => {
    const loud = chatml.replace('m.content', 'm.content | upper')
    expect(() => rows(loud, [user('q'), assistant('a'), user('Q'), assistant('B')])).toThrow(refused)
  })

  test('a template that says no', () => {
    expect(() => rows(golden.template('turns'), [system('s'), user('q'), assistant('a')])).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_REFUSED', details: { cause: 'System role not supported' } })
    )
  })
})

describe('a prompt that opens the turn in another way than it is shown later', () => {
  const drops = "{% set c = m.content.split('</think>')[-1] %}"
  const r1 = (after: string): string =>
    `{% for m in messages %}${drops}{% if m.role == 'assistant' %}<|bot|>{{ c }}<|end|>{% else %}<|you|>{{ m.content }}{% endif %}{% endfor %}` +
    `{% if add_generation_prompt %}{{ '<|bot|><think>${after}' }}{% endif %}`

  test('a thought that the prompt begins (DeepSeek R1) is ended before the answer', () => {
    const found = rows(r1('\\n'), [user('q'), assistant('a'), user('r'), assistant('b')])
    expect(found.map(joined)).toEqual([
      '<|you|>q<|bot|><think>\n\n</think>\n\na<|end|>',
      '<|you|>q<|bot|>a<|end|><|you|>r<|bot|><think>\n\n</think>\n\nb<|end|>'
    ])
    expect(found.map(learnt)).toEqual([['\n</think>\n\na<|end|>'], ['\n</think>\n\nb<|end|>']])
    expect(rows(r1(''), [user('q'), assistant('a')]).map(learnt)).toEqual([['\n\n</think>\n\na<|end|>']])
  })

  test('what an answer thinks itself is learnt, once', () => {
    for (const content of ['<think>\nwhy\n</think>\n\na', 'why\n</think>a'])
      expect(rows(r1('\\n'), [user('q'), assistant(content)]).map(learnt)).toEqual([
        ['why\n</think>\n\na<|end|>']
      ])
  })

  test('an empty thought that only the prompt has', () => {
    const empty = chatml.replace('assistant\\n', 'assistant\\n<think>\n\n</think>\n\n')
    expect(empty).not.toBe(chatml)
    const found = rows(empty, [user('q'), assistant('a'), user('r'), assistant('b')])
    expect(found.map(learnt)).toEqual([['a<|im_end|>'], ['b<|im_end|>']])
    expect(joined(found[0] ?? [])).toContain('<think>\n\n</think>\n\na<|im_end|>')
  })

  test('never where the question stands differently', () => {
    const other = chatml.replace('m.content', "(m.content if not add_generation_prompt else 'x')")
    expect(() => rows(other, [user('q'), assistant('a')])).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_MASK' })
    )
  })
})

test('a prompt has the pieces of the conversation that it begins', () => {
  for (const name of golden.names) {
    const messages = golden.talk('turns')
    const [whole = []] = rows(golden.template(name), messages)
    const prompt = promptPieces(messages.slice(0, -1), golden.template(name), ends)
    expect(whole.slice(0, prompt.length).map(({ text }) => text)).toEqual(prompt.map(({ text }) => text))
    expect(prompt.some((piece) => piece.learnt)).toBe(false)
  }
})
