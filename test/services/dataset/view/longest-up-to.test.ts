// Which examples are longer than a limit is told by weight where it can be: the same ones as by counting, and few are counted.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Example, Message } from '../../../../main/contract/records'
import { KeepingHere } from '../../../../main/services/dataset/set/keeping-here'
import type { KeptSet } from '../../../../main/services/dataset/set/kept-set'
import { longestUpTo } from '../../../../main/services/dataset/view/longest-up-to'
import { LengthsOfSets } from '../../../../main/services/dataset/view/set-lengths'
import { LoadedModelText } from '../../../../main/services/tokens/loaded-model-text'
import type { ModelText } from '../../../../main/services/tokens/model-text'
import { smallTokenizerDir } from '../../tokens/small-tokenizers'
import { kept } from '../kept/write-kept'

const chatMl = `{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}`
const load = (chatTemplate = chatMl): Promise<LoadedModelText> =>
  LoadedModelText.load({
    ...{ dir: smallTokenizerDir('byte-level'), name: 'm', chatTemplate },
    specialTokens: { eos_token: '</s>' }
  })

const said = (texts: readonly string[], row: number): Example => ({
  kind: 'conversation',
  messages: texts.map((content, i): Message => ({ role: i % 2 === 0 ? 'user' : 'assistant', content })),
  source: { file: 'a.jsonl', row }
})

let sets = 0
async function setOf(examples: readonly Example[]): Promise<KeptSet> {
  const file = { id: 's1', name: 'a.jsonl', heldOutRows: null, tables: [], kept: await kept(examples, []) }
  return new KeepingHere().open({ id: `set ${sets++}`, files: [file], edits: [], normalisations: [] })
}

/** The same, with the rows that it is asked about. */
function watched(text: LoadedModelText): { readonly modelText: ModelText; readonly rows: number[] } {
  const rows: number[] = []
  const modelText = new Proxy(text, {
    get: (target, name) => {
      if (name === 'lengths')
        return (some: readonly Example[], ...rest: [string, number?]) => {
          rows.push(...some.map(({ source }) => source.row))
          return target.lengths(some, ...rest)
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    }
  }) as ModelText
  return { modelText, rows }
}

const over = (longest: Uint32Array, limit: number): number[] =>
  [...longest.keys()].filter((at) => (longest[at] as number) > limit)

describe('longer than a limit', () => {
  test('are the same as by counting, and hardly any is counted', async () => {
    const examples = Array.from({ length: 1500 }, (_, row) =>
      said(['送料は', row % 250 === 249 ? 'い'.repeat(400) : 'う'.repeat(row % 20)], row)
    )
    const set = await setOf(examples)
    const { modelText, rows } = watched(await load())
    const { longest, kinds } = await longestUpTo(300, set, { modelText })
    expect(over(longest, 300)).toEqual([249, 499, 749, 999, 1249, 1499])
    expect(kinds).toHaveLength(1500)
    // sixteen of the first, sixteen of the heaviest that may be within it, and those that may be longer
    expect(rows.length).toBeLessThanOrEqual(16 + 16 + 6)
    const exact = await new LengthsOfSets().of(set, { modelText })
    expect(over(exact.longest, 300)).toEqual(over(longest, 300))
  })

  test('are told for any turns, with words that the model is given first', async () => {
    const modelText = await load()
    const systemPrompt = 'わたしたちの言葉で'.repeat(4)
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'あ', 'é', '𠮷'), maxLength: 60 }), {
      ...{ minLength: 2, maxLength: 6 }
    })
    const runs = fc.asyncProperty(
      fc.array(texts, { minLength: 5, maxLength: 60 }),
      fc.integer({ min: 80, max: 500 }),
      async (all, limit) => {
        const set = await setOf(all.map((one, row) => said(one, row)))
        const { longest } = await longestUpTo(limit, set, { modelText, systemPrompt })
        const exact = await modelText.lengths(
          all.map((one, row) => said(one, row)),
          systemPrompt
        )
        expect(over(longest, limit)).toEqual(over(exact.longest, limit))
      }
    )
    await fc.assert(runs, { numRuns: 40 })
  })

  test('a form that writes a text twice is seen with the heaviest', async () => {
    const twice = `{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}{{ m.content if m.role == 'user' }}<|im_end|>\n{% endfor %}`
    const examples = Array.from({ length: 200 }, (_, row) => said(['q'.repeat(row), 'a'], row))
    const set = await setOf(examples)
    const modelText = await load(twice)
    const exact = await modelText.lengths(examples, '')
    const { longest } = await longestUpTo(250, set, { modelText })
    expect(over(exact.longest, 250).length).toBeGreaterThan(50)
    expect(over(longest, 250)).toEqual(over(exact.longest, 250))
  })

  test('of a tokenizer of which nothing is known all are counted', async () => {
    const text = await load()
    const { modelText, rows } = watched(text)
    Object.defineProperty(text, 'unitWeights', { value: null })
    const set = await setOf(Array.from({ length: 30 }, (_, row) => said(['q', 'あ'.repeat(row)], row)))
    const { longest } = await longestUpTo(60, set, { modelText })
    expect(rows).toHaveLength(30)
    expect(over(longest, 60)).toEqual(
      over((await text.lengths(await set.ask('part', { from: 0, limit: 30 }), '')).longest, 60)
    )
  })

  test('what was counted before is not weighed again', async () => {
    const set = await setOf(Array.from({ length: 30 }, (_, row) => said(['q', 'あ'.repeat(row)], row)))
    const { modelText, rows } = watched(await load())
    const lengths = new LengthsOfSets(0)
    const counted = await lengths.of(set, { modelText })
    const before = rows.length
    expect((await lengths.upTo(60, set, { modelText })).longest).toEqual(counted.longest)
    expect(rows).toHaveLength(before)
  })
})
