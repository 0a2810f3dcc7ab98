// neiro export: the tuned model as files that other tools read, read back and compared before it is done.
import { readRunFacts } from '../../services/exports/run-facts'
import type { WeightsDtype } from '../../files/model-folder'
import { exportMerged } from '../../services/exports/export-merged'
import { exportPeft } from '../../services/exports/export-peft'
import { modelCard } from '../../services/exports/model-card'
import { nearest } from '../../services/recipes/nearest'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { adapterFlag, baseQuantizationFlag, modelFlag, runFlag, threadsFlag } from '../flags'
import { bytes } from '../format'
import { findTarget } from '../target'

const kinds = ['peft', 'merged'] as const
type Kind = (typeof kinds)[number]

export const exportCommand: Command = {
  name: 'export',
  summary: {
    ja: 'ほかのツールで使える形に書き出します',
    en: 'write the tuned model for other tools'
  },
  usage: 'peft|merged --run NAME --out DIR',
  positionals: { min: 1, max: 1 },
  about: {
    ja: 'peft はアダプターだけ（peft や vLLM で、もとのモデルと一緒に使います）、merged はもとのモデルに合わせた一式です（Transformers などでそのまま開けます）。書いたものを開き直して手元のモデルの答えと比べ、一致したときだけ完成とします（peft は完全一致、merged は F32 で 1e-4、F16 で 1e-2、BF16 で 5e-2 以内）。',
    en: '"peft" is the adapter alone (used with its base in peft, vLLM …), "merged" is the base with the adapter in it (opens in Transformers as it is). What was written is opened again and compared with the model in memory, and only then called done: to the bit for peft; for merged within 1e-4 in F32, 1e-2 in F16, 5e-2 in BF16, relative to the largest logit.'
  },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    {
      name: 'out',
      kind: 'text',
      value: 'DIR',
      help: { ja: '書き出す新しいフォルダー', en: 'the new folder' }
    },
    {
      name: 'dtype',
      kind: 'text',
      value: 'X',
      choices: ['f32', 'bf16', 'f16'],
      help: {
        ja: 'merged の精度（既定はもとのモデルと同じ）',
        en: 'precision of merged: f32 bf16 f16 (default: that of the base)'
      }
    },
    {
      name: 'force',
      kind: 'switch',
      help: { ja: 'すでにあるフォルダーを置きかえます', en: 'replace a folder that exists' }
    },
    baseQuantizationFlag,
    threadsFlag
  ],
  examples: [
    [
      'neiro export peft --run latest --out ./our-tone',
      { ja: 'アダプターを書き出します', en: 'the adapter' }
    ],
    [
      'neiro export merged --run latest --out ./our-model --dtype bf16',
      { ja: '一式を BF16 で', en: 'a whole model in BF16' }
    ]
  ],
  events: [
    ['stage', 'stage (open write read-back compare)'],
    ['exported', 'kind dir sizeBytes comparison']
  ],
  run: runExport
}

async function runExport(args: Arguments, context: Context): Promise<number> {
  const { out, words } = context
  const kind = kindOf(args.positionals[0] ?? '')
  const outDir = args.text('out')
  if (outDir === undefined) {
    throw new UsageError('ARGUMENT_MISSING', {
      command: 'export',
      usage: `neiro export ${kind} --run NAME --out DIR`
    })
  }
  const target = await findTarget(args, context)
  const { model, adapterDir, trainedDir } = target
  if (!target.isTuned) {
    throw new UsageError('ADAPTER_NOT_SAID')
  }
  const run = target.runDir === null ? undefined : await readRunFacts(target.runDir)
  const dtype = dtypeOf(args.text('dtype') ?? model.storedDtype)
  const result = await withEngine(context, (host) => {
    const options = {
      host,
      model,
      adapterDir,
      trainedDir,
      baseQuantization: target.open.baseQuantization,
      threads: args.number('threads') ?? 0,
      out: outDir,
      replace: args.has('force'),
      card: modelCard({ kind: kind === 'peft' ? 'adapter' : 'merged', model, run }),
      onStage: (stage: keyof typeof words.export.stages) => {
        out.event('stage', { stage })
        out.live(words.export.stages[stage])
      }
    }
    return kind === 'peft' ? exportPeft(options) : exportMerged({ ...options, dtype })
  })
  out.clearLive()
  out.event('exported', { kind, ...result })
  out.line(words.export.done[kind](result.dir, bytes(result.sizeBytes), dtype))
  const { prompts, largestDifference, tolerance } = result.comparison
  out.line(words.export.compared(prompts, largestDifference.toExponential(1), String(tolerance)))
  return 0
}

function kindOf(word: string): Kind {
  const kind = kinds.find((one) => one === word)
  if (kind) return kind
  throw new UsageError('UNKNOWN_EXPORT', {
    name: word,
    nearest: nearest(word, kinds)
  })
}

function dtypeOf(word: string): WeightsDtype {
  const upper = word.toUpperCase()
  return upper === 'BF16' || upper === 'F16' ? upper : 'F32'
}
