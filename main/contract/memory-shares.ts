// A memory plan by the memories that it lies in: the PC's, and the GPU's where it runs there. Pure.
import type { MemoryParts, MemoryPlan } from '../../addon/index'

export interface MemoryShare {
  readonly where: 'pc' | 'gpu'
  readonly parts: MemoryParts
  /** of the whole memory, and of what is free of it, bytes */
  readonly memory: number
  readonly free: number
}

/** The one that the numbers of a training lie in comes first. */
export function memoryShares(
  plan: MemoryPlan,
  pc: { readonly memory: number; readonly free: number }
): readonly MemoryShare[] {
  const { onGpu, gpuTotal, gpuFree } = plan
  if (!onGpu) return [{ where: 'pc', parts: plan, ...pc }]
  return [
    { where: 'gpu', parts: onGpu, memory: gpuTotal, free: gpuFree },
    { where: 'pc', parts: withoutGpu(plan, onGpu), ...pc }
  ]
}

/** The memory in which least is left, or most is missing. */
export const tightest = (shares: readonly MemoryShare[]): MemoryShare | undefined =>
  [...shares].sort((a, b) => left(a) - left(b))[0]
const left = ({ free, parts }: MemoryShare): number => free - parts.total

/** What it takes of the PC's own memory. */
export const onPc = (plan: MemoryPlan): number => plan.total - (plan.onGpu?.total ?? 0)

const withoutGpu = (all: MemoryParts, gpu: MemoryParts): MemoryParts => ({
  weights: all.weights - gpu.weights,
  adapter: all.adapter - gpu.adapter,
  gradients: all.gradients - gpu.gradients,
  optimizer: all.optimizer - gpu.optimizer,
  activations: all.activations - gpu.activations,
  workspace: all.workspace - gpu.workspace,
  runtime: all.runtime - gpu.runtime,
  total: all.total - gpu.total
})
