// One answer to what ends a turn, told from what the template writes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import { readModel } from '../../../main/services/models/read-model'
import { ChatTemplate, templateFor } from '../../../main/services/tokens/chat-template'
import { encodeAll } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import type { ModelText } from '../../../main/services/tokens/model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { leftOutBy, marksWithoutToken, turnEndOf } from '../../../main/services/tokens/turn-end'
import { tinyModel } from '../../fixtures/tiny-model'
import { ownFolder } from '../../fixtures/own-folder'

const chatml = `{% for m in messages %}<|im_start|>{{ m.role }}
{{ m.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`
const ends = ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '</s>']
const end = (source: string, eos: string | null = '<|endoftext|>'): string | null =>
  turnEndOf(() => new ChatTemplate(source, { eos_token: eos ?? '' }), ends, eos)

describe('what ends a turn', () => {
  test('is the mark that the template writes behind an answer, whatever the files name', () => {
    expect(end(chatml)).toBe('<|im_end|>')
    expect(end(chatml, null)).toBe('<|im_end|>')
  })
  test('is the end-of-text token where the template writes it, or nothing', () => {
    expect(end('{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}')).toBe('<|endoftext|>')
    expect(end('{% for m in messages %}### {{ m.role }}: {{ m.content }}\n{% endfor %}', '</s>')).toBe('</s>')
  })
  test('is found where the marks of what is learnt leave it out', () => {
    const marked = `{% for m in messages %}<|im_start|>{{ m.role }}
{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`
    expect(end(marked)).toBe('<|im_end|>')
  })
  test('is nothing where no token ends an answer, and for a template that refuses', () => {
    expect(end('{% for m in messages %}{{ m.content }}\n{% endfor %}', null)).toBeNull()
    expect(end('{% for m in messages %}{{ m.content }}\n{% endfor %}', '<|of_another|>')).toBeNull()
    expect(end("{{ raise_exception('no') }}", '</s>')).toBe('</s>')
  })
})

test('marks of a template that are no tokens are named', () => {
  expect(marksWithoutToken(() => new ChatTemplate(chatml, {}), ends)).toEqual([])
  expect(marksWithoutToken(() => new ChatTemplate(chatml, {}), ['</s>'])).toEqual([
    '<|im_start|>',
    '<|im_end|>'
  ])
  // whatever it looks like, what stands behind an answer is learnt with it
  const gemma = `{% for m in messages %}<start_of_turn>{{ m.role }}
{{ m.content }}<end_of_turn>
{% endfor %}{% if add_generation_prompt %}<start_of_turn>assistant
{% endif %}`
  expect(marksWithoutToken(() => new ChatTemplate(gemma, {}), ends)).toEqual(['<end_of_turn>'])
  expect(marksWithoutToken(() => new ChatTemplate(gemma, {}), [...ends, '<end_of_turn>'])).toEqual([])
  const alpaca = '{% for m in messages %}### {{ m.role }}:\n{{ m.content }}\n\n{% endfor %}'
  expect(marksWithoutToken(() => new ChatTemplate(alpaca, {}), ends)).toEqual([])
})

test('a model without a template begins its texts as its tokenizer does, not as a file names', async () => {
  const model = { chatTemplate: null, name: 'x', specialTokens: { bos_token: '<s>', eos_token: '</s>' } }
  const messages: Message[] = [{ role: 'user', content: 'a' }]
  expect(templateFor(model).render(messages, true)).toBe('a\n')
  expect(templateFor(model, '<s>').render(messages, true)).toBe('<s>a\n')
})

describe('a model folder', () => {
  const change = (dir: string, name: string, content: object): void =>
    writeFileSync(join(dir, name), JSON.stringify(content))

  const open = async (dir: string): Promise<ModelText> =>
    new ModelTexts((source) => LoadedModelText.load(source)).get(await readModel(dir))

  test('whose tokenizer puts nothing before a text learns plain texts without its bos_token', async () => {
    const modelText = await open(tinyModel('llama', ownFolder()))
    expect(modelText.marks).toEqual({
      ...{ begin: null, end: 2, turnEnd: 2, idLimit: 264, strays: [] },
      around: { before: [], behind: [] }
    })
    const set = await encodeAll([{ kind: 'text', text: 'abc', source: { file: 'x', row: 1 } }], {
      modelText,
      maxSeqLength: 32,
      lossOn: 'responses'
    })
    const [plain] = await modelText.encode(['abc'])
    expect([...(set.examples[0]?.tokens ?? [])]).toEqual([...(plain ?? []), 2])
  })

  test('with a token that its model has no row for: examples with it are refused by name, others are learnt', async () => {
    const dir = tinyModel('llama', ownFolder())
    change(dir, 'tokenizer_config.json', {
      ...{ bos_token: '<s>', eos_token: '</s>' },
      added_tokens_decoder: Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [264 + i, { content: `<|x${i}|>`, special: true }])
      )
    })
    const modelText = await open(dir)
    const say = (content: string, row: number) => ({
      kind: 'conversation' as const,
      messages: [
        { role: 'user' as const, content: 'a' },
        { role: 'assistant' as const, content }
      ],
      source: { file: 'x', row }
    })
    const set = await encodeAll([say('b', 1), say('<|x55|>', 2), say('<|x56|>', 3)], {
      modelText,
      maxSeqLength: 64,
      lossOn: 'responses'
    })
    expect(set.examples).toHaveLength(2)
    expect(set.refused).toMatchObject([
      { reason: 'TOKEN_WITHOUT_ROW', details: { token: '<|x56|>', id: '320', rows: '320' } }
    ])
    await expect(modelText.prompt([{ role: 'user', content: '<|x57|>' }])).rejects.toMatchObject({
      code: 'TOKEN_WITHOUT_ROW'
    })
  })
})

describe('what a template leaves out without a word', () => {
  const turns = (which: string) =>
    `{% for m in ${which} %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>{% endfor %}`
  test.each([
    [[], chatml],
    [['system'], turns("messages if m.role != 'system'")],
    [['earlier'], turns('messages[-2:]')],
    [['system', 'earlier'], turns('messages[-1:]')],
    // it says so itself
    [[], `{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}${chatml}`]
  ])('%j', (left, source) => expect(leftOutBy(() => new ChatTemplate(source, {}))).toEqual(left))
})
