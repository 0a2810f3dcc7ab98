// Takes tuned models home, for window, server and command line: on the one engine, noted in the run's folder
// (export-ledger.ts) from before the first byte. How a folder is written and checked is write-export.ts.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import type { TurnWork, ExportFormat, ExportKind, ExportRecord } from '../../contract/window/results'
import { knownError } from '../../files/file-errors'
import { otherRunName } from '../../words/run-name'
import { modelCard, type BuiltOn } from './model-card'
import { readRunFacts } from './run-facts'
import type { FileRefs } from '../files/file-refs'
import type { RunPlace } from '../runs/run-view'
import type { Turns } from '../engine/turns'
import { RunMetrics } from '../runs/run-metrics'
import { exportsOfNow } from './of-now'
import { ExportLedger, type CutOffExport, type KeptExport } from './export-ledger'
import { readModel } from '../models/read-model'
import { chosenModelOf } from '../runs/other-runs'
import type { TunedModel } from '../runs/tuned-model'
import { departuresOf } from '../runners/elsewhere-file'
import { auditSheet } from './audit-sheet'
import { titleOf } from './licence-name'
import type { Seen } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import type { Origin } from '../models/origins'
import type { ModelTexts } from '../tokens/model-texts'
import {
  writeExport,
  type ExportCheck,
  type ExportListener,
  type ExportResult,
  type ExportStage,
  type ExportTask,
  type StagePart
} from './write-export'

export interface ExportsParts {
  readonly turns: Turns
  readonly files: FileRefs
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly modelTexts: Pick<ModelTexts, 'get'>
  readonly smallFiles: { dirFor(place: string): Promise<string> }
  readonly origins: { of(modelDir: string): Promise<Origin | null> }
  /** of what a run kept out, how much it has learnt; null: nobody knows */
  readonly seenIn: (runDir: string) => Promise<Seen | null>
  readonly language: () => Language
  readonly onChange: (record: ExportRecord) => void
}

export interface ExportRequest {
  readonly place: RunPlace
  /** folder that the new one is made in */
  readonly into: string
  /** of the new folder */
  readonly name: string
  readonly kind: ExportKind
  readonly dtype: ExportFormat
}

interface Target {
  readonly dir: string
  readonly replace: boolean
}

/** Exactly this folder. */
export interface WriteRequest {
  readonly id?: string
  readonly tuned: TunedModel
  readonly kind: ExportKind
  readonly dtype: ExportFormat
  readonly out: string
  /** what stands there; TARGET_EXISTS otherwise */
  readonly replace: boolean
}

export interface TurnListener extends ExportListener {
  readonly signal?: AbortSignal
  /** who is at work while this one waits; null: nobody any more */
  readonly onWait?: (waitsFor: TurnWork | null) => void
}

export interface WrittenExport extends KeptExport {
  readonly check: ExportCheck
}

interface Work {
  readonly abort: AbortController
  record: ExportRecord
}

/** Where each stage lies on the whole way 0..1: what is measured moves inside its part. */
const stages: Readonly<
  Record<ExportStage, { readonly state: 'writing' | 'checking'; from: number; to: number }>
> = {
  open: { state: 'writing', from: 0, to: 0.1 },
  write: { state: 'writing', from: 0.1, to: 0.6 },
  'read-back': { state: 'checking', from: 0.6, to: 0.7 },
  compare: { state: 'checking', from: 0.7, to: 1 }
}

export class Exports {
  /** being written, or failed while this app was open */
  readonly #works = new Map<string, Work>()
  readonly #ledger = new ExportLedger()

  constructor(private readonly parts: ExportsParts) {}

  /** Newest first. */
  async list(place: RunPlace): Promise<readonly ExportRecord[]> {
    const kept = await this.#ledger.kept(place.dir)
    const ofNow = await this.ofNow(place.dir, kept)
    const done = await Promise.all(kept.map((one) => this.#shown(place.id, one, ofNow.includes(one))))
    const cut = (await this.#ledger.cutOff(place.dir)).map((one) => cutOffRecord(place.id, one))
    const now = [...this.#works.values()].map(({ record }) => record).filter(({ run }) => run === place.id)
    return [...now.reverse(), ...cut.reverse(), ...done.reverse()]
  }

  /** Those of them that are the run as it is; it has learnt on since the others. */
  ofNow(runDir: string, kept: readonly KeptExport[]): Promise<readonly KeptExport[]> {
    return exportsOfNow(runDir, kept, async () => (await new RunMetrics(runDir).figures()).lastTime ?? null)
  }

  /** Those that were not ended in an earlier life; what they had written is cleared away. */
  cutOff(runDir: string): Promise<readonly CutOffExport[]> {
    return this.#ledger.cutOff(runDir)
  }

  /** Answers at once; what becomes of it is told by change. */
  async start(request: ExportRequest): Promise<ExportRecord> {
    const { place, kind } = request
    const tuned = await this.parts.tuned(place)
    const out = await this.#target(request)
    // an earlier failure of this kind is no news any more
    for (const [id, { record }] of this.#works)
      if (record.run === place.id && record.kind === kind && record.state === 'failed') this.#works.delete(id)
    const work: Work = {
      abort: new AbortController(),
      record: {
        ...{ id: randomUUID(), run: place.id, kind, dtype: request.dtype, shownPath: out.dir },
        ...unfinished,
        state: 'writing',
        error: null
      }
    }
    this.#works.set(work.record.id, work)
    void this.#work(tuned, request, out, work)
    return work.record
  }

  cancel(id: string): void {
    this.#works.get(id)?.abort.abort()
  }

  /** To its end, for whoever waits for it. What was written of a run is noted in its folder. */
  async write(request: WriteRequest, listener: TurnListener = {}): Promise<WrittenExport> {
    const { kind, dtype, out, replace } = request
    const { signal, onWait } = listener
    const language = this.parts.language()
    const { tuned, origin, builtOn } = await this.#withOrigin(request.tuned, language)
    const { runDir, model, isTuned, startRun: before = tuned.baseRun } = tuned
    if (!isTuned) throw new NeiroError('ADAPTER_NOT_SAID')
    const run = runDir === null ? undefined : await readRunFacts(runDir)
    const title = titleOf(run?.name || `${model.name} tuned`, origin)
    const { systemPrompt } = tuned
    const seen = runDir === null ? null : await this.parts.seenIn(runDir)
    const departures = runDir === null ? [] : await departuresOf(runDir)
    const facts = {
      ...{ kind, dtype, model, run, seen, systemPrompt, origin, language, title, builtOn },
      ...(before && { before: otherRunName(before, language) }),
      score: tuned.score
    }
    const task: ExportTask = {
      ...{ tuned, kind, dtype, out, replace, title },
      card: (knowledge, text) => modelCard({ ...facts, knowledge, ...(text && { text }) }),
      beside: (check) => ({
        'AUDIT.md': auditSheet({ ...facts, check, departures, date: new Date().toISOString() })
      }),
      modelTexts: this.parts.modelTexts,
      smallFiles: this.parts.smallFiles
    }
    const id = request.id ?? randomUUID()
    const keptOf = (result: ExportResult): WrittenExport => ({
      ...{ id, kind, dtype, mark: tuned.mark, ...result },
      ...(run && { step: run.steps }),
      finishedAt: new Date().toISOString()
    })
    const written = (host: TrainerCaller): Promise<ExportResult> =>
      this.#writeNoted(host, task, id, keptOf, listener)
    try {
      const result = await this.parts.turns.use(null, written, {
        ...{ work: 'export' },
        ...(signal && { signal }),
        ...(onWait && { onWait })
      })
      const kept = keptOf(result)
      if (runDir !== null) await this.#ledger.keep(runDir, kept)
      return kept
    } catch (error) {
      throw signal?.aborted ? new NeiroError('EXPORT_CANCELLED') : error
    } finally {
      if (runDir !== null) await this.#ledger.end(runDir, out)
    }
  }

  /** Where its base came from, and under which licence: what another run has learnt whole has both of the model that somebody
   *  chose for that one. */
  async #withOrigin(
    tuned: TunedModel,
    language: Language
  ): Promise<{ tuned: TunedModel; origin: Origin | null; builtOn: BuiltOn | null }> {
    const { runDir, baseRun, model } = tuned
    if (runDir === null || !baseRun)
      return { tuned, origin: await this.parts.origins.of(model.dir), builtOn: null }
    const chosen = await chosenModelOf(runDir)
    // it may be gone since: what is not known is said to be so
    const its = await readModel(chosen.dir, this.parts.smallFiles).catch(() => null)
    return {
      tuned: { ...tuned, model: { ...model, licence: model.licence ?? its?.licence ?? null } },
      origin: await this.parts.origins.of(chosen.dir),
      builtOn: { run: otherRunName(baseRun, language), model: chosen.name }
    }
  }

  /** Finished ones of a run whose folder is there, oldest first. */
  kept(runDir: string): Promise<readonly KeptExport[]> {
    return this.#ledger.kept(runDir)
  }

  async #writeNoted(
    host: TrainerCaller,
    task: ExportTask,
    id: string,
    keptOf: (result: ExportResult) => KeptExport,
    { signal, onStage, onPart }: TurnListener
  ): Promise<ExportResult> {
    const { kind, dtype, out, tuned } = task
    const { runDir } = tuned
    const stop = (): void => void host.call('cancel', undefined).catch(() => undefined)
    signal?.addEventListener('abort', stop)
    try {
      // before anything is written into or beside the folder
      if (runDir !== null) await this.#ledger.begin(runDir, { id, kind, dtype, dir: out })
      return await writeExport(host, task, {
        onStage: (stage) => {
          signal?.throwIfAborted()
          onStage?.(stage)
        },
        onPart: (part) => {
          if (!signal?.aborted) onPart?.(part)
        },
        onWhole: async (staging, result) => {
          if (runDir !== null) await this.#ledger.whole(runDir, staging, keptOf(result))
        }
      })
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  async #work(tuned: TunedModel, request: ExportRequest, out: Target, work: Work): Promise<void> {
    const { place, kind, dtype } = request
    const { id } = work.record
    try {
      const kept = await this.write(
        { id, tuned, kind, dtype, out: out.dir, replace: out.replace },
        {
          signal: work.abort.signal,
          onWait: (waitsFor) => this.#change(work, { waitsFor }),
          onStage: (stage) => {
            const { state, from } = stages[stage]
            this.#change(work, { state, progress: from, part: null })
          },
          onPart: (part) => this.#change(work, measured(part))
        }
      )
      this.#works.delete(id)
      this.parts.onChange(await this.#shown(place.id, kept, true))
    } catch (error) {
      const known = knownError(error)
      this.#change(work, { state: 'failed', waitsFor: null, part: null, error: known.toData() })
    }
  }

  #change(work: Work, change: Partial<ExportRecord>): void {
    work.record = { ...work.record, ...change }
    this.parts.onChange(work.record)
  }

  /** The same folder again where it was written for this run and kind, and the run is the same; else a new one: what it was
   *  before it went on cannot be had again. */
  async #target({ place, into, name, kind }: ExportRequest): Promise<Target> {
    const kept = (await this.#ledger.kept(place.dir)).filter((one) => one.kind === kind)
    const own = (await this.ofNow(place.dir, kept)).map(({ dir }) => dir)
    for (let number = 1; ; number++) {
      const dir = join(into, number === 1 ? name : `${name}-${number}`)
      if (own.includes(dir)) return { dir, replace: true }
      if (!existsSync(dir)) return { dir, replace: false }
    }
  }

  async #shown(run: string, kept: KeptExport, isOfNow: boolean): Promise<ExportRecord> {
    const { id, kind, dtype, dir, sizeBytes, finishedAt, check } = kept
    const { id: fileId } = await this.parts.files.add(dir)
    const done = { state: 'done', progress: 1, part: null, waitsFor: null, error: null } as const
    return {
      id,
      run,
      kind,
      ...(dtype && { dtype }),
      ...done,
      sizeBytes,
      shownPath: dir,
      fileId,
      finishedAt,
      check,
      ...(!isOfNow && { older: { step: kept.step ?? null } })
    }
  }
}

/** What a record says of what is not there. */
const unfinished = {
  ...{ progress: 0, part: null, waitsFor: null },
  ...{ sizeBytes: 0, fileId: '', finishedAt: null, check: null }
} as const

const cutOffRecord = (run: string, { id, kind, dtype, dir }: CutOffExport): ExportRecord => ({
  ...{ id, run, kind, dtype, shownPath: dir },
  ...unfinished,
  state: 'failed',
  error: new NeiroError('EXPORT_CUT_OFF').toData()
})

function measured({ stage, of, done, total }: StagePart): Partial<ExportRecord> {
  const { from, to } = stages[stage]
  return { progress: from + (to - from) * (total > 0 ? done / total : 0), part: { of, done, total } }
}
