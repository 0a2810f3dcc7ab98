// Lengths of a set in tokens: of every example what it is alone, counted once, and again only where something changed.
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import { editKey, type Edit } from '../../../../main/services/dataset/log/log-state'
import { KeepingHere } from '../../../../main/services/dataset/set/keeping-here'
import type { KeptSet } from '../../../../main/services/dataset/set/kept-set'
import { LengthsOfSets } from '../../../../main/services/dataset/view/set-lengths'
import type { Lot } from '../../../../main/services/tokens/example-lots'
import { lengthsOf } from '../../../../main/services/tokens/lengths-of'
import type { ModelText } from '../../../../main/services/tokens/model-text'
import { kept } from '../kept/write-kept'

/** A character is a token; of an example that says nothing, nothing can be learnt. */
function countingText(): {
  readonly modelText: ModelText
  readonly asked: number[]
  /** rows of which only the lengths were asked */
  readonly lengthsAlone: number[]
} {
  const asked: number[] = []
  const lengthsAlone: number[] = []
  const outcomes: ModelText['outcomes'] = async (examples) => {
    asked.push(...examples.map(({ source }) => source.row))
    return examples.map((example) => {
      const text = example.kind === 'text' ? example.text : ''
      return text === ''
        ? []
        : [{ tokens: new Int32Array(text.length), learnt: new Uint8Array(text.length).fill(1) }]
    })
  }
  const marks = {
    begin: null,
    end: null,
    turnEnd: null,
    idLimit: 9,
    strays: [],
    around: { before: [], behind: [] }
  }
  const lengths: ModelText['lengths'] = async (some) => {
    lengthsAlone.push(...some.map(({ source }) => source.row))
    return lengthsOf(some, await outcomes(some, ''), { modelText })
  }
  const modelText = { outcomes, lengths, marks } as unknown as ModelText
  return { modelText, asked, lengthsAlone }
}

const count = 1300
const examples = Array.from({ length: count }, (_, row): Example => ({
  kind: 'text',
  text: 'x'.repeat(2 + (row % 7)),
  source: { file: 'a.txt', row }
}))
const keeping = new KeepingHere()
const folder = kept(examples, [])

async function open(edits: readonly (readonly [number, Edit])[] = []): Promise<KeptSet> {
  const file = { id: 's1', name: 'a.txt', heldOutRows: null, tables: [], kept: await folder }
  const keyed = edits.map(([row, edit]) => [editKey('s1', undefined, row), edit] as const)
  return keeping.open({ id: JSON.stringify(edits), files: [file], edits: keyed, normalisations: [] })
}

describe('lengths', () => {
  test('are of each example, and a change counts its own block again', async () => {
    const { modelText, asked } = countingText()
    const lengths = new LengthsOfSets()
    const all = await lengths.of(await open(), { modelText })
    expect([...all.lengths]).toEqual(examples.map((_, row) => 2 + (row % 7)))
    expect(all.starts.at(-1)).toBe(count)
    expect(asked).toHaveLength(count)
    await lengths.of(await open(), { modelText })
    expect(asked).toHaveLength(count)
    const fewer = await lengths.of(await open([[3, { removed: true }]]), { modelText })
    expect(fewer.lengths).toHaveLength(count - 1)
    expect(asked).toHaveLength(count + 511)
    const other = await lengths.of(await open([[1299, { answer: 'long '.repeat(9) }]]), { modelText })
    expect(other.lengths.at(-1)).toBe(45)
    // the block that was whole before was let go with the set that had it
    expect(asked.slice(count + 511).every((row) => row < 512 || row >= 1024)).toBe(true)
  })

  test('bring the tokens along where they are still known', async () => {
    const { modelText, asked } = countingText()
    const lengths = new LengthsOfSets(3000)
    const all = await lengths.of(await open(), { modelText })
    const positions = Uint32Array.of(0, 5, 600, 1299)
    const lots: Lot[] = []
    for await (const lot of lengths.lotsAt(all, positions, { modelText })) lots.push(lot)
    expect(lots.map((lot) => lot.examples.length)).toEqual([2, 1, 1])
    expect(lots.flatMap((lot) => lot.examples)).toEqual([...positions].map((at) => examples[at]))
    expect(asked).toHaveLength(count)
    // of 6,500 tokens the newest are kept
    const known = lots.flatMap(({ outcomes = [] }) => outcomes)
    expect(known.map((outcome) => (Array.isArray(outcome) ? outcome[0].tokens.length : null))).toEqual([
      ...[null, null, null],
      6
    ])
  })

  test('of many are counted without the tokens, but for the newest', async () => {
    const { modelText, lengthsAlone } = countingText()
    const lengths = new LengthsOfSets(2000)
    const all = await lengths.of(await open(), { modelText })
    expect([...all.lengths]).toEqual(examples.map((_, row) => 2 + (row % 7)))
    // nothing is known of lengths yet at the first block; 276 examples of five tokens are behind the second
    expect(lengthsAlone).toEqual([])
    const few = new LengthsOfSets(1300)
    expect((await few.of(await open(), { modelText })).lengths).toEqual(all.lengths)
    expect(lengthsAlone).toEqual(Array.from({ length: 512 }, (_, i) => 512 + i))
    const lots: Lot[] = []
    for await (const lot of few.lotsAt(all, Uint32Array.of(600, 1299), { modelText })) lots.push(lot)
    expect(lots.map(({ outcomes }) => outcomes?.map((one) => one !== undefined))).toEqual([[false], [false]])
  })

  test('of nothing that can be learnt say why', async () => {
    const file = {
      ...{ id: 's1', name: 'a', heldOutRows: null, tables: [] },
      kept: await kept([{ kind: 'text', text: '', source: { file: 'a', row: 1 } }], [])
    }
    const set = await keeping.open({ id: 'empty', files: [file], edits: [], normalisations: [] })
    const { modelText } = countingText()
    await expect(new LengthsOfSets().of(set, { modelText })).rejects.toMatchObject({
      code: 'NOTHING_TO_LEARN',
      details: { reason: 'EMPTY_TEXT', rows: '1' }
    })
  })
})
