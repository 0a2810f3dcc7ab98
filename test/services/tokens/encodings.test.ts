// Examples are encoded once: lengths and runs of every limit are cut from the same tokens, and after an edit only the
// edited example is encoded again.
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { encodeAll, type EncodeOptions } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { Encodings } from '../../../main/services/tokens/encodings'
import { golden } from './golden-templates'
import { smallTokenizer } from './small-tokenizers'

let modelText: LoadedModelText
/** as somebody else has it: what it is asked is not counted */
let another: LoadedModelText
beforeAll(async () => {
  const tokenizer = await smallTokenizer('byte-level')
  const tokens = { bosToken: '<s>', eosToken: '</s>' }
  modelText = new LoadedModelText(tokenizer, () => golden.template('chatml'), tokens)
  another = new LoadedModelText(tokenizer, () => golden.template('chatml'), tokens)
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
  modelText,
  lossOn: 'responses',
  systemPrompt
})

describe('lengths in tokens', () => {
  test('are those of the rows that a training is given, uncut', async () => {
    const examples = Array.from({ length: 300 }, (_, row) => talk(row, 'word '.repeat(row % 37)))
    const all = await encodeAll(examples, { ...options(), maxSeqLength: 1e6 })
    const expected = examples.map(({ source }) =>
      all.examples.filter((row) => row.source === source).map(({ tokens }) => tokens.length)
    )
    expect(await new Encodings().lengths(examples, options())).toEqual(expected)
  })

  test('are counted once for a tokenizer and a system prompt', async () => {
    const asked = vi.spyOn(modelText, 'outcomes')
    const texts = (): number => asked.mock.calls.reduce((sum, [examples]) => sum + examples.length, 0)
    const lengths = new Encodings()
    const examples = Array.from({ length: 100 }, (_, row) => talk(row, 'an answer'))
    const first = await lengths.lengths(examples, options())
    const whole = texts()
    expect(await lengths.lengths(examples, options())).toEqual(first)
    expect(texts()).toBe(whole)

    const edited = examples.with(7, talk(7, 'quite another answer'))
    const second = await lengths.lengths(edited, options())
    expect(texts() - whole).toBe(1)
    expect(second.filter((rows, i) => rows[0] !== first[i]?.[0])).toHaveLength(1)

    const prompted = await lengths.lengths(examples, options('Be brief.'))
    expect(prompted[0]?.[0]).toBeGreaterThan(first[0]?.[0] ?? 0)
    asked.mockRestore()
  })

  test('a run after the lengths encodes nothing anew, and is given what it would be given alone', async () => {
    const texts = vi.spyOn(modelText, 'outcomes')
    const encodings = new Encodings()
    const text: Example = { kind: 'text', text: 'abc '.repeat(50), source: { file: 'x', row: 999 } }
    const examples = [...Array.from({ length: 60 }, (_, row) => talk(row, 'word '.repeat(row))), text]
    await encodings.lengths(examples, options('Be brief.'))
    const asked = texts.mock.calls.length
    for (const [maxSeqLength, lossOn] of [
      [4096, 'responses'],
      [40, 'responses'],
      [30, 'all']
    ] as const) {
      const limited = { ...options('Be brief.'), maxSeqLength, lossOn }
      expect(await encodings.encode(examples, limited)).toEqual(
        await encodeAll(examples, { ...limited, modelText: another })
      )
    }
    expect(texts.mock.calls.length).toBe(asked)
    texts.mockRestore()
  })

  test('of a set that is too large to be kept, the lengths are kept', async () => {
    const texts = vi.spyOn(modelText, 'outcomes')
    const encodings = new Encodings(200)
    const examples = Array.from({ length: 60 }, (_, row) => talk(row, 'word '.repeat(row)))
    const first = await encodings.lengths(examples, options())
    const asked = texts.mock.calls.length
    expect(await encodings.lengths(examples, options())).toEqual(first)
    expect(texts.mock.calls.length).toBe(asked)
    const limited = { ...options(), maxSeqLength: 40 }
    expect(await encodings.encode(examples, limited)).toEqual(
      await encodeAll(examples, { ...limited, modelText: another })
    )
    expect(texts.mock.calls.length).toBeGreaterThan(asked)
    texts.mockRestore()
  })

  test('sets that nobody needs any more make room for the newest', async () => {
    const texts = vi.spyOn(modelText, 'outcomes')
    const set = (file: string): Example[] =>
      Array.from({ length: 50 }, (_, row) => ({ ...talk(row, 'word '.repeat(9)), source: { file, row } }))
    const [first] = await new Encodings().lengths(set('size'), options())
    const encodings = new Encodings(75 * (first?.[0] ?? 0))
    const asked = (): number => texts.mock.calls.flatMap(([examples]) => examples).length
    const after = async (examples: Example[]): Promise<number> => {
      await encodings.encode(examples, { ...options(), maxSeqLength: 4096 })
      return asked()
    }
    for (const examples of ['a', 'b', 'c', 'd'].map(set)) {
      const [before, once, twice] = [asked(), await after(examples), await after(examples)]
      // of the second time, only what was let go is asked
      expect(twice - once).toBeLessThan(once - before)
    }
    texts.mockRestore()
  })

  test('are none where nothing can be learnt; nothing at all is an error with its reasons', async () => {
    const silent: Example = { ...talk(1, ''), messages: [{ role: 'user', content: 'anyone?' }] } as Example
    const [none, some] = await new Encodings().lengths([silent, talk(2, 'yes')], options())
    expect(none).toEqual([])
    expect(some).toHaveLength(1)
    expect(await new Encodings().lengths([], options())).toEqual([])
    await expect(new Encodings().lengths([silent], options())).rejects.toMatchObject({
      code: 'NOTHING_TO_LEARN'
    })
  })
})
