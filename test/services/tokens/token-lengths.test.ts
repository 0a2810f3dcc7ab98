// Lengths that are counted once: after an edit only the edited example is encoded again.
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { encodeAll, type EncodeOptions } from '../../../main/services/tokens/encode'
import type { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { TokenLengths } from '../../../main/services/tokens/token-lengths'
import { golden } from './golden-templates'
import { smallTokenizer } from './small-tokenizers'

let tokenizer: Tokenizer
beforeAll(async () => {
  tokenizer = await smallTokenizer('byte-level')
})

const talk = (row: number, answer: string): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: `question ${row}` },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'x', row }
})
const options = (systemPrompt = ''): Omit<EncodeOptions, 'maxSeqLength'> => ({
  tokenizer,
  template: golden.template('chatml'),
  bosToken: '<s>',
  eosToken: '</s>',
  lossOn: 'responses',
  systemPrompt
})

describe('lengths in tokens', () => {
  test('are those of the rows that a training is given, uncut', async () => {
    const examples = Array.from({ length: 300 }, (_, row) => talk(row, 'word '.repeat(row % 37)))
    const all = encodeAll(examples, { ...options(), maxSeqLength: 1e6 })
    const expected = examples.map(({ source }) =>
      all.examples.filter((row) => row.source === source).map(({ tokens }) => tokens.length)
    )
    expect(await new TokenLengths().of(examples, options())).toEqual(expected)
  })

  test('are counted once for a tokenizer and a system prompt', async () => {
    const asked = vi.spyOn(tokenizer, 'encodeBatchAside')
    const texts = (): number => asked.mock.calls.reduce((sum, [batch]) => sum + batch.length, 0)
    const lengths = new TokenLengths()
    const examples = Array.from({ length: 100 }, (_, row) => talk(row, 'an answer'))
    const first = await lengths.of(examples, options())
    const whole = texts()
    expect(await lengths.of(examples, options())).toEqual(first)
    expect(texts()).toBe(whole)

    const edited = examples.with(7, talk(7, 'quite another answer'))
    const second = await lengths.of(edited, options())
    expect(texts() - whole).toBe(whole / 100)
    expect(second.filter((rows, i) => rows[0] !== first[i]?.[0])).toHaveLength(1)

    const prompted = await lengths.of(examples, options('Be brief.'))
    expect(prompted[0]?.[0]).toBeGreaterThan(first[0]?.[0] ?? 0)
    asked.mockRestore()
  })

  test('are none where nothing can be learnt; nothing at all is an error with its reasons', async () => {
    const silent: Example = { ...talk(1, ''), messages: [{ role: 'user', content: 'anyone?' }] } as Example
    const [none, some] = await new TokenLengths().of([silent, talk(2, 'yes')], options())
    expect(none).toEqual([])
    expect(some).toHaveLength(1)
    expect(await new TokenLengths().of([], options())).toEqual([])
    await expect(new TokenLengths().of([silent], options())).rejects.toMatchObject({
      code: 'NOTHING_TO_LEARN'
    })
  })

  test('a tokenizer asked aside answers each question with its own answer', async () => {
    const texts = Array.from({ length: 50 }, (_, i) => ['x'.repeat(i * 40), `${i}`])
    const answers = await Promise.all(texts.map((batch) => tokenizer.encodeBatchAside(batch)))
    expect(answers).toEqual(texts.map((batch) => tokenizer.encodeBatch(batch)))
  })
})
