// Sweeps of projects: one run after the other goes into the queue, so that a training of the user's own comes in between; the
// better half of a rung goes on; and the last ones are held against each other with an interval. A sweep's truth is its file
// and the folders of its runs: broken off at any moment, it goes on with what is there.
import { NeiroError } from '../../contract/errors'
import type { NeiroErrorData } from '../../contract/errors'
import type { Difference } from '../../contract/evaluation'
import { rungsOf, type SweepRequest, type SweepView } from '../../contract/sweep'
import type { RunView } from '../../contract/window/training'
import { knownError } from '../../files/file-errors'
import { remove } from '../../files/moving'
import { differencesFromFirst, type Losses } from '../evaluation/losses'
import type { Projects } from '../projects/projects'
import { checkSetting, diskName } from '../recipes/setting-values'
import type { RunQueue } from './run-queue'
import type { RunStore } from './run-store'
import type { RunPlace } from './run-view'
import { isTriable, settingsOfRung, standingOf, trialsOf, type Measured } from './sweep'
import { readSweep, sweepLosses, writeSweep, type SweepFile } from './sweep-file'
import { viewOfSweep, type KnownRun } from './sweep-view'
import type { Training } from './training'

export interface SweepsParts {
  readonly projects: Pick<Projects, 'get' | 'list'>
  readonly store: Pick<RunStore, 'place' | 'view' | 'listOf'>
  readonly queue: Pick<RunQueue, 'live' | 'pauseRun'>
  readonly training: Pick<Training, 'queueTrial' | 'resumeRun'>
  /** every held-out example under what a run has learnt; kept in a folder */
  readonly losses: (place: RunPlace, keptIn: string, signal: AbortSignal) => Promise<Losses>
  readonly runName: (rung: number, trial: number) => string
  readonly onChange: (view: SweepView) => void
}

/** What a project's sweep came to when its last runs were held against each other. */
interface Found {
  readonly startedAt: string
  readonly over: ReadonlyMap<number, Difference | null>
  readonly error: NeiroErrorData | null
}

export class Sweeps {
  /** projects whose sweep may still go on */
  readonly #going = new Set<string>()
  readonly #found = new Map<string, Found>()
  readonly #measuring = new Map<string, AbortController>()
  readonly #errors = new Map<string, NeiroErrorData>()
  /** one thing at a time: two looks at once would both begin the next run */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: SweepsParts) {}

  async get(project: string): Promise<SweepView | null> {
    const { dir } = await this.parts.projects.get(project)
    const sweep = await readSweep(dir)
    if (!sweep) return null
    // measured in an earlier life of the app: what was measured is kept, what follows from it is counted again
    if (!this.#going.has(project) && !sweep.cancelled && !this.#isFound(project, sweep)) {
      this.#going.add(project)
      void this.#advance(project)
    }
    return this.#view(project, sweep)
  }

  async start(request: SweepRequest): Promise<SweepView> {
    const { project, settings, steps, part } = request
    const { dir } = await this.parts.projects.get(project)
    const tried = request.tried.map(({ key, values }) => {
      if (!isTriable(key)) throw new NeiroError('NOTHING_TO_TRY')
      return { key, values: values.map((value) => checkSetting(key, value, diskName(key))) as typeof values }
    })
    trialsOf(tried.map(({ key, values }) => [key, values] as const))
    await this.#inTurn(async () => {
      const before = await readSweep(dir)
      if (before && !before.cancelled && this.#measuring.has(project)) throw new NeiroError('SWEEP_GOES_ON')
      if (before && !before.cancelled && (await this.#view(project, before)).run !== null)
        throw new NeiroError('SWEEP_GOES_ON')
      await remove(sweepLosses(dir))
      this.#found.delete(project)
      this.#errors.delete(project)
      const startedAt = new Date().toISOString()
      await writeSweep(dir, {
        ...{ version: 1, startedAt, tried, settings, steps, part, cancelled: false, runs: [] }
      })
    })
    this.#going.add(project)
    await this.#advance(project)
    return (await this.get(project)) as SweepView
  }

  async resume(project: string): Promise<SweepView | null> {
    const view = await this.get(project)
    if (view?.state === 'resting' && view.run !== null) {
      this.#going.add(project)
      await this.parts.training.resumeRun(view.run)
    }
    return this.get(project)
  }

  async cancel(project: string): Promise<SweepView | null> {
    const { projects, store, queue } = this.parts
    const { dir } = await projects.get(project)
    this.#going.delete(project)
    this.#measuring.get(project)?.abort()
    const run = await this.#inTurn(async () => {
      const sweep = await readSweep(dir)
      if (!sweep) return null
      await writeSweep(dir, { ...sweep, cancelled: true })
      return (await this.#view(project, sweep)).run
    })
    if (run !== null && queue.live(run)) await queue.pauseRun(await store.place(run))
    return this.#told(project)
  }

  /** Something is different about a run: called for every run of the queue, so nothing is read but for those of a sweep. */
  look(place: RunPlace): void {
    const { project } = place
    if (project === null || !this.#going.has(project) || this.parts.queue.live(place.id)) return
    void this.#advance(project)
  }

  /** Sweeps that went on when the app ended. A run that was cut off waits for the user, as every run does. */
  async takeUp(): Promise<void> {
    for (const { dir, file } of await this.parts.projects.list()) {
      const sweep = await readSweep(dir)
      if (!sweep || sweep.cancelled || (await this.#standing(sweep)).ended) continue
      this.#going.add(file.id)
      await this.#advance(file.id)
    }
  }

  close(): void {
    for (const abort of this.#measuring.values()) abort.abort()
  }

  /** Begins what comes next, where nothing of it trains, waits or rests. */
  async #advance(project: string): Promise<void> {
    try {
      await this.#inTurn(() => this.#next(project))
      await this.#told(project)
    } catch (error) {
      this.#errors.set(project, knownError(error).toData())
      this.#going.delete(project)
    }
  }

  async #next(project: string): Promise<void> {
    const { projects, training, store } = this.parts
    const opened = await projects.get(project)
    for (;;) {
      const sweep = await readSweep(opened.dir)
      if (!sweep || sweep.cancelled || !this.#going.has(project)) return
      const { open, rung, ended, finalists, runs } = await this.#standing(sweep)
      if (ended) {
        this.#going.delete(project)
        if (!this.#isFound(project, sweep)) void this.#measure(project, opened.dir, sweep, finalists)
        return
      }
      const [trial] = open
      if (!trial || runs.some(({ isOpen }) => isOpen)) return
      const name = this.parts.runName(rung.number + 1, trial.number)
      // a sweep that was killed between making a run and writing it down has one already
      const made = (await store.listOf(opened)).find(
        (run) => run.name === name && run.createdAt >= sweep.startedAt
      )
      const settings = settingsOfRung(sweep.settings, trial, rung)
      const request = { project, preset: 'custom' as const, settings, part: sweep.part, questions: [], name }
      let run: string | null
      try {
        run = made?.id ?? (await training.queueTrial(request)).id
      } catch (error) {
        // one that cannot be made (it does not fit) is out; the others may still be
        this.#errors.set(project, knownError(error).toData())
        run = null
      }
      await writeSweep(opened.dir, {
        ...sweep,
        runs: [...sweep.runs, { rung: rung.number, trial: trial.number, run }]
      })
    }
  }

  async #measure(
    project: string,
    dir: string,
    sweep: SweepFile,
    finalists: readonly Measured[]
  ): Promise<void> {
    const abort = new AbortController()
    this.#measuring.set(project, abort)
    await this.#told(project)
    const { startedAt } = sweep
    let over: Found['over'] = new Map()
    let error: NeiroErrorData | null = null
    const losses = async (trial: number): Promise<Losses> => {
      const run = sweep.runs.findLast((one) => one.trial === trial)?.run ?? ''
      return this.parts.losses(await this.parts.store.place(run), sweepLosses(dir), abort.signal)
    }
    try {
      const numbers = finalists.map(({ trial }) => trial.number)
      if (numbers.length > 1) over = await differencesFromFirst(numbers, losses)
    } catch (thrown) {
      if (!abort.signal.aborted) error = knownError(thrown).toData()
    }
    this.#measuring.delete(project)
    if (!abort.signal.aborted) this.#found.set(project, { startedAt, over, error })
    await this.#told(project)
  }

  #isFound(project: string, { startedAt }: SweepFile): boolean {
    return this.#found.get(project)?.startedAt === startedAt || this.#measuring.has(project)
  }

  async #told(project: string): Promise<SweepView | null> {
    const opened = await this.parts.projects.get(project).catch(() => null)
    const sweep = opened && (await readSweep(opened.dir))
    if (!opened || !sweep) return null
    const view = await this.#view(project, sweep)
    this.parts.onChange(view)
    return view
  }

  async #standing(
    sweep: SweepFile
  ): Promise<ReturnType<typeof standingOf> & { readonly runs: readonly KnownRun[] }> {
    const trials = trialsOf(sweep.tried.map(({ key, values }) => [key, values] as const))
    const runs: KnownRun[] = []
    for (const { rung, trial, run } of sweep.runs) {
      const view = run === null ? null : await this.#viewOf(run)
      runs.push({ rung, trial, run, ...cameTo(view) })
    }
    const outcomes = runs.flatMap(({ rung, trial, isOpen, loss }) => (isOpen ? [] : [{ rung, trial, loss }]))
    return { ...standingOf(trials, rungsOf(trials.length, sweep.steps), outcomes), runs }
  }

  /** null: it was put away. */
  async #viewOf(run: string): Promise<RunView | null> {
    const place = await this.parts.store.place(run).catch(() => null)
    return place && this.parts.store.view(place)
  }

  async #view(project: string, sweep: SweepFile): Promise<SweepView> {
    const { runs, ...standing } = await this.#standing(sweep)
    const found = this.#found.get(project)
    return viewOfSweep({
      ...{ project, sweep, standing, runs },
      measuring: this.#measuring.has(project),
      over: found?.startedAt === sweep.startedAt ? found.over : new Map(),
      error: found?.error ?? this.#errors.get(project) ?? null
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

/** What a run came to. One that the user has ended counts by what it had reached. */
function cameTo(view: RunView | null): Pick<KnownRun, 'isOpen' | 'rests' | 'loss'> {
  const none = { isOpen: false, rests: false, loss: null }
  switch (view?.state) {
    case undefined:
    case 'failed':
      return none
    case 'finished':
    case 'stopped':
      return { ...none, loss: view?.best?.figure === 'loss' ? view.best.value : null }
    case 'running':
    case 'waiting':
      return { ...none, isOpen: true }
    case 'paused':
    case 'interrupted':
      return { ...none, isOpen: true, rests: true }
  }
}
