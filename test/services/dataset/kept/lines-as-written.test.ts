// The lines of a file, decoded one by one or all of a piece at once: the same texts at the same bytes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  linesAsWritten,
  linesPassing,
  type WrittenLine
} from '../../../../main/services/dataset/kept/lines-as-written'
import { Chance } from '../../random'
import { newKept } from './write-kept'

async function all(lines: AsyncIterable<readonly WrittenLine[]>): Promise<WrittenLine[]> {
  const found: WrittenLine[] = []
  for await (const some of lines) found.push(...some)
  return found
}

test.each([
  ['plain', ['a', 'b c', '']],
  ['Japanese', ['送料', '😀', 'é', '']],
  ['bytes that are no UTF-8', [Buffer.from([0xe3, 0x81]), 'あ', Buffer.from([0xff])]]
])('%s', async (_, words) => {
  const chance = new Chance(3)
  const file = join(newKept(), 'a.txt')
  const lines = Array.from({ length: 4000 }, () =>
    Buffer.concat(chance.list(60, () => Buffer.from(chance.pick<string | Buffer>(words) as string)))
  )
  const torn = Buffer.from('torn')
  writeFileSync(file, Buffer.concat([...lines.flatMap((line) => [line, Buffer.from('\n')]), torn]))
  const one = await all(linesAsWritten(file, () => true))
  expect(one).toHaveLength(lines.length)
  expect(one.map(({ text }) => text)).toEqual(lines.map((line) => line.toString()))
  let end = 0
  expect(one.map((line) => line.end)).toEqual(lines.map(({ length }) => (end += length + 1)))
  expect(await all(linesPassing(file, () => true))).toEqual(one)
  expect((await all(linesAsWritten(file, () => true, 'whole'))).at(-1)?.text).toBe('torn')
})
