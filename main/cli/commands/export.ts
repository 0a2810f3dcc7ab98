// neiro export: the tuned model as files that other tools read, read back and compared before it is done.
import { resolve } from 'node:path'
import type { WeightsDtype } from '../../files/model-folder'
import { nearest } from '../../services/recipes/nearest'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { adapterFlag, baseQuantizationFlag, modelFlag, runFlag, threadsFlag } from '../flags'
import { bytes } from '../format'
import { table } from '../table'
import { findTarget } from '../target'

const kinds = ['peft', 'merged'] as const
const listWord = 'list'
type Kind = (typeof kinds)[number]

export const exportCommand: Command = {
  name: 'export',
  usage: 'peft|merged --run NAME --out DIR | list --run NAME',
  positionals: { min: 1, max: 1 },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    {
      name: 'out',
      kind: 'text',
      value: 'DIR'
    },
    {
      name: 'dtype',
      kind: 'text',
      value: 'X',
      choices: ['f32', 'bf16', 'f16']
    },
    {
      name: 'force',
      kind: 'switch'
    },
    baseQuantizationFlag,
    threadsFlag
  ],
  examples: [
    'neiro export peft --run latest --out ./our-tone',
    'neiro export merged --run latest --out ./our-model --dtype bf16',
    'neiro export list --run latest'
  ],
  events: [
    ['stage', 'stage (open write read-back compare)'],
    ['exported', 'id kind dir sizeBytes finishedAt check (prompts largest tolerance answers)'],
    ['export', 'of list: id kind dir sizeBytes finishedAt check']
  ],
  run: runExport
}

async function runExport(args: Arguments, context: Context): Promise<number> {
  const word = args.positionals[0] ?? ''
  if (word === listWord) return listExports(args, context)
  const { out, words, parts } = context
  const kind = kindOf(word)
  const outDir = args.text('out')
  if (outDir === undefined) throw missing(`neiro export ${kind} --run NAME --out DIR`)
  const tuned = await findTarget(args, context)
  if (!tuned.isTuned) throw new UsageError('ADAPTER_NOT_SAID')
  const dtype = dtypeOf(args.text('dtype') ?? tuned.model.storedDtype)
  const request = { tuned, kind, dtype, out: resolve(outDir), replace: args.has('force') }
  const written = await withEngine(context, (_, signal) =>
    parts.exports.write(request, {
      signal,
      onStage: (stage) => {
        out.event('stage', { stage })
        out.live(words.export.stages[stage])
      }
    })
  )
  out.clearLive()
  out.event('exported', { ...written })
  out.line(words.export.done[kind](written.dir, bytes(written.sizeBytes), dtype))
  const { prompts, largest, tolerance, answers, second } = written.check
  out.line(words.export.compared(prompts, largest.toExponential(1), String(tolerance)))
  if (answers.asked > 0) out.line(words.export.answered(answers.asked, answers.changed))
  out.line(
    second.checked
      ? words.export.second(second.tokens, second.largest.toExponential(1))
      : words.export.notSecond[second.why](second.what)
  )
  return 0
}

/** What was written of a run, by whomever, newest first. */
async function listExports(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts } = context
  if (!args.has('run') && !args.has('adapter')) throw missing('neiro export list --run NAME')
  const { runDir } = await findTarget(args, context)
  const kept = runDir === null ? [] : [...(await parts.exports.kept(runDir))].reverse()
  for (const one of kept) out.event('export', { ...one })
  if (kept.length === 0) out.line(words.export.none)
  const rows = kept.map(({ kind, dir, sizeBytes, finishedAt }) => [
    kind,
    finishedAt.slice(0, 10),
    bytes(sizeBytes),
    dir
  ])
  for (const line of table(rows, ['left', 'left', 'right', 'left'])) out.line(line)
  return 0
}

const missing = (usage: string): UsageError =>
  new UsageError('ARGUMENT_MISSING', { command: 'export', usage })

function kindOf(word: string): Kind {
  const kind = kinds.find((one) => one === word)
  if (kind) return kind
  throw new UsageError('UNKNOWN_EXPORT', {
    name: word,
    nearest: nearest(word, [...kinds, listWord])
  })
}

function dtypeOf(word: string): WeightsDtype {
  const upper = word.toUpperCase()
  return upper === 'BF16' || upper === 'F16' ? upper : 'F32'
}
