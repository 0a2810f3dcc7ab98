// A long document is read in parts that know whether it goes on, and only its last one is taught to end.
import { expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { textTokens } from '../../../../main/services/tokens/kinds/text'
import { writeData } from '../../reading/write-file'

const paragraph = `${'規程の本文です。'.repeat(40)}\n\n`

test('of a text, all parts but the last go on', async () => {
  const { examples } = await readData([writeData('rules.md', paragraph.repeat(20))])
  expect(examples.length).toBeGreaterThan(2)
  expect(examples.map((one) => one.kind === 'text' && one.goesOn === true)).toEqual(
    examples.map((_, at) => at + 1 < examples.length)
  )
  const { examples: short } = await readData([writeData('short.md', paragraph)])
  expect(short).toEqual([{ kind: 'text', text: paragraph.trim(), source: { file: 'short.md', row: 1 } }])
})

test('only where the document ends is the end learnt', () => {
  const source = { file: 'a.md', row: 1 }
  const marks = { begin: 1, end: 2 } as Parameters<typeof textTokens.cut>[2]
  const tokensOf = (goesOn: boolean): number[] => {
    const example = { kind: 'text', text: 'abc', source, ...(goesOn && { goesOn: true as const }) } as const
    const lists = textTokens.pieces(example, {} as never, [])
    const encoded = [{ tokens: Int32Array.of(7, 8, 9), learnt: new Uint8Array(3).fill(1) }]
    const whole = textTokens.whole(encoded, lists, {} as never, [])
    const [only] = textTokens.cut(whole, source, marks, { maxSeqLength: 64, lossOn: 'all' })
    expect(only?.labels[1]).toBe(7)
    return [...(only?.tokens ?? [])]
  }
  expect(tokensOf(false)).toEqual([1, 7, 8, 9, 2])
  expect(tokensOf(true)).toEqual([1, 7, 8, 9])
})
