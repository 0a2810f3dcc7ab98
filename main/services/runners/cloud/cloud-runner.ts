// Has a prepared run trained by a service's fine-tuning API, and keeps its folder here as far as the service tells: the
// figures of its events, its words, and in the end the name of the model that is there now. Whoever was killed finds the files
// and the job again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CloudTerms, RemotePlace } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import type { MetricLine } from '../../../contract/records'
import { runFiles } from '../../../contract/run-files'
import { knownError } from '../../../files/file-errors'
import { lockRun } from '../../../files/run-lock'
import { writeFileWhole } from '../../../files/whole-file'
import { readState, writeState } from '../../runs/run-folder'
import type { RunStore } from '../../runs/run-store'
import type { RunPlace } from '../../runs/run-view'
import { readElsewhere } from '../elsewhere-file'
import { linesIn } from '../remote-lines'
import type { RunEnd, RunListener, Runner } from '../runner'
import type { CloudApi, CloudJob } from './cloud-api'
import { beginJob } from './cloud-begin'
import { isAboutContent, shortReason } from './cloud-error'
import { progressOf, warningOf, type CloudEvent } from './cloud-events'
import { readCloudRecipe, type CloudRecipe } from './cloud-folder'
import { CloudWishes, CloudWork, Left, slower, type Wanted } from './cloud-work'

export interface CloudRunnerOptions {
  readonly store: Pick<RunStore, 'change'>
  /** Throws CLOUD_KEY_NEEDED. */
  readonly connect: (place: RemotePlace, terms: CloudTerms) => Promise<CloudApi>
  /** what was agreed to; made anew where it is gone. Throws OTHER_THAN_AGREED */
  readonly folderOf: (place: RunPlace) => Promise<string>
  /** between two looks at first, milliseconds; while nothing changes it looks less and less often */
  readonly pollMs: number
}

export class CloudRunner implements Runner {
  #wishes = new CloudWishes()
  #ended: Promise<unknown> | null = null

  constructor(private readonly options: CloudRunnerOptions) {}

  async startRun(
    place: RunPlace,
    listener: RunListener = {},
    { stop = false }: { readonly stop?: boolean } = {}
  ): Promise<RunEnd> {
    if (this.#ended) throw new NeiroError('TRAINER_BUSY')
    this.#wishes = new CloudWishes()
    if (stop) this.#wishes.wish('stop')
    const work = this.#hold(place, listener)
    this.#ended = work.catch(() => undefined).finally(() => (this.#ended = null))
    return work
  }

  async pauseRun(): Promise<void> {
    this.#wishes.wish('pause')
    await this.#ended
  }

  /** Cancels the job there; what it saved on the way is the result. */
  async stopRun(): Promise<void> {
    this.#wishes.wish('stop')
    await this.#ended
  }

  /** It goes on there; whoever looks again finds it. */
  kill(): void {
    this.#wishes.wish('leave')
  }

  async close(): Promise<void> {
    this.kill()
    await this.#ended
  }

  async #hold(place: RunPlace, listener: RunListener): Promise<RunEnd> {
    const { store, connect, pollMs } = this.options
    const lock = await lockRun(place.dir)
    try {
      const file = await readElsewhere(place.dir)
      if (!file?.cloud) throw new NeiroError('INTERNAL', { reason: 'the run was never agreed to be sent' })
      const now = new Date().toISOString()
      await store.change(place, (own) => ({ startedAt: own.startedAt ?? now }))
      const api = await connect(file.place, file.cloud)
      return await this.#train(
        new CloudWork({ store, place, listener, api, file, wishes: this.#wishes, pollMs })
      )
    } catch (error) {
      const known = knownError(error, place.dir)
      await noteFailure(place.dir, known).catch(() => undefined)
      throw known
    } finally {
      await lock.release()
    }
  }

  async #train(work: CloudWork): Promise<RunEnd> {
    const { dir } = work
    const folder = await this.options.folderOf(work.o.place)
    const recipe = await readCloudRecipe(folder)
    const before = await readState(dir)
    const { error: _, ...state } = before
    await writeState(dir, { ...state, state: 'running', pid: process.pid })
    // a job that came to nothing is not looked at again: a new one is what was asked for
    if (cameToNothing.includes(before.error?.code ?? '') && work.ticket.job !== undefined) {
      const { job, given = '', ...rest } = work.ticket
      await work.keep({ ...rest, given: `${given} ${job}`.trim() })
    }
    try {
      return await watchJob(work, work.ticket.job ?? (await beginJob(work, folder, recipe)), recipe)
    } catch (error) {
      if (!(error instanceof Left)) throw error
      const { step } = await readState(dir)
      if (work.ticket.job === undefined && this.#wishes.wanted !== 'leave')
        await writeState(dir, { ...state, state: 'paused', step })
      return { outcome: 'paused', step }
    }
  }
}

async function watchJob(work: CloudWork, id: string, recipe: CloudRecipe): Promise<RunEnd> {
  const { api, wishes, pollMs } = work.o
  const events: CloudEvent[] = []
  const known = new Set<string>()
  const told = await toldBefore(work.dir)
  let asked: Wanted | null = null
  let [resumed, queued, wait] = [false, false, pollMs]
  for (;;) {
    if (wishes.wanted === 'leave') throw new Left()
    const { job, fresh } = await work.patiently(async () => ({
      job: await api.job(id),
      fresh: await api.eventsSince(id, (event) => known.has(event))
    }))
    for (const event of fresh) known.add(event.id)
    events.push(...fresh)
    const progress = progressOf(events, recipe.epochs)
    await tellLines(work, told, progress.lines)
    for (const event of fresh) await tellWarning(work, event)
    await tellProgress(work, job, progress)
    if (job.status === 'succeeded') return finish(work, job.fine_tuned_model ?? '', progress.step)
    if (job.status === 'cancelled') return cancelled(work, id, asked === 'stop', progress.step)
    if (job.status === 'failed') throw failureOf(job, work.name)
    if (wishes.wanted === 'stop' && asked !== 'stop') {
      const refused = await work.refusalOf(() => api.cancel(id))
      // it may have come to its end meanwhile: the next look tells
      if (refused !== null) await work.notice('CLOUD_SAYS', { place: work.name, reason: refused })
      asked = 'stop'
    } else if (job.status === 'paused') {
      if (wishes.wanted === 'pause') return paused(work, progress.step)
      if (!resumed) await work.patiently(() => api.resume(id))
      resumed = true
    } else if (wishes.wanted === 'pause' && asked !== 'pause') {
      const refused = await work.refusalOf(() => api.pause(id))
      if (refused !== null) {
        // it goes on there, and that is said
        await work.notice('CLOUD_NO_PAUSE', { place: work.name, reason: refused })
        throw new Left()
      }
      asked = 'pause'
    }
    if (!queued && (job.status === 'queued' || job.status === 'validating_files')) {
      queued = true
      await work.notice('CLOUD_QUEUED', { place: work.name })
    }
    wait = fresh.length > 0 || asked !== null ? pollMs : slower(wait)
    await wishes.wait(wait)
  }
}

/** Of the lines of a run, what its folder and whoever listens have. */
interface Told {
  text: string
  readonly keys: Set<string>
}

async function toldBefore(runDir: string): Promise<Told> {
  const text = await readFile(join(runDir, runFiles.metrics), 'utf8').catch(() => '')
  return { text, keys: new Set(linesIn(text).map(({ kind, step }) => `${kind} ${step}`)) }
}

/** New lines are told; those that are written otherwise now (the whole held-out part came to be known) are only kept. */
async function tellLines(work: CloudWork, told: Told, now: readonly MetricLine[]): Promise<void> {
  const text = now.map((line) => `${JSON.stringify(line)}\n`).join('')
  if (text !== told.text) await writeFileWhole(join(work.dir, runFiles.metrics), text)
  told.text = text
  for (const line of now) {
    const key = `${line.kind} ${line.step}`
    if (told.keys.has(key)) continue
    told.keys.add(key)
    work.o.listener.onMetric?.(line)
  }
}

async function tellWarning(work: CloudWork, event: CloudEvent): Promise<void> {
  const said = warningOf(event)
  if (said === null) return
  const details = { place: work.name, reason: shortReason(said) }
  await work.notice('CLOUD_SAYS', details, new Date(event.created_at * 1000).toISOString())
}

async function tellProgress(
  { dir, o }: CloudWork,
  { estimated_finish: ends }: CloudJob,
  { step, totalSteps: said }: { readonly step: number; readonly totalSteps: number | null }
): Promise<void> {
  const state = await readState(dir)
  const totalSteps = said ?? state.totalSteps
  if (step !== state.step || totalSteps !== state.totalSteps)
    await writeState(dir, { ...state, step, totalSteps, updatedAt: new Date().toISOString() })
  o.listener.onProgress?.({
    ...{ run: dir, state: 'running', step, totalSteps, training: {}, heldOut: {} },
    tokensPerSecond: null,
    secondsLeft: ends ? Math.max(0, ends - Date.now() / 1000) : null
  })
}

async function finish(work: CloudWork, model: string, step: number): Promise<RunEnd> {
  if (model === '') throw new NeiroError('CLOUD_NO_MODEL', { place: work.name })
  await work.keep({ ...work.ticket, model })
  const state = await readState(work.dir)
  await writeState(work.dir, { ...state, state: 'finished', step, updatedAt: new Date().toISOString() })
  return { outcome: 'finished', step }
}

/** By this user's word or by somebody's there: what was saved on the way is a model, too, where anything was. */
async function cancelled(work: CloudWork, id: string, wasAsked: boolean, step: number): Promise<RunEnd> {
  const [last] = await work.patiently(() => work.o.api.checkpoints(id), 'wish')
  if (!wasAsked || !last) throw new NeiroError('CLOUD_CANCELLED', { place: work.name })
  await work.notice('CLOUD_ENDED_EARLY', { step: String(last.step_number), last: String(step) })
  return finish(work, last.fine_tuned_model_checkpoint, last.step_number)
}

async function paused({ dir }: CloudWork, step: number): Promise<RunEnd> {
  const state = await readState(dir)
  await writeState(dir, { ...state, state: 'paused', step })
  return { outcome: 'paused', step }
}

function failureOf({ error }: CloudJob, place: string): NeiroError {
  const details = { place, reason: shortReason(error?.message ?? error?.code ?? '–') }
  return isAboutContent(error?.code ?? '', details.reason)
    ? new NeiroError('CLOUD_CONTENT_REFUSED', details)
    : new NeiroError('CLOUD_FAILED', details)
}

/** A job that ended so is no more. */
const cameToNothing = ['CLOUD_FAILED', 'CLOUD_CONTENT_REFUSED', 'CLOUD_CANCELLED', 'CLOUD_NOT_FOUND']

async function noteFailure(dir: string, error: NeiroError): Promise<void> {
  const state = await readState(dir)
  await writeState(dir, { ...state, state: 'failed', error: error.toData() })
}
