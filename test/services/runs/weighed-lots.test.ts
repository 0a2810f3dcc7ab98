// Data sets with weights: how often each example of a file comes, evenly, the same each time it is asked.
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import type { ExampleLots } from '../../../main/services/tokens/example-lots'
import { lotsOf } from '../../../main/services/tokens/example-lots'
import type { CountedPart } from '../../../main/services/runs/token-counts'
import { weighedLots, weighedPart } from '../../../main/services/runs/weighed-lots'

const examples = (file: string, count: number): Example[] =>
  Array.from({ length: count }, (_, row) => ({ kind: 'text', text: `${file} ${row}`, source: { file, row } }))
const all = lotsOf([...examples('faq.csv', 4), ...examples('mails.jsonl', 6)])

async function textsOf(lots: ExampleLots): Promise<string[]> {
  const texts: string[] = []
  for await (const lot of lots.lots())
    for (const example of lot.examples) if (example.kind === 'text') texts.push(example.text)
  return texts
}

describe('weights of data sets', () => {
  test('a file that weighs two comes twice, another stays as it is', async () => {
    const weighed = await weighedLots(all, { 'faq.csv': 2 })
    const texts = await textsOf(weighed)
    expect(weighed.count).toBe(14)
    expect(texts.filter((text) => text === 'faq.csv 3')).toHaveLength(2)
    expect(texts.filter((text) => text === 'mails.jsonl 3')).toHaveLength(1)
    // as often as wanted, the same
    expect(await textsOf(weighed)).toEqual(texts)
  })

  test('parts are spread evenly, and none of a weight is lost', async () => {
    const third = await textsOf(await weighedLots(all, { 'mails.jsonl': 1 / 3 }))
    expect(third.filter((text) => text.startsWith('mails'))).toEqual(['mails.jsonl 2', 'mails.jsonl 5'])
    const more = await textsOf(await weighedLots(all, { 'faq.csv': 1.5 }))
    expect(more.filter((text) => text.startsWith('faq'))).toHaveLength(6)
    const none = await textsOf(await weighedLots(all, { 'faq.csv': 0 }))
    expect(none).toHaveLength(6)
  })

  test('a name that no example comes from is refused with those that there are', async () => {
    await expect(weighedLots(all, { 'fag.csv': 2 })).rejects.toMatchObject({
      code: 'WEIGHT_OF_NO_FILE',
      details: { name: 'fag.csv', files: 'faq.csv, mails.jsonl' }
    })
  })

  test('of a counted set the same examples come, by their places', async () => {
    const files = [
      { name: 'faq.csv', examples: 4 },
      { name: 'empty.csv', examples: 0 },
      { name: 'mails.jsonl', examples: 6 }
    ]
    // the second is held out
    const positions = Uint32Array.of(0, 2, 3, 4, 5, 6, 7, 8, 9)
    const part = { counted: null, positions } as unknown as CountedPart
    const weighed = weighedPart(part, files, { 'faq.csv': 2, 'mails.jsonl': 0.5 })
    expect([...weighed.positions]).toEqual([0, 0, 2, 2, 3, 3, 5, 7, 9])
    expect(() => weighedPart(part, files, { 'gone.csv': 2 })).toThrow(
      expect.objectContaining({ code: 'WEIGHT_OF_NO_FILE' })
    )
    expect(() => weighedPart(part, files, { 'faq.csv': 0, 'mails.jsonl': 0 })).toThrow(
      expect.objectContaining({ code: 'NO_DATA' })
    )
  })
})
