// Two models in one process: what both take. What the process has by itself is there once. Pure.
import type { MemoryParts, MemoryPlan } from '../../../addon/index'

const parts = ['weights', 'adapter', 'gradients', 'optimizer', 'activations', 'workspace'] as const

const sumOf = <T extends MemoryParts>(one: T, other: MemoryParts): T => ({
  ...one,
  ...Object.fromEntries(parts.map((part) => [part, one[part] + other[part]])),
  total: one.total + other.total - other.runtime
})

export function besideEachOther(one: MemoryPlan, other: MemoryPlan): MemoryPlan {
  const onGpu = one.onGpu && other.onGpu ? sumOf(one.onGpu, other.onGpu) : (one.onGpu ?? other.onGpu)
  return { ...sumOf(one, other), onGpu }
}
