// The memory plan as the four parts of the bar, heaviest meaning first; what is written beside them adds up to what is
// written of the whole. Pure.
import type { MemoryShare } from '../../main/contract/memory-shares'
import { memory } from './format'

type Names = Readonly<Record<'weights' | 'learnt' | 'activations' | 'other', string>>

export function memoryParts(
  plan: MemoryShare['parts'],
  names: Names
): { name: string; bytes: number; shown: string }[] {
  const parts = [
    { name: names.weights, bytes: plan.weights },
    { name: names.learnt, bytes: plan.adapter + plan.gradients + plan.optimizer },
    { name: names.activations, bytes: plan.activations + plan.workspace },
    { name: names.other, bytes: plan.runtime }
  ]
  const bytes = parts.map((part) => part.bytes)
  const written = plan.total < 2 ** 30 ? wholeParts(bytes, 2 ** 20) : bytes
  return parts.map((part, at) => ({ ...part, shown: memory(written[at] as number) }))
}

/** Whole units that add up to their rounded sum: those that lose most by rounding down are rounded up. */
function wholeParts(bytes: readonly number[], unit: number): readonly number[] {
  const all = Math.round(bytes.reduce((sum, one) => sum + one, 0) / unit)
  const floors = bytes.map((one) => Math.floor(one / unit))
  const missing = all - floors.reduce((sum, one) => sum + one, 0)
  const up = bytes
    .map((one, at) => ({ at, lost: one / unit - (floors[at] as number) }))
    .sort((a, b) => b.lost - a.lost)
    .slice(0, missing)
  return floors.map((floor, at) => unit * (floor + Number(up.some((one) => one.at === at))))
}
