// A name that is known from elsewhere, where it stands as a word of its own: 井上 alone in its line, 人事部 高橋 <…>. Pure.
import type { PersonalItem } from '../../../contract/check-up'
import { isInName, isKnownName, places, type Span } from './japanese-name'

/** before a name, without a space between */
const workplace = /^.*(?:[部課係室店社局]|担当|窓口|責任者|代表)(?=.{2,}$)/u
/** what belongs to a name without being of it */
const behind = /(?:拝|記|宛|様|氏|殿)$/u

/** signs: of a name and the workplace before it; a longer run is no name */
const longest = 24

/** Where one of these stands as a whole run of the signs that names are written with: in 井上町 stands no 井上. values: as Found has
 *  them, without blanks. */
export function* namesStanding(text: string, values: ReadonlySet<string>): Generator<Span> {
  for (let start = 0; start < text.length; start++) {
    if (!isInName(text[start])) continue
    const end = runEnd(text, start)
    const second = /[ \u3000]/.test(text[end] ?? '') ? runEnd(text, end + 1) : end
    const full = text.slice(start, end) + text.slice(end + 1, second)
    const found: Span | null =
      second > end + 1 && values.has(full.replace(behind, ''))
        ? [start, start + full.replace(behind, '').length + 1]
        : whole(text, start, end, values)
    if (found) yield found
    start = (found?.[1] ?? end) - 1
  }
}

function runEnd(text: string, start: number): number {
  let end = start
  while (isInName(text[end])) end++
  return end
}

function whole(text: string, from: number, to: number, values: ReadonlySet<string>): Span | null {
  const run = text.slice(from, to)
  if (run.length > longest) return null
  const named = run.replace(behind, '')
  for (const words of [run, named]) {
    const before = workplace.exec(words)?.[0].length ?? 0
    for (const skip of before > 0 ? [0, before] : [0]) {
      const name = words.slice(skip)
      const start = from + skip
      if (!values.has(name)) continue
      // one sign is a word too often
      if (name.length > 1 || isAlone(text, start, start + 1)) return [start, start + name.length]
    }
  }
  return null
}

const isAlone = (text: string, start: number, end: number): boolean =>
  /(?:^|\n)[ \t\u3000]*$/.test(text.slice(Math.max(0, start - 8), start)) &&
  /^[ \t\u3000\r]*(?:\n|$)/.test(text.slice(end, end + 8))

/** Of what is listed, the names that are looked for in all examples, as Found has them: not what is a town as well (千葉), nor what
 *  may be any word. */
export const namesListed = (items: readonly Pick<PersonalItem, 'kind' | 'key'>[]): readonly string[] =>
  items
    .filter(({ kind }) => kind === 'name')
    .map(({ key }) => key.slice('name:'.length))
    .filter((value) => value.length > 1 && !places.has(value) && isKnownName(value))
