// neiro probe: what the engine found on this machine, and how fast it is here. For support and bug reports.
import type { Probe } from '../../../addon/index'
import type { TrainerHost } from '../../services/engine/trainer-host'
import { gpuTrouble } from '../../words/gpu'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { threadsFlag } from '../flags'
import { bytes, printable } from '../format'
import { table } from '../table'

export const probe: Command = {
  name: 'probe',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: [threadsFlag],
  examples: ['neiro probe --json'],
  events: [
    [
      'probe',
      'version backend bf16 processors processorName memoryBytes memoryAvailableBytes gpu noGpu families'
    ],
    [
      'speed',
      'peakGflops copyGBps productGflopsF32 productGflopsNf4 peakGflopsBf16 productGflopsBf16 productGflopsNf4Bf16'
    ],
    ['speedOfGpu', 'productGflopsF32 productGflopsNf4 productGflopsBf16 productGflopsNf4Bf16']
  ],
  run: (args, context) =>
    withEngine(context, async (host) => {
      const { out, words } = context
      const found = host.probe
      out.event('probe', { ...found })
      const speed = await host.call('calibrate', { threads: args.number('threads') ?? 0 })
      out.event('speed', { ...speed })
      const rows = [
        [words.probe.engine, `${found.version} (${found.backend})`],
        [words.probe.processor, `${found.processorName} × ${found.processors}`],
        [
          words.probe.memory,
          words.probe.memoryOf(bytes(found.memoryAvailableBytes), bytes(found.memoryBytes))
        ],
        ...gpuRows(found, context),
        [words.probe.families, found.families.join(', ')],
        [
          words.probe.speed,
          `F32 ${speed.productGflopsF32.toFixed(0)} / NF4 ${speed.productGflopsNf4.toFixed(0)} / peak ${speed.peakGflops.toFixed(0)} GFLOP/s; ` +
            `BF16 ${speed.productGflopsBf16.toFixed(0)} / NF4 ${speed.productGflopsNf4Bf16.toFixed(0)} / peak ${speed.peakGflopsBf16.toFixed(0)} GFLOP/s; ` +
            `${speed.copyGBps.toFixed(1)} GB/s`
        ],
        ...(await gpuSpeedRows(host, context))
      ]
      for (const line of table(rows)) out.line(line)
      return 0
    })
}

/** The GPU, or what keeps one that is there from being used; nothing where there is nothing to tell. */
function gpuRows(found: Probe, { words, language }: Context): readonly string[][] {
  const { gpu } = found
  if (gpu) {
    const { name, compute, memoryFreeBytes, memoryBytes } = gpu
    const free = bytes(memoryFreeBytes)
    return [[words.probe.gpu, words.probe.gpuOf(printable(name), compute, free, bytes(memoryBytes))]]
  }
  const trouble = gpuTrouble(found, language)
  return trouble === null ? [] : [[words.probe.gpu, printable(trouble)]]
}

async function gpuSpeedRows(host: TrainerHost, { out, words }: Context): Promise<readonly string[][]> {
  if (!host.probe.gpu) return []
  const { productGflopsF32, productGflopsNf4, productGflopsBf16, productGflopsNf4Bf16 } = await host.call(
    'calibrate',
    { threads: 0, device: 'cuda' }
  )
  out.event('speedOfGpu', { productGflopsF32, productGflopsNf4, productGflopsBf16, productGflopsNf4Bf16 })
  const [f32, nf4] = [productGflopsF32.toFixed(0), productGflopsNf4.toFixed(0)]
  const [bf16, nf4Bf16] = [productGflopsBf16.toFixed(0), productGflopsNf4Bf16.toFixed(0)]
  return [[words.probe.speedOfGpu, `F32 ${f32} / NF4 ${nf4}; BF16 ${bf16} / NF4 ${nf4Bf16} GFLOP/s`]]
}
