// One more word of the user about a file, together with those said before. A new word makes those void that hang
// on it: another encoding, delimiter or header brings other columns, another shape other parts for them.
import type { DataOverrides, OverridesChange } from '../../../contract/records'

/** What is not named stays; null is as recognised again; nothing at all means: everything as recognised. */
export function mergeOverrides(before: DataOverrides, said: OverridesChange): DataOverrides {
  if (Object.values(said).every((word) => word === undefined)) return {}
  const bringsColumns = [said.encoding, said.delimiter, said.headerRows].some((word) => word !== undefined)
  const encoding = latest(before.encoding, said.encoding)
  const delimiter = latest(before.delimiter, said.delimiter)
  const headerRows = filled({ ...before.headerRows, ...said.headerRows })
  const leftOutSheets = [...new Set(said.leftOutSheets ?? before.leftOutSheets ?? [])].sort()
  const hasParts = said.mapping !== undefined && said.mapping !== null
  const shape = latest(bringsColumns || hasParts ? undefined : before.shape, said.shape)
  const split = latest(before.split, said.split)
  const hangs = bringsColumns || said.shape !== undefined
  const mapping = latest(hangs ? undefined : before.mapping, said.mapping)
  const joined = latest(hangs || hasParts ? undefined : before.joined, said.joined)
  const unused = latest(hangs || hasParts ? undefined : before.unused, said.unused)
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(Object.keys(headerRows).length > 0 && { headerRows }),
    ...(leftOutSheets.length > 0 && { leftOutSheets }),
    ...(shape !== undefined && { shape }),
    ...(split !== undefined && { split }),
    ...(mapping !== undefined && { mapping: ownWords(mapping) }),
    ...(mapping !== undefined &&
      joined !== undefined &&
      Object.keys(joined).length > 0 && { joined: behindOwn(mapping, joined) }),
    ...(mapping !== undefined && unused !== undefined && unused.length > 0 && { unused })
  }
}

function latest<T>(before: T | undefined, said: T | null | undefined): T | undefined {
  return said === undefined ? before : (said ?? undefined)
}

function filled(rows: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> {
  const named = Object.entries(rows).filter((entry): entry is [string, number] => entry[1] !== null)
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the window calls an answer is the output of an instruction. */
function ownWords(mapping: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { answer, ...others } = mapping
  return answer !== undefined && isTold(mapping) ? { ...others, output: answer } : mapping
}

function behindOwn(
  mapping: Readonly<Record<string, string>>,
  joined: Readonly<Record<string, readonly string[]>>
): Readonly<Record<string, readonly string[]>> {
  const { answer, ...others } = joined
  return answer !== undefined && isTold(mapping) ? { ...others, output: answer } : joined
}

const isTold = (mapping: Readonly<Record<string, string>>): boolean =>
  mapping['instruction'] !== undefined && mapping['question'] === undefined && mapping['output'] === undefined
