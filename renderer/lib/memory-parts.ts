// The memory plan as the four parts of the bar, heaviest meaning first. Pure.
import type { MemoryShare } from '../../main/contract/memory-shares'
import { memory } from './format'

type Names = Readonly<Record<'weights' | 'learnt' | 'activations' | 'other', string>>

export function memoryParts(
  plan: MemoryShare['parts'],
  names: Names
): { name: string; bytes: number; shown: string }[] {
  const part = (name: string, bytes: number): { name: string; bytes: number; shown: string } => ({
    name,
    bytes,
    shown: memory(bytes)
  })
  return [
    part(names.weights, plan.weights),
    part(names.learnt, plan.adapter + plan.gradients + plan.optimizer),
    part(names.activations, plan.activations + plan.workspace),
    part(names.other, plan.runtime)
  ]
}
