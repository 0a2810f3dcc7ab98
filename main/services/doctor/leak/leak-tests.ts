// Leak tests of runs, for the window: begun, ended, and what they said as long as the app is open; behind that, how many said what. What is asked for are the
// values of the project's data as they were before anything was masked.
import type { LeakReport, LeakView, WrittenValue } from '../../../contract/leak'
import type { NeiroError } from '../../../contract/errors'
import type { Example } from '../../../contract/records'
import { knownError } from '../../../files/file-errors'
import type { DataSets } from '../../dataset/data-sets'
import { examplesOf, type Keeper } from '../../dataset/set/kept-set'
import type { Turns } from '../../engine/turns'
import { kindOf } from '../../dataset/kinds'
import { keepsData, keptExamples } from '../../runs/run-data'
import type { RunPlace } from '../../runs/run-view'
import { resultMark, type TunedModel } from '../../runs/tuned-model'
import { everything, type MaskChoice } from '../personal/mask'
import { keepLeak, keptLeak } from './kept-leak'
import { leakTest } from './leak-test'
import { Probes, type Probe } from './probes'
import { stands, wordsWritten } from './written-words'

/** values that are asked for: each is an answer, or two */
export const mostAsked = 100

export interface LeakAsked {
  readonly most: number
  readonly turns: Turns
  readonly signal?: AbortSignal
  readonly onProgress: (done: number, total: number) => void
  /** where values stand now; absent: where they were met */
  readonly where?: (standing: readonly Probe[]) => Promise<readonly WrittenValue[]>
}

const asTheyWere = async (standing: readonly Probe[]): Promise<readonly WrittenValue[]> =>
  standing.map(({ kind, words, source: { file, row } }) => ({ kind, words, place: { file, row } }))

/** Asks the tuned model, and looks into the files of its run. */
export async function leakReport(
  tuned: TunedModel,
  probes: Probes,
  { most, onProgress, where = asTheyWere, ...o }: LeakAsked
): Promise<LeakReport> {
  const chosen = probes.chosen(most)
  const said = (done: number): void => onProgress(done, chosen.length)
  const repeated = chosen.length === 0 ? [] : await leakTest(tuned, chosen, { ...o, onProgress: said })
  const { runDir } = tuned
  const { values, planted, notThere } = probes
  const found = runDir === null || values === 0 ? null : await wordsWritten(runDir, probes.all)
  const written = await where(probes.all.filter(({ words }) => found?.has(words)))
  const inRun = found && written.length
  return { asked: chosen.length, values, planted, notThere, repeated, written, inRun }
}

export interface LeakTestsParts {
  readonly turns: Turns
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly data: Pick<DataSets, 'snapshotOf' | 'choicesOf'>
  readonly keeper: Pick<Keeper, 'open'>
  readonly dirOf: (project: string) => Promise<string>
  readonly tell: (event: 'leak.progress', view: LeakView) => void
}

interface Work {
  readonly abort: AbortController
  done: number
  total: number
}

export class LeakTests {
  readonly #working = new Map<string, Work>()
  readonly #reports = new Map<string, { readonly mark: string; readonly report: LeakReport }>()
  readonly #failures = new Map<string, NeiroError>()

  constructor(private readonly parts: LeakTestsParts) {}

  async get(place: RunPlace): Promise<LeakView> {
    // a run that has gone on since was never asked
    const known = this.#reports.get(place.id)
    if (known && known.mark !== (await resultMark(place.dir))) this.#reports.delete(place.id)
    const view = this.#view(place)
    return view.state === 'none' ? { ...view, kept: await keptLeak(place.dir) } : view
  }

  #view({ id }: RunPlace): LeakView {
    const work = this.#working.get(id)
    const report = this.#reports.get(id)?.report ?? null
    return {
      ...{ run: id, state: work ? 'running' : report ? 'done' : 'none', report, kept: null },
      ...{ done: work?.done ?? 0, total: work?.total ?? 0 },
      error: this.#failures.get(id)?.toData() ?? null
    }
  }

  /** Answers at once. RUN_NOT_READY where there is no result. */
  async start(place: RunPlace, planted: readonly string[]): Promise<LeakView> {
    const tuned = await this.parts.tuned(place)
    if (this.#working.has(place.id)) return this.#view(place)
    const work: Work = { abort: new AbortController(), done: 0, total: 0 }
    this.#failures.delete(place.id)
    this.#reports.delete(place.id)
    this.#working.set(place.id, work)
    void this.#work(place, work, tuned, planted)
    return this.#view(place)
  }

  cancel(run: string): void {
    this.#working.get(run)?.abort.abort()
  }

  async #work(place: RunPlace, work: Work, tuned: TunedModel, planted: readonly string[]): Promise<void> {
    const { turns, tell } = this.parts
    const { signal } = work.abort
    try {
      const probes = new Probes({ planted, masked: await this.#masked(place) })
      for await (const some of this.#unmasked(place))
        for (const example of some) {
          signal.throwIfAborted()
          probes.look(example)
        }
      const report = await leakReport(tuned, probes, {
        ...{ most: mostAsked, turns, signal, where: (standing) => this.#where(place, standing) },
        onProgress: (done, total) => {
          Object.assign(work, { done, total })
          tell('leak.progress', this.#view(place))
        }
      })
      this.#reports.set(place.id, { mark: tuned.mark, report })
      await keepLeak(place.dir, report)
    } catch (error) {
      if (!signal.aborted) this.#failures.set(place.id, knownError(error))
    } finally {
      this.#working.delete(place.id)
      tell('leak.progress', this.#view(place))
    }
  }

  /** In the project's data as they are now. */
  async #where({ project }: RunPlace, standing: readonly Probe[]): Promise<readonly WrittenValue[]> {
    if (project === null || standing.length === 0) return asTheyWere(standing)
    const { data, dirOf } = this.parts
    const places = new Map<Probe, NonNullable<WrittenValue['place']>>()
    for await (const some of examplesOf((await data.snapshotOf(await dirOf(project))).set)) {
      if (places.size === standing.length) break
      for (const example of some) {
        const { file, row } = example.source
        const texts = kindOf(example).texts(example)
        for (const one of standing)
          if (!places.has(one) && texts.some((text) => stands(text, one))) places.set(one, { file, row })
      }
    }
    return standing.map((one) => ({ kind: one.kind, words: one.words, place: places.get(one) ?? null }))
  }

  /** What the check-up of its project would mask. */
  async #masked({ project }: RunPlace): Promise<MaskChoice> {
    if (project === null) return everything
    const { allowed, allowedKinds, own } = await this.parts.data.choicesOf(await this.parts.dirOf(project))
    return { kinds: everything.kinds.filter((kind) => !allowedKinds.includes(kind)), allowed, own }
  }

  /** The set of the project as it would be if nothing had ever been masked; of no project, what the run has learnt. */
  async *#unmasked({ project, dir }: RunPlace): AsyncGenerator<readonly Example[]> {
    if (project === null) {
      if (!keepsData(dir)) return
      for await (const example of keptExamples(dir, 'train')) yield [example]
      return
    }
    const { data, keeper, dirOf } = this.parts
    const { source, set } = await data.snapshotOf(await dirOf(project))
    const repairs = (source.repairs ?? []).filter(({ repair }) => repair.how !== 'mask')
    const isMasked = repairs.length !== (source.repairs?.length ?? 0)
    yield* examplesOf(isMasked ? await keeper.open({ ...source, id: `${source.id}-unmasked`, repairs }) : set)
  }
}
