// Has a prepared run trained elsewhere, and keeps its folder here as if it were trained here: lines as they come, the
// newest checkpoint, the result. A network that is cut is waited for; a Neiro that was killed finds again what it
// began; a machine that is gone is replaced from the checkpoint that is here.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NeiroError, type Details } from '../../contract/errors'
import type { RemotePlace } from '../../contract/elsewhere'
import { methodRows } from '../../contract/methods'
import type { MetricLine } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { knownError } from '../../files/file-errors'
import { copyTree } from '../../files/copy-tree'
import { lockRun } from '../../files/run-lock'
import { remove } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'
import { readJob, readState, writeState } from '../runs/run-folder'
import type { RunStore } from '../runs/run-store'
import type { RunPlace } from '../runs/run-view'
import { noteEnd, readSeal, readStatus, takeResult, type RemoteStatus } from './come-home'
import { elsewhereDir, readElsewhere, writeElsewhere, type ElsewhereFile } from './elsewhere-file'
import { linesIn } from './remote-lines'
import type { RunEnd, RunListener, Runner } from './runner'
import { isUnreachable, type Ticket, type Transport } from './transport'

export interface RemoteRunnerOptions {
  readonly store: Pick<RunStore, 'change'>
  readonly connect: (place: RemotePlace) => Transport
  /** the generated folder of a run, written where it is not there yet */
  readonly folderOf: (place: RunPlace) => Promise<string>
  /** between two looks, milliseconds */
  readonly pollMs: number
}

/** Checkpoints up to this size come home while it trains, so that nothing is lost with the machine; bytes */
const mostFetched = 2 ** 30
/** looks in a row at something that nobody is at work on any more before it counts as lost */
const goneAfter = 3

/** Whose run it is, and who is told. */
interface Told {
  readonly place: RunPlace
  readonly listener: RunListener
}

interface Watched extends Told {
  readonly transport: Transport
  ticket: Ticket
  /** of metrics.jsonl there, as last read */
  text: string
  /** step of the checkpoint that is here */
  checkpoint: number
}

export class RemoteRunner implements Runner {
  #wanted: 'pause' | 'leave' | null = null
  #ended: Promise<unknown> | null = null
  #wake: () => void = () => undefined

  constructor(private readonly options: RemoteRunnerOptions) {}

  async startRun(place: RunPlace, listener: RunListener = {}): Promise<RunEnd> {
    if (this.#ended) throw new NeiroError('TRAINER_BUSY')
    this.#wanted = null
    const work = this.#hold(place, listener)
    this.#ended = work.catch(() => undefined).finally(() => (this.#ended = null))
    return work
  }

  async pauseRun(): Promise<void> {
    this.#wish('pause')
    await this.#ended
  }

  /** Elsewhere the best so far is only known at its end: the same as a pause. */
  stopRun(): Promise<void> {
    return this.pauseRun()
  }

  /** It goes on there; whoever looks again finds it. */
  kill(): void {
    this.#wish('leave')
  }

  async close(): Promise<void> {
    this.kill()
    await this.#ended
  }

  #wish(wanted: 'pause' | 'leave'): void {
    this.#wanted = wanted
    this.#wake()
  }

  async #hold(place: RunPlace, listener: RunListener): Promise<RunEnd> {
    const lock = await lockRun(place.dir)
    try {
      const file = await readElsewhere(place.dir)
      if (!file) throw new NeiroError('INTERNAL', { reason: 'the run was never agreed to be sent' })
      const now = new Date().toISOString()
      await this.options.store.change(place, (own) => ({ startedAt: own.startedAt ?? now }))
      const transport = this.options.connect(file.place)
      try {
        return await this.#train(place, listener, transport, file)
      } finally {
        transport.close()
      }
    } catch (error) {
      const known = knownError(error, place.dir)
      await noteFailure(place.dir, known).catch(() => undefined)
      throw known
    } finally {
      await lock.release()
    }
  }

  async #train(
    place: RunPlace,
    listener: RunListener,
    transport: Transport,
    file: ElsewhereFile
  ): Promise<RunEnd> {
    const { dir } = place
    const before = await readState(dir)
    const isUnderWay = file.ticket !== null && ['running', 'waiting'].includes(before.state)
    await writeState(dir, { ...before, state: 'running', pid: process.pid })
    const text = await readFile(join(dir, runFiles.metrics), 'utf8').catch(() => '')
    const ticket = isUnderWay
      ? (file.ticket as Ticket)
      : await this.#begin({ place, listener }, transport, file)
    const checkpoint = await newestCheckpoint(dir)
    return this.#watch({ place, listener, transport, ticket, text, checkpoint })
  }

  async #begin(told: Told, transport: Transport, file: ElsewhereFile): Promise<Ticket> {
    const { place } = told
    const { dir } = place
    const keep = (ticket: Ticket): Promise<void> =>
      writeElsewhere(dir, { ...file, ticket: { ...file.ticket, ...ticket } })
    const again = file.ticket && (await this.#patiently(told, () => transport.goOn(file.ticket as Ticket)))
    if (again) {
      await keep(again)
      return { ...file.ticket, ...again }
    }
    const folder = await this.options.folderOf(place)
    await layOutput(dir, folder)
    const ticket = await this.#patiently(told, () => transport.begin(folder, place.id, keep))
    await keep(ticket)
    return { ...file.ticket, ...ticket }
  }

  async #watch(watched: Watched): Promise<RunEnd> {
    const { place, listener, transport } = watched
    const { dir } = place
    let [unreachable, asked, idle] = [false, false, 0]
    for (;;) {
      if (this.#wanted === 'leave') return { outcome: 'paused', step: (await readState(dir)).step }
      try {
        if (this.#wanted === 'pause' && !asked) {
          await transport.pause(watched.ticket)
          asked = true
        }
        const { alive, why } = await transport.look(watched.ticket)
        const status = readStatus((await transport.read(watched.ticket, 'status.json')) ?? '')
        await this.#lines(watched, status)
        if (unreachable) await this.#notice(watched, 'PLACE_REACHED', {})
        unreachable = false
        if (status) await this.#keepCheckpoint(watched, status)
        if (status?.state === 'finished') return await this.#finish(watched, status)
        if (!alive && status?.state === 'failed')
          throw new NeiroError('FAILED_ELSEWHERE', { reason: status.error ?? why })
        idle = alive ? 0 : idle + 1
        if (!alive && (status?.state === 'paused' || (idle >= goneAfter && asked)))
          return await this.#paused(watched, status)
        if (idle >= goneAfter) throw new NeiroError('LOST_ELSEWHERE', { reason: why || '–' })
      } catch (error) {
        if (!isUnreachable(error)) throw error
        if (!unreachable) await this.#notice(watched, 'PLACE_UNREACHABLE', whereAndWhy(error))
        unreachable = true
        // nobody is there to be asked; it goes on or it does not, and the next look tells
        if (this.#wanted === 'pause') return { outcome: 'paused', step: (await readState(dir)).step }
      }
      const { step, totalSteps } = await readState(dir)
      listener.onProgress?.({
        ...{ run: dir, state: 'running', step, totalSteps },
        ...{ training: {}, heldOut: {}, tokensPerSecond: null, secondsLeft: null }
      })
      await this.#pause()
    }
  }

  /** New lines are told; where it went on from a checkpoint, what came after that has not happened. */
  async #lines(watched: Watched, status: RemoteStatus | null): Promise<void> {
    const { place, listener, transport } = watched
    const text = await transport.read(watched.ticket, runFiles.metrics)
    if (text === null || text === '') return
    // the last line may be half written
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    const lines = linesIn(whole)
    const isMore = lines.length >= linesIn(watched.text).length
    const fresh = isMore ? lines.slice(linesIn(watched.text).length) : []
    const file = join(place.dir, runFiles.metrics)
    if (whole !== watched.text) await writeFileWhole(file, lines.map(lineText).join(''))
    watched.text = whole
    for (const line of fresh) listener.onMetric?.(line)
    if (!status) return
    const { error: _, ...state } = await readState(place.dir)
    const totalSteps = status.total_steps || state.totalSteps
    if (status.step !== state.step || totalSteps !== state.totalSteps)
      await writeState(place.dir, { ...state, state: 'running', step: status.step, totalSteps })
  }

  async #keepCheckpoint(watched: Watched, { checkpoint }: RemoteStatus): Promise<void> {
    if (checkpoint <= watched.checkpoint) return
    const name = `checkpoint-${checkpoint}`
    const target = join(checkpointsIn(watched.place.dir), name)
    const there = await this.#fetchSealed(watched, `checkpoints/${name}`, target, mostFetched).catch(
      async (error: unknown) => {
        // the next one was saved meanwhile and this one cleared away: it is the next look's
        if (!(error instanceof NeiroError) || error.code !== 'RESULT_NOT_WHOLE') throw error
        await remove(target)
        return null
      }
    )
    if (there === null) return
    if (there) {
      // older ones are of no use any more
      const old = join(checkpointsIn(watched.place.dir), `checkpoint-${watched.checkpoint}`)
      if (watched.checkpoint > 0) await remove(old).catch(() => undefined)
    }
    watched.checkpoint = checkpoint
  }

  /** A folder with its seal. False: it is not whole there (yet), or larger than wanted. */
  async #fetchSealed(
    { transport, ticket }: Watched,
    from: string,
    to: string,
    most: number
  ): Promise<boolean> {
    const text = await transport.read(ticket, `${from}/sealed.json`)
    if (text === null) return false
    const seal = readSeal(text, `${from}/sealed.json`)
    if (seal.files.reduce((sum, { size }) => sum + size, 0) > most) return false
    await remove(to)
    for (const { name } of seal.files) {
      await mkdir(dirname(join(to, name)), { recursive: true })
      await transport.fetch(ticket, `${from}/${name}`, join(to, name))
    }
    await writeFileWhole(join(to, 'sealed.json'), text)
    return true
  }

  async #finish(watched: Watched, status: RemoteStatus): Promise<RunEnd> {
    const { dir } = watched.place
    const { trains } = methodRows[(await readJob(dir)).settings.method]
    const output = join(dir, elsewhereDir, 'home')
    await this.#patiently(watched, async () => {
      const there = await this.#fetchSealed(
        watched,
        runFiles[trains],
        join(output, runFiles[trains]),
        Infinity
      )
      if (!there) throw new NeiroError('RESULT_NOT_WHOLE', { file: runFiles[trains] })
    })
    await takeResult(dir, output)
    await noteEnd(dir, status)
    await remove(join(dir, elsewhereDir)).catch(() => undefined)
    return { outcome: 'finished', step: status.step }
  }

  async #paused(watched: Watched, status: RemoteStatus | null): Promise<RunEnd> {
    const { dir } = watched.place
    const state = await readState(dir)
    // what is not saved has not happened
    const step = status?.state === 'paused' ? status.step : watched.checkpoint
    await writeState(dir, { ...state, state: 'paused', step })
    return { outcome: 'paused', step }
  }

  async #notice({ place, listener }: Told, code: string, details: Details): Promise<void> {
    const { step } = await readState(place.dir)
    const line = { kind: 'notice' as const, step, time: new Date().toISOString(), code, details }
    await this.options.store.change(place, (file) => ({ notices: [...file.notices, line] }))
    listener.onMetric?.(line)
  }

  /** What cannot be reached is tried again until it can, or until nobody waits for it any more. */
  async #patiently<T>(at: Told, work: () => Promise<T>): Promise<T> {
    for (let told = false; ; told = true) {
      try {
        return await work()
      } catch (error) {
        if (!isUnreachable(error) || this.#wanted !== null) throw error
        if (!told) await this.#notice(at, 'PLACE_UNREACHABLE', whereAndWhy(error))
      }
      await this.#pause()
    }
  }

  async #pause(): Promise<void> {
    const { pollMs } = this.options
    await new Promise<void>((resume) => {
      const timer = setTimeout(resume, pollMs)
      this.#wake = () => {
        clearTimeout(timer)
        resume()
      }
    })
  }
}

function whereAndWhy(error: unknown): { readonly place: string; readonly reason: string } {
  const { place = '', reason = '' } = NeiroError.of(error).details
  return { place, reason }
}

const checkpointsIn = (runDir: string): string => join(runDir, elsewhereDir, 'checkpoints')

const lineText = (line: MetricLine): string => `${JSON.stringify(line)}\n`

/** The checkpoint that is here goes along, for a place that has none. */
async function layOutput(runDir: string, folder: string): Promise<void> {
  const output = join(folder, 'output')
  await remove(output)
  await mkdir(output, { recursive: true })
  const step = await newestCheckpoint(runDir)
  if (step === 0) return
  const name = `checkpoint-${step}`
  const from = join(checkpointsIn(runDir), name)
  await copyTree(from, join(output, 'checkpoints', name), () => undefined)
  await writeFileWhole(join(output, runFiles.metrics), await readFile(join(from, runFiles.metrics), 'utf8'))
}

/** Step of the newest whole one that came home; 0: none. */
async function newestCheckpoint(runDir: string): Promise<number> {
  const names = await readdir(checkpointsIn(runDir)).catch(() => [])
  const whole = names.filter((name) => existsSync(join(checkpointsIn(runDir), name, 'sealed.json')))
  return Math.max(0, ...whole.map((name) => Number(/^checkpoint-(\d+)$/.exec(name)?.[1] ?? 0)))
}

async function noteFailure(dir: string, error: NeiroError): Promise<void> {
  // it may go on there: the next look finds it again
  if (isUnreachable(error)) return
  const state = await readState(dir)
  await writeState(dir, { ...state, state: 'failed', error: error.toData() })
}
