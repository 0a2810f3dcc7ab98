// Where a session runs, and what it takes there: part of the manual (index.d.ts).

export interface Gpu {
  name: string
  /** capability, as '8.9' */
  compute: string
  /** whether it multiplies BF16 on its tensor cores */
  bf16: boolean
  memoryBytes: number
  memoryFreeBytes: number
}
/** NOT_BUILT: this build has no code for any. GPU_TOO_OLD: compute below 7.5. */
export type NoGpuReason =
  'NOT_BUILT' | 'NO_DRIVER' | 'DRIVER_TOO_OLD' | 'NO_GPU' | 'GPU_TOO_OLD' | 'GPU_FAILED'

/** auto: the GPU where it can be used and the whole plan fits into what is free of its memory, else the CPU. cuda:
 *  rejects with GPU_NOT_USABLE where there is none, with GPU_OUT_OF_MEMORY where the plan does not fit. */
export type DeviceChoice = 'auto' | 'cpu' | 'cuda'

/** Bytes by purpose. */
export interface MemoryParts {
  weights: number
  adapter: number
  gradients: number
  optimizer: number
  activations: number
  workspace: number
  /** Node, libraries and code of the process, measured when the plan is made; of a GPU what entering it takes */
  runtime: number
  total: number
}

/** What `open` with the same options will hold, before it is opened: host and GPU together. */
export interface MemoryPlan extends MemoryParts {
  /** of it, in the GPU's memory, the rest in the host's; null: it runs, or will run, on the CPU */
  onGpu: MemoryParts | null
  /** why auto is not on the GPU; null: it is, or was not asked for */
  notOnGpu: NoGpuReason | 'GPU_MEMORY' | 'GPU_WITHOUT_INT8' | null
  /** with GPU_MEMORY: what it would take there */
  gpuWanted: number
  /** of the GPU that was looked at, when the plan was made; else '' and 0 */
  gpuName: string
  gpuFree: number
  gpuTotal: number
}
