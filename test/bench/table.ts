// The measurements as a table for people.
import type { calibrate, Measurement } from './measure'

type Ceilings = Awaited<ReturnType<typeof calibrate>>

const megabytes = (bytes: number | null): string => (bytes === null ? '?' : `${(bytes / 1e6).toFixed(0)} MB`)
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

export function table(measurements: readonly Measurement[], ceilings: Ceilings): string {
  const head = [
    'model',
    'base',
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
    cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [
    line(head),
    ...rows.map(line),
    '',
    `ceilings here: registers ${ceilings.peakGflops.toFixed(0)} GFLOP/s, copy ${ceilings.copyGBps.toFixed(1)} GB/s, ` +
      `product ${ceilings.productGflopsF32.toFixed(0)} (F32) and ${ceilings.productGflopsNf4.toFixed(0)} (NF4) GFLOP/s`,
    'GFLOP/s counts 4N per token (forward 2N, gradient of the input 2N), with checkpointing 6N (forward twice);',
    'N = parameters of the linear layers and the head. Attention, norms and the adapter are not counted.'
  ].join('\n')
}
