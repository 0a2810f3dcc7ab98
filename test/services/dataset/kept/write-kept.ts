// A kept folder with these rows, as a reader leaves it, and random rows to fill it with.
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Example, RefusedRow, RowSource } from '../../../../main/contract/records'
import { exampleLine, refusedLine } from '../../../../main/services/dataset/kept/example-lines'
import { indexKept } from '../../../../main/services/dataset/kept/kept-folder'
import { keptPlaces } from '../../../../main/services/dataset/kept/place'
import type { Chance } from '../../random'

export const newKept = (): string => mkdtempSync(join(tmpdir(), 'neiro-kept-'))

/** The lines whole, at once, and their end. */
export function writeLines(
  dir: string,
  examples: readonly Example[],
  refused: readonly RefusedRow[] = []
): void {
  const places = keptPlaces(dir)
  writeFileSync(places.examples, examples.map(exampleLine).join(''))
  writeFileSync(places.refused, refused.map(refusedLine).join(''))
  writeFileSync(places.head, '{}')
}

/** The same lines in pieces of any bytes, each a moment after the one before. */
export async function writeSlowly(
  dir: string,
  examples: readonly Example[],
  chance: Chance,
  pieces: number
): Promise<void> {
  const places = keptPlaces(dir)
  const bytes = Buffer.from(examples.map(exampleLine).join(''))
  writeFileSync(places.refused, '')
  let at = 0
  for (let piece = 0; piece < pieces; piece++) {
    const to = piece === pieces - 1 ? bytes.length : at + chance.below((2 * bytes.length) / pieces)
    appendFileSync(places.examples, bytes.subarray(at, to))
    at = Math.min(bytes.length, to)
    await new Promise((wait) => setTimeout(wait, chance.below(8)))
  }
  writeFileSync(places.head, '{}')
}

export async function kept(examples: readonly Example[], refused: readonly RefusedRow[]): Promise<string> {
  const dir = newKept()
  writeLines(dir, examples, refused)
  await indexKept(dir)
  return dir
}

const words = [
  ...['送料', '返品', 'ﾃﾞｰﾀ', '１２３', 'ABC', 'abc', '①', '株', '㈱', 'Straße', 'が', 'か\u3099', '😀', 'é'],
  ...[' ', '　', '\n', '\r\n', ' \n', '　\r\n', '', 'a', 'い', '"', '\\', '\u2028']
]

export const randomText = (chance: Chance): string =>
  chance.list(6, () => chance.pick(words)).join('') || chance.pick(['x', '質問'])

export function randomExample(chance: Chance, source: RowSource): Example {
  if (chance.below(5) === 0) return { kind: 'text', text: randomText(chance), source }
  const turn = (role: 'user' | 'assistant') => ({ role, content: randomText(chance) })
  const messages = [turn('user'), turn('assistant')]
  return {
    kind: 'conversation',
    messages: chance.below(4) === 0 ? [...messages, turn('user'), turn('assistant')] : messages,
    source
  }
}
