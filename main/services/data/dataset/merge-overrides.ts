// One more word of the user about a file, together with those said before. A new word makes those void that hang
// on it: another encoding brings other columns, another shape other parts for them.
import type { DataOverrides } from '../../../contract/records'

/** `said` names only what is new; nothing at all means: as recognised. */
export function mergeOverrides(before: DataOverrides, said: DataOverrides): DataOverrides {
  const { encoding, shape, mapping } = said
  const kept = before.encoding === undefined ? {} : { encoding: before.encoding }
  if (mapping)
    return { ...kept, ...(encoding && { encoding }), ...(shape && { shape }), mapping: ownWords(mapping) }
  if (shape) return { ...kept, ...(encoding && { encoding }), shape }
  return encoding ? { encoding } : {}
}

/** What the window calls an answer is the output of an instruction. */
function ownWords(mapping: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { answer, ...others } = mapping
  const isInstruction = mapping['instruction'] !== undefined && mapping['question'] === undefined
  return isInstruction && answer !== undefined && mapping['output'] === undefined
    ? { ...others, output: answer }
    : mapping
}
