// The measurements as a table for people.
import type { Calibration } from '../../addon/index'
import type { Measurement } from './measure'

const megabytes = (bytes: number | null): string => (bytes === null ? '?' : `${(bytes / 1e6).toFixed(0)} MB`)
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

export function table(measurements: readonly Measurement[], ceilings: Calibration): string {
  const head = [
    'model',
    'base',
    'products',
    'ckpt',
    'tokens',
    's/step',
    'tokens/s',
    'peak',
    'planned',
    'off by',
    'GFLOP/s',
    'of product'
  ]
  const rows = measurements.map((m) => [
    m.model,
    m.base,
    m.compute,
    m.checkpointing ? 'on' : 'off',
    String(m.tokens),
    m.secondsPerStep.toFixed(2),
    m.tokensPerSecond.toFixed(1),
    megabytes(m.peakMemory),
    megabytes(m.plannedMemory),
    m.peakMemory === null ? '?' : percent(m.plannedMemory / m.peakMemory - 1),
    m.gflops.toFixed(1),
    percent(m.shareOfProduct)
  ])
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [
    line(head),
    ...rows.map(line),
    '',
    `ceilings here, GFLOP/s: F32 registers ${ceilings.peakGflops.toFixed(0)}, ` +
      `product ${ceilings.productGflopsF32.toFixed(0)} (F32 weights) and ${ceilings.productGflopsNf4.toFixed(0)} (NF4); ` +
      `BF16 registers ${ceilings.peakGflopsBf16.toFixed(0)}, product ${ceilings.productGflopsBf16.toFixed(0)} ` +
      `and ${ceilings.productGflopsNf4Bf16.toFixed(0)}; copy ${ceilings.copyGBps.toFixed(1)} GB/s`,
    'GFLOP/s counts 4N per token (forward 2N, gradient of the input 2N), with checkpointing 6N (forward twice);',
    'N = parameters of the linear layers and the head. Attention, norms and the adapter are not counted.'
  ].join('\n')
}
