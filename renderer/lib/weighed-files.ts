// The files whose weights a training may be told: those that its method learns from, by name. Pure.
import { methodRows, type MethodKey, type MethodRow } from '../../main/contract/methods'
import type { Weights } from '../../main/contract/settings'
import type { DataFileView } from '../../main/contract/window/data'
import { kindOf } from './used-file'

/** One that is weighed and gone stays in sight: else nobody could take its weight away. */
export function weighedFiles(
  files: readonly Pick<DataFileView, 'file' | 'shape' | 'examples' | 'error'>[],
  method: MethodKey,
  weights: Weights
): readonly string[] {
  const { examples: kinds }: MethodRow = methodRows[method]
  const learnt = files.filter(
    ({ shape, examples, error }) => !error && examples > 0 && shape && kinds.includes(kindOf(shape))
  )
  return [...new Set([...learnt.map(({ file }) => file), ...Object.keys(weights)])]
}
