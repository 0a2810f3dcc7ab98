// How a run is spread over processors elsewhere: which of Accelerate's ways fits the model, the memory and the count, and
// why, in figures. Pure; docs/scale.md is made of the same table. Bytes by stage after Rajbhandari et al. 2020 (ZeRO).
import type { MemoryPlan, ModelInfo, OpenOptions } from '../../../../addon/index'
import type { Spread } from '../../../contract/elsewhere'
import { methodRows } from '../../../contract/methods'
import type { Settings } from '../../../contract/settings'

export interface Load {
  /** of the base, numbers */
  readonly parameters: number
  /** of what learns, numbers */
  readonly trained: number
  /** the base is packed in NF4 where there is a GPU */
  readonly packed: boolean
  /** of one process: tokens of its batch */
  readonly tokens: number
  readonly hiddenSize: number
  readonly layers: number
  readonly recomputes: boolean
}

export interface Machines {
  /** GPUs, or on machines without them processes */
  readonly processes: number
  /** of each GPU, bytes; null: there are none */
  readonly gpuBytes: number | null
}

/** Bytes of one process, by what they hold. */
export interface Share {
  readonly weights: number
  readonly gradients: number
  readonly optimizer: number
  readonly activations: number
  readonly total: number
}

/** NF4 with packed scales: 4.127 bits a weight (Dettmers et al. 2023) */
const packedBytes = 0.516
/** of BF16 */
const weightBytes = 2
/** gradient, and both moments of AdamW with the F32 copy */
const gradientBytes = 4
const optimizerBytes = 12
/** kept a token, a layer and a width: about 34 bytes (Korthikanti et al. 2022) without attention's own, which fast kernels
 *  do not keep; where it recomputes only what goes in */
const keptBytes = { whole: 34, recomputed: 2 }
/** of a GPU, what the driver, kernels and fragments take */
const usable = 0.85

export function shareOf(load: Load, spread: Spread, processes: number): Share {
  const weight = load.parameters * (load.packed ? packedBytes : weightBytes) + load.trained * weightBytes
  const own = (bytes: number, divided: boolean): number => bytes / (divided ? processes : 1)
  const kept = load.recomputes ? keptBytes.recomputed : keptBytes.whole
  const spreadsAll = spread === 'zero3' || spread === 'fsdp'
  const share = {
    weights: own(weight, spreadsAll),
    gradients: own(load.trained * gradientBytes, spreadsAll || spread === 'zero2'),
    optimizer: own(load.trained * optimizerBytes, spreadsAll || spread === 'zero2'),
    activations: load.tokens * load.hiddenSize * load.layers * kept
  }
  return { ...share, total: Object.values(share).reduce((sum, one) => sum + one, 0) }
}

/** Of a training as it is planned. memory: of its plan on the processor, whose adapter is of F32 */
export function loadOf(
  { open, settings }: { readonly open: OpenOptions; readonly settings: Settings },
  info: Pick<ModelInfo, 'parameters' | 'hiddenSize' | 'layers'>,
  memory: Pick<MemoryPlan, 'adapter'>
): Load {
  const all = methodRows[settings.method].trains === 'model'
  return {
    parameters: info.parameters,
    trained: all ? info.parameters : memory.adapter / 4,
    packed: open.baseQuantization === 'nf4',
    tokens: open.maxTokensPerMicroBatch,
    hiddenSize: info.hiddenSize,
    layers: info.layers,
    recomputes: settings.gradientCheckpointing
  }
}

/** A way and what a process holds by it, bytes: all of `whole`, and its part of `divided`. */
export interface Way {
  readonly name: Spread
  readonly whole: number
  readonly divided: number
}

/** The ways that several processes can go, the simplest first: whoever trains elsewhere knows how many GPUs there are, and
 *  takes the first that fits. */
export const waysOf = (load: Load): { readonly usable: number; readonly ways: readonly Way[] } => ({
  usable,
  ways: (['ddp', 'zero2', lastOf(load)] as const).map((name) => {
    const whole = shareOf(load, name, Infinity).total
    return { name, whole, divided: shareOf(load, name, 1).total - whole }
  })
})

/** Packed weights cannot be put together from parts by ZeRO-3; FSDP can (QLoRA with FSDP, 2024). */
const lastOf = ({ packed }: Load): Spread => (packed ? 'fsdp' : 'zero3')

export interface Choice {
  readonly spread: Spread
  readonly share: Share
  /** why: a code of words/remote with its figures; nothing: not even the last one fits */
  readonly reason: 'one' | 'fits-whole' | 'optimizer-spread' | 'weights-spread' | 'does-not-fit' | 'no-gpu'
}

/** Whether the GPUs hold what is chosen. */
export const fits = ({ share }: Pick<Choice, 'share'>, { gpuBytes }: Machines): boolean =>
  gpuBytes === null || share.total <= gpuBytes * usable

/** The simplest one that fits: what is spread must be sent around. */
export function chooseSpread(load: Load, machines: Machines): Choice {
  const { processes, gpuBytes } = machines
  const as = (spread: Spread, reason: Choice['reason']): Choice => ({
    spread,
    share: shareOf(load, spread, processes),
    reason
  })
  if (processes <= 1) return as('single', 'one')
  if (gpuBytes === null) return as('ddp', 'no-gpu')
  const has = (spread: Spread): boolean => fits({ share: shareOf(load, spread, processes) }, machines)
  if (has('ddp')) return as('ddp', 'fits-whole')
  const last = lastOf(load)
  if (has('zero2')) return as('zero2', 'optimizer-spread')
  return as(last, has(last) ? 'weights-spread' : 'does-not-fit')
}
