// The one way an export goes: the tuned model opened and asked, the folder written, opened again and asked the same.
// It is there only when both answer alike; else nothing is.
import { copyFile, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { ModelInfo } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { runFiles } from '../../contract/run-files'
import { sideHead } from '../../contract/scores'
import type { ExportKind, GgufValues, SecondNumbers, TextCut } from '../../contract/window/results'
import { requireRoom } from '../../files/free-room'
import { writeFolderWhole } from '../../files/whole-folder'
import type { ModelTexts } from '../tokens/model-texts'
import { openModel } from '../models/open-model'
import { checkLogits, probeLogits, probeTokens, type LogitCheck } from './check-logits'
import { exportKinds } from './kinds'
import { knowledgeOf, writeKnowledge, type Knowledge } from './knowledge'
import { answersOf, checkReading, compareAnswers, contextOf, probesOf, type AnswerCheck } from './proof'
import { checkNumbers } from './plain/second-numbers'
import { SecondReader } from './second-reader'
import { ggufFile } from './kinds/gguf'
import type { ExportSource, ExportWork } from './kinds/kind'
import { whileWriting } from './written-bytes'

export type ExportStage = 'open' | 'write' | 'read-back' | 'compare'

/** how much of how much of a stage: bytes written, prompts answered */
export interface StagePart {
  readonly stage: ExportStage
  readonly of: 'bytes' | 'prompts'
  readonly done: number
  readonly total: number
}

export interface ExportListener {
  readonly onStage?: (stage: ExportStage) => void
  readonly onPart?: (part: StagePart) => void
  /** the folder `staging` is verified and goes into its place next */
  readonly onWhole?: (staging: string, result: ExportResult) => Promise<void>
}

export interface ExportTask extends ExportSource {
  readonly kind: ExportKind
  /** the new folder */
  readonly out: string
  /** replace what stands there; TARGET_EXISTS otherwise */
  readonly replace: boolean
  /** README.md of the new folder, for what the folder knows */
  readonly card: (knowledge: Knowledge, text?: TextCut) => string
  /** what else is said of it in files of their own: name and text */
  readonly beside?: (check: ExportCheck) => Readonly<Record<string, string>>
  /** of the export, as programs list it */
  readonly title: string
  /** tokenizers and templates, also of what was exported */
  readonly modelTexts: Pick<ModelTexts, 'get'>
  /** where the small files that are in a GGUF file lie by themselves */
  readonly smallFiles: { dirFor(place: string): Promise<string> }
}

export interface ExportResult {
  readonly dir: string
  /** of its weights */
  readonly sizeBytes: number
  readonly check: ExportCheck
}

export interface ExportCheck extends LogitCheck {
  readonly answers: AnswerCheck
  readonly second?: SecondNumbers
  /** of a GGUF file: the tensor whose values are most off what was merged, and by how much of them */
  readonly values?: GgufValues
  /** of a GGUF file with a vocabulary */
  readonly text?: TextCut
}

export async function writeExport(
  host: TrainerCaller,
  task: ExportTask,
  { onStage, onPart, onWhole }: ExportListener = {}
): Promise<ExportResult> {
  const { tuned, out } = task
  const kind = exportKinds[task.kind]
  kind.refuse(task)
  const knowledge = await knowledgeOf(tuned)
  // who only sorts has no answers to compare: its scores say all
  const probes = tuned.score ? [] : await probesOf(tuned)
  const open = (what: Opened): Promise<ModelInfo> =>
    openModel(host, {
      ...what,
      ...(tuned.open.tokens !== undefined && { tokens: tuned.open.tokens }),
      ...{ threads: tuned.open.threads, device: tuned.open.device },
      ...(tuned.open.score && { score: tuned.open.score }),
      maxContext: contextOf(probes),
      maxTokens: probeTokens,
      // what is written without an adapter has room to spare
      ...(tuned.open.before !== undefined && { before: tuned.open.before })
    })
  const ask = ({ vocabSize }: ModelInfo, stage: ExportStage, adapter: boolean): Promise<Float32Array[]> =>
    probeLogits(host, Math.min(vocabSize, tuned.open.tokens ?? vocabSize), {
      adapter,
      onPrompt: (done, total) => onPart?.({ stage, of: 'prompts', done, total })
    })

  return writeFolderWhole(out, task, async (staging) => {
    try {
      onStage?.('open')
      const { modelDir, adapterDir, baseQuantization } = tuned.open
      const info = await open({ modelDir, ...(adapterDir !== undefined && { adapterDir }), baseQuantization })
      const expected = await ask(info, 'open', true)
      const spoken = await answersOf(host, probes, { ends: tuned.stopTokens, adapter: true })

      onStage?.('write')
      const work: ExportWork = {
        ...{ tuned, dtype: task.dtype, host, info, knowledge, dir: staging },
        ...{ title: task.title, fileName: basename(resolve(out)) }
      }
      const total = await kind.bytes(work)
      await requireRoom(dirname(resolve(out)), total, 'EXPORT_NO_ROOM')
      const tell = (bytes: number): void =>
        onPart?.({ stage: 'write', of: 'bytes', done: Math.min(bytes, total), total })
      const text = await whileWriting(staging, tell, () => kind.write(work))
      if (kind.form === 'folder' && !tuned.score) await writeKnowledge(staging, tuned.model, knowledge)
      if (tuned.beside) await writeHead(staging, tuned.beside)
      const finish = async (checked: ExportCheck): Promise<ExportResult> => {
        const check = { ...checked, ...(text && { text }) }
        const files = { 'README.md': task.card(knowledge, text), ...task.beside?.(check) }
        for (const [name, text] of Object.entries(files))
          await writeFile(join(staging, name), text, { flush: true })
        const result = { dir: resolve(out), sizeBytes: await weightBytes(staging), check }
        await onWhole?.(staging, result)
        return result
      }

      onStage?.('read-back')
      const values = await kind.checkValues?.(work)
      const again = kind.reopened(work)
      if (again === null)
        return await finish({ ...noLogits, largest: values?.difference ?? 0, ...(values && { values }) })
      await open(again)
      onStage?.('compare')
      const actual = await ask(info, 'compare', again.adapterDir !== undefined)
      const check = checkLogits(expected, actual, kind.tolerance(task.dtype), out)
      if (tuned.score) return await finish({ ...check, answers: noLogits.answers, second: noScoreHeads })
      const texts = kind.form === 'folder' ? staging : await task.smallFiles.dirFor(ggufFile(work))
      const reader = await SecondReader.open(texts, task.modelTexts)
      await checkReading(tuned, probes, reader, out)
      const adapter = again.adapterDir !== undefined
      const answers = compareAnswers(spoken, await answersOf(host, probes, { ends: reader.ends, adapter }))
      if (values) return await finish({ ...check, answers, values })
      const second = await checkNumbers({
        ...again,
        isAsStored: ['none', 'f32'].includes(again.baseQuantization),
        known: tuned.open.tokens ?? info.vocabSize,
        tokens: [...(probes[0]?.prompt ?? []).slice(0, probeTokens)],
        engine: (tokens) => lastLogits(host, tokens, { adapter, before: tuned.open.before ?? 0 }),
        target: out
      })
      return await finish({ ...check, answers, second })
    } finally {
      // the engine maps files of the folder that is about to be renamed or removed
      await host.call('close', undefined).catch(() => undefined)
    }
  })
}

/** [vocab] behind the last token */
async function lastLogits(
  host: TrainerCaller,
  tokens: readonly number[],
  { adapter, before }: { readonly adapter: boolean; readonly before: number }
): Promise<Float32Array> {
  const batch = { tokens: Int32Array.from(tokens), lengths: Int32Array.of(tokens.length) }
  const logits = await host.call('logits', { ...batch, adapter })
  return logits.subarray(logits.length - logits.length / (before + tokens.length))
}

type Opened = NonNullable<ReturnType<(typeof exportKinds)[ExportKind]['reopened']>>

/** The second calculation reads models that say words. */
const noScoreHeads: SecondNumbers = { checked: false, why: 'sorts', what: '' }

/** Of what the engine does not open: its values alone were looked at. */
const noLogits = { prompts: 0, tolerance: 0, answers: { asked: 0, changed: 0 } } as const

/** The head beside the language head, which no format has a place for: its weights [labels, hidden size], and what it reads
 *  and says. */
async function writeHead(
  dir: string,
  { file, labels }: NonNullable<ExportSource['tuned']['beside']>
): Promise<void> {
  await copyFile(file, join(dir, runFiles.heads))
  const said = { tensor: `${sideHead}.weight`, reads: 'last token after the final norm', labels }
  await writeFile(join(dir, 'labels.json'), `${JSON.stringify(said, null, 2)}\n`, { flush: true })
}

async function weightBytes(dir: string): Promise<number> {
  const names = (await readdir(dir)).filter((name) => /\.(safetensors|gguf)$/.test(name))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
