// How long a training takes on large GPUs elsewhere: by trainings that others have published, on the fewest that hold it. Pure;
// docs/scale.md is made of the same table. Nothing here was measured by Neiro.
import { chooseSpread, fits, type Load, type Machines } from './folder/scale'

const gib = 2 ** 30

/** Dense BF16 operations a second by its maker's figure, and memory. */
export const gpuKinds = {
  A100: { flopsPerSecond: 312e12, bytes: 80 * gib },
  H100: { flopsPerSecond: 989e12, bytes: 80 * gib }
} as const
export type GpuKind = keyof typeof gpuKinds

export interface PublishedTraining {
  readonly kind: GpuKind
  readonly gpus: number
  readonly model: string
  readonly parameters: number
  /** of one GPU */
  readonly tokensPerSecond: number
  /** the weights lie on several GPUs and are sent around */
  readonly divided?: true
  readonly source: 'automodel' | 'vectorlm'
}

/** LoRA in BF16 without recomputing. automodel: NVIDIA, NeMo AutoModel, performance summary of 2 October 2025, rows of 4,096;
 *  vectorlm: Vector Institute, VectorLM, reference throughput of 2024, rows of 4,096. */
export const publishedTrainings: readonly PublishedTraining[] = [
  {
    kind: 'A100',
    gpus: 1,
    model: 'Llama 3 8B',
    parameters: 8.03e9,
    tokensPerSecond: 3682,
    source: 'vectorlm'
  },
  {
    ...{ kind: 'A100', gpus: 4, model: 'Llama 3 8B', parameters: 8.03e9 },
    ...{ tokensPerSecond: 3459, divided: true, source: 'vectorlm' }
  },
  {
    kind: 'H100',
    gpus: 1,
    model: 'Qwen2.5 7B',
    parameters: 7.62e9,
    tokensPerSecond: 14_110,
    source: 'automodel'
  },
  {
    kind: 'H100',
    gpus: 1,
    model: 'Llama 3 8B',
    parameters: 8.03e9,
    tokensPerSecond: 12_473,
    source: 'automodel'
  },
  {
    ...{ kind: 'H100', gpus: 8, model: 'Qwen2.5 32B', parameters: 32.8e9 },
    ...{ tokensPerSecond: 1951, divided: true, source: 'automodel' }
  },
  {
    ...{ kind: 'H100', gpus: 8, model: 'Llama 3 70B', parameters: 70.6e9 },
    ...{ tokensPerSecond: 659, divided: true, source: 'automodel' }
  }
]

/** Of the maker's figure, at 4 operations a token and number: forward, and back through what does not learn. */
export const reached = ({ kind, parameters, tokensPerSecond }: PublishedTraining): number =>
  (4 * parameters * tokensPerSecond) / gpuKinds[kind].flopsPerSecond

/** The lowest that was published, of those alike. */
const share = {
  whole: lowest(publishedTrainings.filter(({ divided }) => !divided)),
  divided: lowest(publishedTrainings.filter(({ divided }) => divided))
}

function lowest(some: readonly PublishedTraining[]): number {
  return Math.min(...some.map(reached))
}

/** Seconds for so many operations; null: it does not fit there. */
export function secondsOn(kind: GpuKind, gpus: number, load: Load, operations: number): number | null {
  const { bytes, flopsPerSecond } = gpuKinds[kind]
  const machines: Machines = { processes: gpus, gpuBytes: bytes }
  const choice = chooseSpread(load, machines)
  if (!fits(choice, machines)) return null
  const divided = choice.spread === 'zero3' || choice.spread === 'fsdp'
  return operations / (gpus * flopsPerSecond * (divided ? share.divided : share.whole))
}

export interface GpuTime {
  readonly gpus: number
  readonly seconds: number
}

/** On H100s: on one, or where that is too small on as many as one machine has; null: not even those hold it. */
export function timeOnGpus(load: Load, operations: number): GpuTime | null {
  for (const gpus of [1, 8]) {
    const seconds = secondsOn('H100', gpus, load, operations)
    if (seconds !== null) return { gpus, seconds }
  }
  return null
}
