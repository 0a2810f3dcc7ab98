// Takes a tuned model home: writes the folder, opens it again and compares it before it is called done. What
// was written is remembered in the run’s folder (export-ledger.ts); folders that are gone are not shown.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { ExportKind, ExportRecord } from '../../contract/window/results'
import type { WeightsDtype } from '../../files/model-folder'
import { exportMerged } from './export-merged'
import type { ExportOptions, ExportResult, ExportStage, StagePart } from './export-model'
import { exportPeft } from './export-peft'
import { modelCard } from './model-card'
import { readRunFacts } from './run-facts'
import type { FileRefs } from '../files/file-refs'
import type { RunPlace } from '../runs/run-view'
import { cancelled, type Desk } from '../engine/desk'
import { ExportLedger, type Kept } from './export-ledger'
import type { TunedModel } from '../runs/tuned-model'

export interface ExportsParts {
  readonly desk: Desk
  readonly files: FileRefs
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly onChange: (record: ExportRecord) => void
}

export interface ExportRequest {
  readonly place: RunPlace
  /** folder that the new one is made in */
  readonly into: string
  /** of the new folder */
  readonly name: string
  readonly kind: ExportKind
  readonly dtype: WeightsDtype
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
    const done = await Promise.all(kept.map((one) => this.#shown(place.id, one)))
    const now = [...this.#works.values()].map(({ record }) => record).filter(({ run }) => run === place.id)
    return [...now.reverse(), ...done.reverse()]
  }

  /** Answers at once; what becomes of it is told by change. */
  async start(request: ExportRequest): Promise<ExportRecord> {
    const { place, kind } = request
    const run = await this.parts.tuned(place)
    const out = await this.#target(request)
    // an earlier failure of this kind is no news any more
    for (const [id, { record }] of this.#works)
      if (record.run === place.id && record.kind === kind && record.state === 'failed') this.#works.delete(id)
    const work: Work = {
      abort: new AbortController(),
      record: {
        id: randomUUID(),
        run: place.id,
        kind,
        state: 'writing',
        progress: 0,
        part: null,
        waitsFor: null,
        sizeBytes: 0,
        shownPath: out.dir,
        fileId: '',
        finishedAt: null,
        check: null,
        error: null
      }
    }
    this.#works.set(work.record.id, work)
    void this.#write(run, request, out, work)
    return work.record
  }

  cancel(id: string): void {
    this.#works.get(id)?.abort.abort()
  }

  async #write(
    run: TunedModel,
    { place, kind, dtype }: ExportRequest,
    out: { readonly dir: string; readonly replace: boolean },
    work: Work
  ): Promise<void> {
    const { signal } = work.abort
    const { adapterDir, trainedDir } = run
    try {
      const facts = await readRunFacts(place.dir)
      const card = modelCard({ kind: kind === 'peft' ? 'adapter' : 'merged', model: run.model, run: facts })
      const result = await this.parts.desk.use(
        null,
        async (host) => {
          await this.#ledger.begin(place.dir, out.dir)
          const stop = (): void => void host.call('cancel', undefined).catch(() => undefined)
          signal.addEventListener('abort', stop)
          const options: ExportOptions = {
            host,
            model: run.model,
            adapterDir,
            trainedDir,
            baseQuantization: run.open.baseQuantization,
            threads: run.open.threads,
            out: out.dir,
            replace: out.replace,
            card,
            onStage: (stage) => {
              if (signal.aborted) throw cancelled()
              const { state, from } = stages[stage]
              this.#change(work, { state, progress: from, part: null })
            },
            onPart: (part) => {
              if (!signal.aborted) this.#change(work, measured(part))
            }
          }
          try {
            return await (kind === 'peft' ? exportPeft(options) : exportMerged({ ...options, dtype }))
          } finally {
            signal.removeEventListener('abort', stop)
            await this.#ledger.end(place.dir, out.dir)
          }
        },
        { work: 'export', signal, onWait: (waitsFor) => this.#change(work, { waitsFor }) }
      )
      const kept = keptOf(work.record.id, kind, result)
      await this.#ledger.keep(place.dir, kept)
      this.#works.delete(work.record.id)
      this.parts.onChange(await this.#shown(place.id, kept))
    } catch (error) {
      const known = asKnown(error, signal.aborted)
      this.#change(work, { state: 'failed', waitsFor: null, part: null, error: known.toData() })
    }
  }

  #change(work: Work, change: Partial<ExportRecord>): void {
    work.record = { ...work.record, ...change }
    this.parts.onChange(work.record)
  }

  /** The same folder again where it was written for this run and kind; else a new one. */
  async #target({ place, into, name, kind }: ExportRequest): Promise<{ dir: string; replace: boolean }> {
    const own = (await this.#ledger.kept(place.dir))
      .filter((kept) => kept.kind === kind)
      .map(({ dir }) => dir)
    for (let number = 1; ; number++) {
      const dir = join(into, number === 1 ? name : `${name}-${number}`)
      if (own.includes(dir)) return { dir, replace: true }
      if (!existsSync(dir)) return { dir, replace: false }
    }
  }

  async #shown(run: string, kept: Kept): Promise<ExportRecord> {
    const { id, kind, dir, sizeBytes, finishedAt, check } = kept
    const { id: fileId } = await this.parts.files.add(dir)
    const done = { state: 'done', progress: 1, part: null, waitsFor: null, error: null } as const
    return { id, run, kind, ...done, sizeBytes, shownPath: dir, fileId, finishedAt, check }
  }
}

function measured({ stage, of, done, total }: StagePart): Partial<ExportRecord> {
  const { from, to } = stages[stage]
  return { progress: from + (to - from) * (total > 0 ? done / total : 0), part: { of, done, total } }
}

function keptOf(id: string, kind: ExportKind, { dir, sizeBytes, comparison }: ExportResult): Kept {
  const { prompts, largestDifference: largest } = comparison
  return { id, kind, dir, sizeBytes, finishedAt: new Date().toISOString(), check: { prompts, largest } }
}

function asKnown(error: unknown, aborted: boolean): NeiroError {
  if (aborted) return new NeiroError('EXPORT_CANCELLED')
  if (error instanceof NeiroError) return error
  const { message } = error as Error
  return new NeiroError('INTERNAL', { reason: message })
}
