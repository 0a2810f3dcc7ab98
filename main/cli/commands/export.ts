// neiro export: the tuned model as files that other tools read, read back and compared before it is done.
import { basename, resolve } from 'node:path'
import {
  exportFormats,
  exportFormatsOf,
  exportKindNames,
  type ExportFormat,
  type ExportKind
} from '../../contract/window/results'
import { ggufFile } from '../../services/exports/kinds/gguf'
import { knowledgeOf } from '../../services/exports/knowledge'
import { suggestedName } from '../../services/exports/ollama/create'
import { ollamaModelOf } from '../../services/exports/ollama/modelfile'
import { prunedIn } from '../../services/exports/run-facts'
import type { TunedModel } from '../../services/runs/tuned-model'
import { nearest } from '../../services/recipes/nearest'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import { adapterFlag, baseQuantizationFlag, deviceFlag, modelFlag, runFlag, threadsFlag } from '../flags'
import { bytes, whole } from '../format'
import { table } from '../table'
import { findTarget } from '../target'

const listWord = 'list'

export const exportCommand: Command = {
  name: 'export',
  usage:
    'KIND --run NAME --out DIR (KIND: ollama, lm-studio, gguf, merged, peft, gguf-adapter) | list --run NAME',
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
      choices: exportFormats.map((format) => format.toLowerCase())
    },
    {
      name: 'name',
      kind: 'text',
      value: 'NAME'
    },
    {
      name: 'force',
      kind: 'switch'
    },
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag
  ],
  examples: [
    'neiro export peft --run latest --out ./our-tone',
    'neiro export merged --run latest --out ./our-model --dtype bf16',
    'neiro export gguf --run latest --out ./our-model --dtype q4_k_m',
    'neiro export ollama --run latest --out ./our-model --name our-tone',
    'neiro export list --run latest'
  ],
  events: [
    ['stage', 'stage (open write read-back compare)'],
    [
      'exported',
      'id kind dtype dir sizeBytes finishedAt check (prompts largest tolerance answers second values text)'
    ],
    ['created', 'name (in Ollama)'],
    ['put', 'shownPath how (linked copied; in LM Studio)'],
    ['export', 'of list: id kind dir sizeBytes finishedAt check older (step; the run has learnt on since)'],
    ['cut-off', 'of list: id kind dtype dir; nobody ended it, what it had written is cleared away']
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
  const dtype = dtypeOf(kind, args.text('dtype'), tuned.model.storedDtype)
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
  out.line(words.export.done[doneWord(kind)](written.dir, bytes(written.sizeBytes), dtype))
  const pruned = tuned.runDir === null ? undefined : await prunedIn(tuned.runDir)
  if (pruned) out.line(words.export.pruned(whole(pruned.zeros), whole(pruned.weights), pruned.share))
  const { prompts, largest, tolerance, answers, second, values, text } = written.check
  if (values) out.line(words.export.values(values.difference.toExponential(1), values.tensor))
  if (prompts > 0) out.line(words.export.compared(prompts, largest.toExponential(1), String(tolerance)))
  if (answers.asked > 0) out.line(words.export.answered(answers.asked, answers.changed))
  if (text === 'near') out.warning(words.export.text.near)
  else if (text) out.line(words.export.text[text])
  if (second)
    out.line(
      second.checked
        ? words.export.second(second.tokens, second.largest.toExponential(1))
        : words.export.notSecond[second.why](second.what)
    )
  await useNow(kind, { dir: written.dir, tuned, name: args.text('name') }, context)
  return 0
}

/** Where the program is on this PC, the model is there to be used at once. */
async function useNow(
  kind: ExportKind,
  o: { readonly dir: string; readonly tuned: TunedModel; readonly name: string | undefined },
  { out, words, parts: { programs } }: Context
): Promise<void> {
  const fileName = basename(o.dir)
  const file = ggufFile({ dir: o.dir, fileName })
  if (kind === 'lm-studio') {
    const { lmStudio } = await programs.find()
    if (lmStudio.shownPath === null) return out.line(words.export.noLmStudio)
    const put = await programs.putFile(file, fileName)
    out.event('put', { ...put })
    out.line(words.export.put[put.how](put.shownPath))
  }
  if (kind !== 'ollama') return
  const name = o.name ?? suggestedName(fileName)
  const { ollama } = await programs.find()
  // without a name nothing was asked for but the files
  if (o.name === undefined) return out.line(words.export.ollamaByHand(o.dir, name))
  if (ollama.version === null) out.line(words.export.noOllama)
  const model = await ollamaModelOf(o.tuned, await knowledgeOf(o.tuned))
  await programs.createFrom(file, name, model, {
    onProgress: (stage, progress) => out.live(words.export.creating[stage](Math.round(progress * 100)))
  })
  out.clearLive()
  out.event('created', { name })
  out.line(words.export.created(name))
}

const doneWord = (kind: ExportKind): 'peft' | 'merged' | 'gguf' =>
  kind === 'peft' || kind === 'merged' ? kind : 'gguf'

/** What was written of a run, by whomever, newest first. */
async function listExports(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts } = context
  if (!args.has('run') && !args.has('adapter')) throw missing('neiro export list --run NAME')
  const { runDir } = await findTarget(args, context)
  const kept = runDir === null ? [] : [...(await parts.exports.kept(runDir))].reverse()
  const ofNow = runDir === null ? [] : await parts.exports.ofNow(runDir, kept)
  const olderOf = (one: (typeof kept)[number]): { older: { step: number | null } } | null =>
    ofNow.includes(one) ? null : { older: { step: one.step ?? null } }
  for (const one of kept) out.event('export', { ...one, ...olderOf(one) })
  if (kept.length === 0) out.line(words.export.none)
  const rows = kept.map((one) => {
    const older = olderOf(one)?.older
    const said = older ? `  ${words.export.older(older.step)}` : ''
    return [one.kind, one.finishedAt.slice(0, 10), bytes(one.sizeBytes), `${one.dir}${said}`]
  })
  for (const line of table(rows, ['left', 'left', 'right', 'left'])) out.line(line)
  const cut = runDir === null ? [] : await parts.exports.cutOff(runDir)
  for (const { id, kind, dtype, dir } of cut) {
    out.event('cut-off', { id, kind, dtype, dir })
    out.warning(words.export.cutOff(kind, dir))
  }
  return 0
}

const missing = (usage: string): UsageError =>
  new UsageError('ARGUMENT_MISSING', { command: 'export', usage })

function kindOf(word: string): ExportKind {
  const kind = exportKindNames.find((one) => one === word)
  if (kind) return kind
  throw new UsageError('UNKNOWN_EXPORT', {
    name: word,
    nearest: nearest(word, [...exportKindNames, listWord])
  })
}

/** As said; else as the model is stored, where the kind has that; else the kind's usual one. */
function dtypeOf(kind: ExportKind, said: string | undefined, stored: string): ExportFormat {
  const formats = exportFormatsOf[kind]
  const own = formats.find((format) => format === (said ?? (kind === 'merged' ? stored : '')).toUpperCase())
  if (own) return own
  if (said !== undefined && formats.length > 0)
    throw new UsageError('WRONG_FLAG_VALUE', {
      name: '--dtype',
      expected: formats.join(', ').toLowerCase(),
      got: said
    })
  return kind === 'merged' ? 'F32' : (formats[0] ?? 'F32')
}
