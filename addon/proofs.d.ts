// What the test build of the native module (neiro_test.node) exports besides index.d.ts: the inside of a
// session and single operations, for golden cases and tests. The shipped module has none of it
// (test/addon/exports.test.ts holds both).
import type { Batch, PruneOptions, ScoreBatch, SamplingOptions, Session, StepOptions } from './index'

/** Loss and gradients without an update; gradients by PEFT parameter name (…lora_A.weight). */
export function gradients(
  session: Session,
  microBatches: Batch[] | ScoreBatch[]
): Promise<{ loss: number; gradNorm: number; gradients: Record<string, Float32Array> }>

/** What forward and backward have added up so far, by the same names. */
export function gatheredGradients(
  session: Session
): Promise<Record<string, { shape: number[]; data: Float32Array }>>

/** Adapter tensors by PEFT name, F32. */
export function adapterTensors(
  session: Session
): Promise<Record<string, { shape: number[]; data: Float32Array }>>

/** Next-token probabilities after penalties, n-grams, least length, temperature, top-k, top-p, min-p, typical-p in that
 *  order. answered: how many of the last of `previous` are the answer's (absent: all); stops: what may end it. */
export function sampleDistribution(
  logits: Float32Array,
  previous: Int32Array,
  options: Omit<SamplingOptions, 'seed'>,
  answered?: number,
  stops?: Int32Array
): Promise<Float32Array>

/** Updates of one tensor on the device, with moments as OpenOptions.optimizer 'adamw8bit' holds them; gradients of all
 *  updates in a row. Of the moments codes and largest values of blocks, or, of a small tensor, the values. */
export function updateInBytes(
  values: Float32Array,
  gradients: Float32Array,
  options: Omit<StepOptions, 'step' | 'maxGradNorm'>
): Promise<{
  values: Float32Array
  codes1: Uint8Array
  codes2: Uint8Array
  absmax1: Float32Array
  absmax2: Float32Array
  moment1: Float32Array
  moment2: Float32Array
}>

/** What pruning leaves of given matrices, one by one or together. */
export function pruneMatrices(
  matrices: { rows: number; cols: number; data: Float32Array }[],
  options: PruneOptions
): Promise<Float32Array[]>

/** NF4 blocks with double quantisation, as bitsandbytes. */
export function quantizeNf4(values: Float32Array): Promise<{
  packed: Uint8Array
  absmaxQ: Uint8Array
  absmax2: Float32Array
  code2: Float32Array
  offset: number
  dequantised: Float32Array
}>

/** Rows of INT8 with a scale each, as bitsandbytes; codes as bytes in two's complement. */
export function quantizeInt8(
  values: Float32Array,
  rows: number
): Promise<{ codes: Uint8Array; absmax: Float32Array; dequantised: Float32Array }>

/** Blocks of GGUF files (BF16 counts as one): made as files are written, of whole blocks of finite values. */
export function quantizeBlocks(type: string, values: Float32Array): Promise<Uint8Array>

/** The values of blocks, whose bytes are given as whole numbers. */
export function dequantizeBlocks(type: string, blocks: Int32Array): Promise<Float32Array>

/** `count` more allocations of the module on this thread succeed, then one fails; -1: none fails. Returns what
 *  was left of the count before, -1 where it had run out. */
export function failAllocation(count: number): number
