// neiro probe: what the engine found on this machine, and how fast it is here. For support and bug reports.
import type { Command } from '../command'
import { withEngine } from '../context'
import { threadsFlag } from '../flags'
import { bytes } from '../format'
import { table } from '../table'

export const probe: Command = {
  name: 'probe',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: [threadsFlag],
  examples: ['neiro probe --json'],
  events: [
    ['probe', 'version backend bf16 processors processorName memoryBytes memoryAvailableBytes families'],
    [
      'speed',
      'peakGflops copyGBps productGflopsF32 productGflopsNf4 peakGflopsBf16 productGflopsBf16 productGflopsNf4Bf16'
    ]
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
        [words.probe.families, found.families.join(', ')],
        [
          words.probe.speed,
          `F32 ${speed.productGflopsF32.toFixed(0)} / NF4 ${speed.productGflopsNf4.toFixed(0)} / peak ${speed.peakGflops.toFixed(0)} GFLOP/s; ` +
            `BF16 ${speed.productGflopsBf16.toFixed(0)} / NF4 ${speed.productGflopsNf4Bf16.toFixed(0)} / peak ${speed.peakGflopsBf16.toFixed(0)} GFLOP/s; ` +
            `${speed.copyGBps.toFixed(1)} GB/s`
        ]
      ]
      for (const line of table(rows)) out.line(line)
      return 0
    })
}
