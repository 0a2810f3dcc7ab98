// Evaluations of tuned models beside their bases, for window, server and command line: begun, gone on with, ended
// and counted. One run has one at a time; what it found out lies in the run's folder (sheet.ts).
import { baseAndTuned, type Candidate, type CandidateSpec } from '../../contract/candidates'
import type { EvaluationResult, RunScores, Seen } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import { NeiroError } from '../../contract/errors'
import { knownError } from '../../files/file-errors'
import type { Example } from '../../contract/records'
import type { EvaluatedPair, Evaluation } from '../../contract/window/results'
import type { Turns } from '../engine/turns'
import { readRunFacts } from '../exports/run-facts'
import { readKept } from '../runs/run-data'
import type { RunFigures } from '../runs/run-metrics'
import type { RunPlace } from '../runs/run-view'
import type { TunedModel } from '../runs/tuned-model'
import { agreedServices, toAskServices, type Agree, type ToAsk } from './ask-service'
import { candidatesOf, twoOf } from './candidates'
import { compareRuns, type ComparedRun, type ForbiddenOf } from './compare-runs'
import { contestantsOf, type Contestant, type ContestantParts } from './contestants'
import { evaluate, type EvaluateOptions, type Stage } from './evaluate'
import { generalResult, generalSubject, type GeneralSet } from './general-questions'
import { heldOutOf } from './held-out'
import { askedOf, itemsOf } from './items'
import { LastHeld } from './last-held'
import { memoryOf } from './memory-of'
import { keptSheet, openSheet, type Opened, type Subject } from './open-sheet'
import { ofPreferences, referenceOf } from './reference'
import { resultOf } from './result'
import { seenAmong, SeenInRuns } from './seen'
import type { SampleCheck } from './sample-check'
import { Votes } from './votes'
import { nothing, pairsOf, viewOf, type SheetView, type TrainedLosses } from './view'

export interface EvaluationsParts {
  readonly turns: Turns
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  /** another run, by the name of its folder */
  readonly runOf: (run: string) => Promise<TunedModel>
  readonly figures: (place: RunPlace) => Promise<RunFigures>
  readonly readDocuments: (paths: readonly string[]) => Promise<readonly Example[]>
  readonly sampleCheck: () => Promise<SampleCheck>
  readonly generalSet: () => Promise<GeneralSet>
  readonly onProgress: (evaluation: Evaluation) => void
  /** of the reader: questions in it come first */
  readonly language: () => Language
}

/** To its end. */
export interface EvaluatedSheet extends Opened {
  readonly candidates: readonly Candidate[]
  /** items that cannot be measured with this model */
  readonly refused: number
}

interface Work {
  readonly held: Held
  readonly abort: AbortController
  readonly view: (state: Evaluation['state']) => Evaluation
  /** a service that is busy is waited for; null: none is */
  busy: Evaluation['busy']
}

export interface Start {
  readonly limit: number
  /** these and no others from now on; absent: those that it has */
  readonly candidates?: readonly CandidateSpec[] | undefined
  /** with them those that it has, by their ids */
  readonly keep?: readonly string[] | undefined
  readonly general?: boolean | undefined
  /** asks whether these texts may leave for the service of a candidate; absent: nobody can be asked */
  readonly agree?: Agree | undefined
}

interface Held {
  readonly tuned: TunedModel
  readonly opened: Opened
}

export class Evaluations {
  readonly #working = new Map<string, Work>()
  readonly #lastHeld = new LastHeld()
  readonly #seen = new SeenInRuns()
  readonly #failures = new Map<string, NeiroError>()
  /** runs whose evaluation the user ended, in this life of the app */
  readonly #cancelled = new Set<string>()
  /** the last result that was counted, and of what */
  #counted: { readonly key: string; readonly result: EvaluationResult } | null = null
  /** sheets are opened one after the other: two at once would both begin */
  #opening: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: EvaluationsParts) {}

  async get(place: RunPlace): Promise<Evaluation> {
    const work = this.#working.get(place.id)
    if (work) return { ...work.view('running'), busy: work.busy }
    const held = await this.held(place)
    if (!held) return this.#around(place, nothing, null, 'none')
    return (await this.#viewer(place, held))(isDone(held.opened) ? 'done' : 'none')
  }

  async pairs(place: RunPlace, from: number): Promise<readonly EvaluatedPair[]> {
    const held = await this.held(place)
    return held ? pairsOf(held.opened, await this.parts.sampleCheck(), from) : []
  }

  /** NO_BALLOT where nothing is evaluated yet. */
  async votes(place: RunPlace): Promise<Votes> {
    const held = await this.held(place)
    if (!held) throw new NeiroError('VOTE_NOT_READY')
    return Votes.open(held.opened)
  }

  /** null where nothing is answered. */
  async result(place: RunPlace, forbidden: readonly string[]): Promise<EvaluationResult | null> {
    const held = await this.held(place)
    return held ? this.resultOf(held, place.dir, place.id, forbidden) : null
  }

  /** Everything of a sheet that is counted. */
  async resultOf(
    { tuned, opened }: Held,
    runDir: string | null,
    run: string,
    forbidden: readonly string[],
    known?: readonly Example[]
  ): Promise<EvaluationResult> {
    const set = await this.parts.generalSet()
    const general = runDir === null ? null : await keptSheet(generalSubject(tuned, set))
    const { dir, size } = opened.sheet
    const key = JSON.stringify([dir, size, opened.asked, general?.sheet.size, forbidden, run])
    if (dir !== null && this.#counted?.key === key) return this.#counted.result
    const ofRun = runDir === null ? null : await readKept(runDir, 'train')
    const learnt = known ?? ofRun
    const examples = opened.items.map(({ example }) => example)
    const ofKnown = (): Promise<Seen> | null => (known ? seenAmong(examples, known) : null)
    const seen = await (runDir === null ? ofKnown() : this.#seen.in(runDir, examples, ofRun))
    const result = await resultOf({
      ...opened,
      ...{ run, forbidden, seen, ...(tuned.beta !== undefined && { beta: tuned.beta }) },
      // without a run the references are all that is known of the tone
      learnt: learnt ?? examples,
      general: general && (await generalResult(general.sheet, general.items, set))
    })
    this.#counted = { key, result }
    return result
  }

  /** How many of these, else of what it kept out, a run has learnt; null where its folder does not say. */
  seenIn(runDir: string, examples?: readonly Example[]): Promise<Seen | null> {
    return this.#seen.in(runDir, examples)
  }

  /** Runs beside the first of them. */
  async compareRuns(places: readonly RunPlace[], forbiddenOf: ForbiddenOf): Promise<readonly RunScores[]> {
    const runs: ComparedRun[] = []
    for (const place of places) {
      const opened = (await this.held(place))?.opened ?? null
      const learnt = (await readKept(place.dir, 'train')) ?? []
      const forbidden = await forbiddenOf(place)
      runs.push({ run: place.id, opened, learnt, forbidden, facts: await readRunFacts(place.dir) })
    }
    return compareRuns(runs)
  }

  /** The texts that would leave this machine for services, if it were started so. */
  async toAsk(place: RunPlace, o: Start): Promise<readonly ToAsk[]> {
    return (await this.#planned(place, o)).toAsk
  }

  /** Answers at once; what is found out arrives by progress. */
  async start(place: RunPlace, o: Start): Promise<Evaluation> {
    const { tuned, candidates, subject, toAsk } = await this.#planned(place, o)
    const services = await agreedServices(toAsk, o.agree)
    const opened = await this.#open(subject, candidates, o.limit, o.candidates !== undefined)
    const { items, sheet } = opened
    if (askedOf(items, 1).length === 0) throw new NeiroError('NO_HELD_OUT')
    const own: Opened = { items, sheet, asked: sheet.head.asked }
    const general = o.general ? await this.#openGeneral(tuned) : await this.#keptGeneral(tuned)
    const view = await this.#viewer(place, { tuned, opened: own }, general)
    // the trainer has measured both with the whole held-out part, as a rule
    const trained = await this.#trained(place)
    const measure = trained === null || ofPreferences(own) ? 'all' : 'asked'
    const running = this.#working.get(place.id)
    if (running) return running.view('running')
    this.#failures.delete(place.id)
    this.#cancelled.delete(place.id)
    const work: Work = { held: { tuned, opened: own }, abort: new AbortController(), view, busy: null }
    this.#working.set(place.id, work)
    void this.#work(place, work, { tuned, own, general: o.general ? general : null, measure, services })
    return view('running')
  }

  cancel(id: string): void {
    const work = this.#working.get(id)
    if (!work) return
    this.#cancelled.add(id)
    work.abort.abort()
  }

  /** To its end, for whoever waits for it: every item measured, `limit` of them answered. */
  async evaluate(
    subject: Subject,
    o: {
      readonly limit: number
      /** absent: the base and, where there is one, the tuned model */
      readonly candidates?: readonly CandidateSpec[]
      readonly general?: boolean
      readonly agree?: Agree
      readonly onBusy?: (candidate: Candidate, seconds: number) => void
      readonly signal: AbortSignal
      readonly onLine: (stage: Stage, done: number, total: number) => void
    }
  ): Promise<EvaluatedSheet> {
    if (subject.examples.length === 0) throw new NeiroError('NOTHING_TO_EVALUATE')
    const { tuned } = subject
    if (o.general && tuned.service) throw new NeiroError('NO_GENERAL_AT_SERVICE')
    const candidates = candidatesOf([...twoOf(tuned), ...(o.candidates ?? [])], tuned.service)
    const opened = await this.#open(subject, candidates, o.limit)
    const { items, asked, sheet } = opened
    const { turns } = this.parts
    const services = await agreedServices(toAskServices(items, asked, sheet, candidates), o.agree)
    const contestants = await this.#contestants(tuned, opened, candidates, subject.learnt, services)
    const reference = referenceOf(tuned, opened, contestants)
    const { refused } = await evaluate({ ...opened, ...o, turns, contestants, reference, measure: 'all' })
    if (o.general && tuned.isTuned) {
      const general = await this.#openGeneral(tuned)
      const two = await this.#contestants(generalTuned(tuned), general, candidatesOf(baseAndTuned))
      await evaluate({ ...general, ...o, turns, contestants: two, measure: 'all' })
    }
    return { ...opened, refused, candidates }
  }

  /** What a run has learnt from; nothing where there is none. */
  async learntOf({ runDir }: TunedModel): Promise<readonly Example[]> {
    return runDir === null ? [] : ((await readKept(runDir, 'train')) ?? [])
  }

  /** Bytes that each candidate takes while it answers the longest of its questions, by the engine's own plan. */
  async memoryOf({ tuned, opened }: Held): Promise<Readonly<Record<string, number>>> {
    return this.parts.turns.use(null, (host) => memoryOf(host, tuned, opened), { work: 'evaluation' })
  }

  /** What is kept of a run's own evaluation; null where nothing is. */
  async held(place: RunPlace): Promise<Held | null> {
    const work = this.#working.get(place.id)
    if (work) return work.held
    const tuned = await this.parts.tuned(place).catch(() => null)
    if (!tuned) return null
    const { mark, systemPrompt, open } = tuned
    const opened = await this.#lastHeld.of(place.dir, [mark, systemPrompt, open.modelDir], async () => {
      const examples = (await readKept(place.dir, 'held-out')) ?? []
      return examples.length === 0 ? null : keptSheet({ tuned, examples })
    })
    return opened && { tuned, opened }
  }

  /** Who is asked what: nothing is written yet, and nobody was asked. */
  async #planned(
    place: RunPlace,
    o: Start
  ): Promise<{
    readonly tuned: TunedModel
    readonly candidates: readonly Candidate[]
    readonly subject: Subject
    readonly toAsk: readonly ToAsk[]
  }> {
    const tuned = await this.parts.tuned(place)
    if (o.general && tuned.service) throw new NeiroError('NO_GENERAL_AT_SERVICE')
    const kept = (await this.held(place))?.opened ?? null
    const had = kept?.sheet.head.candidates ?? []
    const specs = o.candidates ? [...had.filter(({ id }) => o.keep?.includes(id)), ...o.candidates] : had
    const candidates = candidatesOf([...twoOf(tuned), ...specs], tuned.service)
    const subject = { tuned, examples: await heldOutOf(place.dir) }
    const isAway = candidates.some(({ kind }) => kind === 'service')
    const items = isAway ? (kept?.items ?? (await itemsOf(subject.examples, this.parts.language()))) : []
    const asked = Math.max(o.limit, kept?.sheet.head.asked ?? 0)
    return {
      ...{ tuned, candidates, subject },
      toAsk: toAskServices(items, asked, kept?.sheet ?? null, candidates)
    }
  }

  #contestants(
    tuned: TunedModel,
    { sheet }: Opened,
    candidates: readonly Candidate[],
    known?: readonly Example[],
    services?: ContestantParts['services']
  ): Promise<readonly Contestant[]> {
    const { runOf, readDocuments } = this.parts
    const learnt = async (): Promise<readonly Example[]> => known ?? this.learntOf(tuned)
    return contestantsOf(
      candidates,
      { tuned, runOf, readDocuments, learnt, services },
      sheet.head.maxNewTokens
    )
  }

  async #openGeneral(tuned: TunedModel): Promise<Opened> {
    const subject = generalSubject(tuned, await this.parts.generalSet())
    return this.#open(subject, candidatesOf(baseAndTuned), subject.examples.length)
  }

  async #keptGeneral(tuned: TunedModel): Promise<Opened | null> {
    return keptSheet(generalSubject(tuned, await this.parts.generalSet()))
  }

  #open(subject: Subject, candidates: readonly Candidate[], limit: number, only = false): Promise<Opened> {
    const opened = this.#opening.then(() =>
      openSheet(subject, candidates, this.parts.language(), limit, only)
    )
    this.#opening = opened.catch(() => undefined)
    return opened
  }

  async #work(
    place: RunPlace,
    work: Work,
    o: {
      readonly tuned: TunedModel
      readonly own: Opened
      readonly general: Opened | null
      readonly measure: EvaluateOptions['measure']
      readonly services: ContestantParts['services']
    }
  ): Promise<void> {
    const { signal } = work.abort
    const { turns, onProgress } = this.parts
    const tell = (): void => onProgress({ ...work.view('running'), busy: work.busy })
    try {
      const onLine = (stage: Stage): void => {
        work.busy = null
        // what is measured shows when all of it is
        if (stage === 'answers') tell()
      }
      const onBusy: EvaluateOptions['onBusy'] = ({ service }, seconds) => {
        work.busy = { place: service?.place ?? '', seconds }
        tell()
      }
      const fill = async (of: TunedModel, opened: Opened, how: EvaluateOptions['measure']): Promise<void> => {
        const { candidates } = opened.sheet.head
        const contestants = await this.#contestants(of, opened, candidates, undefined, o.services)
        const reference = referenceOf(of, opened, contestants)
        await evaluate({ ...opened, turns, contestants, reference, measure: how, signal, onLine, onBusy })
      }
      await fill(o.tuned, o.own, o.measure)
      if (o.general) await fill(generalTuned(o.tuned), o.general, 'all')
    } catch (error) {
      if (!signal.aborted) this.#failures.set(place.id, knownError(error))
    } finally {
      this.#working.delete(place.id)
      onProgress(work.view(isDone(o.own) ? 'done' : 'none'))
    }
  }

  /** Looks at the sheets whenever it is called. */
  async #viewer(
    place: RunPlace,
    { tuned, opened }: Held,
    begun: Opened | null = null
  ): Promise<Work['view']> {
    const trained = await this.#trained(place)
    const check = await this.parts.sampleCheck()
    const general = begun ?? (await this.#keptGeneral(tuned))
    return (state) => this.#around(place, viewOf(opened, trained, check), general, state)
  }

  #around(place: RunPlace, view: SheetView, general: Opened | null, state: Evaluation['state']): Evaluation {
    const error = this.#failures.get(place.id)?.toData() ?? null
    const cancelled = this.#cancelled.has(place.id)
    return {
      ...{ run: place.id, state, ...view, general: general && doneOf(general) },
      ...{ busy: null, cancelled, error }
    }
  }

  /** Losses of base and tuned as the training measured them: before the first update, and at its best. */
  async #trained(place: RunPlace): Promise<TrainedLosses | null> {
    const { evaluations } = await this.parts.figures(place)
    const base = evaluations.find(({ step }) => step === 0)?.figures['loss']
    const tuned = evaluations.findLast((line) => line.best)?.figures['loss']
    return base === undefined || tuned === undefined ? null : { base, tuned }
  }
}

/** As general questions are asked: without the instruction of the task. */
const generalTuned = (tuned: TunedModel): TunedModel =>
  generalSubject(tuned, { questions: [], texts: [] }).tuned

function doneOf({ sheet, items, asked }: Opened): { readonly done: number; readonly total: number } {
  const all = askedOf(items, asked)
  const done = all.filter((item) => sheet.head.candidates.every(({ id }) => sheet.answer(item, id))).length
  return { done, total: all.length }
}

const isDone = (opened: Opened): boolean => {
  const { done, total } = doneOf(opened)
  return done === total
}
