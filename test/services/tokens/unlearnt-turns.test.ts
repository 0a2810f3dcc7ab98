// An answer that is marked as not to be learnt is context: under every template it stands in the text, no token of it is
// learnt (not even where everything else is), and the answers beside it are learnt as they are without the mark.
import { beforeAll, expect, test } from 'vitest'
import type { Example, Message } from '../../../main/contract/records'
import { NeiroError } from '../../../main/contract/errors'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import { cutOne, type EncodeOptions } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { notLearnt, type EncodedExample } from '../../../main/services/tokens/kinds/kind'
import type { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { golden } from './golden-templates'
import { smallTokenizer } from './small-tokenizers'

let tokenizer: Tokenizer
beforeAll(async () => {
  tokenizer = await smallTokenizer('byte-level')
})

const talk = (...messages: Message[]): Example => ({
  kind: 'conversation',
  messages,
  source: { file: 'a.jsonl', row: 1 }
})
const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })

const optionsOf = (template: ChatTemplate, lossOn: 'responses' | 'all' = 'responses'): EncodeOptions => ({
  modelText: new LoadedModelText(tokenizer, () => template, { bosToken: '<s>', eosToken: '</s>' }),
  maxSeqLength: 4096,
  lossOn
})

async function encoded(example: Example, options: EncodeOptions): Promise<readonly EncodedExample[]> {
  const [outcome] = await options.modelText.outcomes([example], '')
  const cut = cutOne(example, outcome ?? [], options)
  if (cut instanceof NeiroError) throw cut
  return cut
}

const read = async (lists: readonly Int32Array[]): Promise<string> =>
  (await Promise.all(lists.map(async (ids) => tokenizer.decode(ids, false)))).join(' | ')
const learnt = (examples: readonly EncodedExample[]): Promise<string> =>
  read(examples.map(({ labels }) => labels.filter((id) => id !== notLearnt)))
const shown = (examples: readonly EncodedExample[]): Promise<string> =>
  read(examples.map(({ tokens }) => tokens))

const conversation = (weight: { weight?: 0 }): Example =>
  talk(user('Q one'), { ...assistant('BAD'), ...weight }, user('Q two'), assistant('GOOD'))

test.each(golden.names.map((name) => [name, golden.template(name)] as const))('%s', async (_, template) => {
  const marked = await encoded(conversation({ weight: 0 }), optionsOf(template))
  expect(await learnt(marked)).toContain('GOOD')
  expect(await learnt(marked)).not.toContain('BAD')
  expect(await shown(marked)).toContain('BAD')
  const all = await encoded(conversation({ weight: 0 }), optionsOf(template, 'all'))
  expect(await learnt(all)).not.toContain('BAD')
  expect(await learnt(all)).toContain('GOOD')
  expect(await learnt(await encoded(conversation({}), optionsOf(template)))).toContain('BAD')
})

test('a last answer that is not learnt leads to nothing', async () => {
  const example = talk(user('Q'), assistant('GOOD'), user('more'), { ...assistant('BAD'), weight: 0 })
  const found = await encoded(example, optionsOf(golden.template('chatml')))
  expect(await learnt(found)).toContain('GOOD')
  expect(await shown(found)).not.toContain('BAD')
})

test('a conversation without any answer to learn is refused', async () => {
  const example = talk(user('Q'), { ...assistant('BAD'), weight: 0 })
  await expect(encoded(example, optionsOf(golden.template('chatml')))).rejects.toMatchObject({
    code: 'EMPTY_ANSWER'
  })
})

test('a thought stands where the template has a place for it', async () => {
  const template = new ChatTemplate(
    `{% for m in messages %}<|{{ m.role }}|>{% if m.reasoning_content %}<think>{{ m.reasoning_content }}</think>{% endif %}{{ m.content }}</s>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}`,
    {}
  )
  const example = talk(user('Q'), { ...assistant('A'), reasoning_content: 'because' })
  expect(await learnt(await encoded(example, optionsOf(template)))).toContain('<think>because</think>A')
  expect(await shown(await encoded(example, optionsOf(golden.template('chatml'))))).not.toContain('because')
})
