// Evaluations of tuned models beside their bases, for window, server and command line: begun, gone on with, ended
// and counted. One run has one at a time; what it found out lies in the run's folder (sheet.ts).
import type { Language } from '../../contract/language'
import { NeiroError } from '../../contract/errors'
import { knownError } from '../../files/file-errors'
import type { Example } from '../../contract/records'
import type { Evaluation } from '../../contract/window/results'
import { questionKey } from '../dataset/set/split'
import type { Turns } from '../engine/turns'
import { keepsData, keptExamples, readKept } from '../runs/run-data'
import type { RunFigures } from '../runs/run-metrics'
import type { RunPlace } from '../runs/run-view'
import type { TunedModel } from '../runs/tuned-model'
import { candidatesOf, evaluate, type Stage } from './evaluate'
import { askedOf, both, type Candidate } from './items'
import { keptSheet, openSheet, type Opened, type Subject } from './open-sheet'
import type { SampleCheck } from './sample-check'
import { answeredOf } from './scores'
import { nothing, viewOf, type SheetView, type TrainedLosses } from './view'

export interface EvaluationsParts {
  readonly turns: Turns
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly figures: (place: RunPlace) => Promise<RunFigures>
  readonly sampleCheck: () => Promise<SampleCheck>
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
  readonly abort: AbortController
  readonly view: (state: Evaluation['state']) => Evaluation
}

export class Evaluations {
  readonly #working = new Map<string, Work>()
  readonly #failures = new Map<string, NeiroError>()
  /** runs whose evaluation the user ended, in this life of the app */
  readonly #cancelled = new Set<string>()
  /** sheets are opened one after the other: two at once would both begin */
  #opening: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: EvaluationsParts) {}

  async get(place: RunPlace): Promise<Evaluation> {
    const work = this.#working.get(place.id)
    if (work) return work.view('running')
    const examples = (await readKept(place.dir, 'held-out')) ?? []
    const tuned = examples.length > 0 ? await this.parts.tuned(place).catch(() => null) : null
    const opened = tuned && (await keptSheet({ tuned, examples }))
    if (!opened) return this.#around(place, nothing, 'none')
    return (await this.#viewer(place, opened))(isDone(opened) ? 'done' : 'none')
  }

  /** Answers at once; what is found out arrives by progress. */
  async start(place: RunPlace, limit: number): Promise<Evaluation> {
    const tuned = await this.parts.tuned(place)
    const { items, sheet } = await this.#open({ tuned, examples: await heldOutOf(place.dir) }, limit)
    if (askedOf(items, 1).length === 0) throw new NeiroError('NO_HELD_OUT')
    const opened: Opened = { items, sheet, asked: sheet.head.asked }
    const view = await this.#viewer(place, opened)
    // the trainer has measured both with the whole held-out part, as a rule
    const measure = (await this.#trained(place)) === null
    const running = this.#working.get(place.id)
    if (running) return running.view('running')
    this.#failures.delete(place.id)
    this.#cancelled.delete(place.id)
    if (isDone(opened) && !(measure && items.some((item) => !sheet.score(item, 'tuned')))) return view('done')
    const work: Work = { abort: new AbortController(), view }
    this.#working.set(place.id, work)
    void this.#work(place, work, { ...opened, tuned, measure })
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
      readonly signal: AbortSignal
      readonly onLine: (stage: Stage, done: number, total: number) => void
    }
  ): Promise<EvaluatedSheet> {
    if (subject.examples.length === 0) throw new NeiroError('NOTHING_TO_EVALUATE')
    const opened = await this.#open(subject, o.limit)
    const { turns } = this.parts
    const { tuned } = subject
    const { refused } = await evaluate({ ...opened, ...o, turns, tuned, measure: true })
    return { ...opened, refused, candidates: candidatesOf(tuned) }
  }

  #open(subject: Subject, limit: number): Promise<Opened> {
    const opened = this.#opening.then(() => openSheet(subject, this.parts.language(), limit))
    this.#opening = opened.catch(() => undefined)
    return opened
  }

  async #work(
    place: RunPlace,
    { abort: { signal }, view }: Work,
    o: Opened & { readonly tuned: TunedModel; readonly measure: boolean }
  ): Promise<void> {
    const { turns, onProgress } = this.parts
    try {
      // what is measured shows when all of it is
      const onLine = (stage: Stage): void => void (stage === 'answers' && onProgress(view('running')))
      await evaluate({ ...o, turns, signal, onLine })
    } catch (error) {
      if (!signal.aborted) this.#failures.set(place.id, knownError(error))
    } finally {
      this.#working.delete(place.id)
      onProgress(view(isDone(o) ? 'done' : 'none'))
    }
  }

  /** Looks at the sheet whenever it is called. */
  async #viewer(place: RunPlace, opened: Opened): Promise<Work['view']> {
    const trained = await this.#trained(place)
    const check = await this.parts.sampleCheck()
    return (state) => this.#around(place, viewOf(opened, trained, check), state)
  }

  #around(place: RunPlace, view: SheetView, state: Evaluation['state']): Evaluation {
    const error = this.#failures.get(place.id)?.toData() ?? null
    return { run: place.id, state, ...view, cancelled: this.#cancelled.has(place.id), error }
  }

  /** Losses of base and tuned as the training measured them: before the first update, and at its best. */
  async #trained(place: RunPlace): Promise<TrainedLosses | null> {
    const { evaluations } = await this.parts.figures(place)
    const base = evaluations.find(({ step }) => step === 0)?.figures['loss']
    const tuned = evaluations.findLast((line) => line.best)?.figures['loss']
    return base === undefined || tuned === undefined ? null : { base, tuned }
  }
}

function isDone({ sheet, items, asked }: Opened): boolean {
  return answeredOf(sheet, items, { most: asked, candidates: both }).length === asked
}

/** What a run kept out. NO_HELD_OUT, or HELD_OUT_NOT_KEPT where its folder does not say what that was. */
export async function heldOutOf(runDir: string): Promise<readonly Example[]> {
  const kept = await readKept(runDir, 'held-out')
  if (kept === null) throw new NeiroError('HELD_OUT_NOT_KEPT')
  if (kept.length === 0) throw new NeiroError('NO_HELD_OUT')
  return kept
}

/** How many of these the run has learnt from: a question that was trained on proves nothing. null: its folder does
 *  not say. */
export async function learntAmong(examples: readonly Example[], runDir: string): Promise<number | null> {
  if (!keepsData(runDir)) return null
  const keys = new Set(examples.map(questionKey))
  const learnt = new Set<string>()
  for await (const example of keptExamples(runDir, 'train')) {
    const key = questionKey(example)
    if (keys.has(key)) learnt.add(key)
  }
  return examples.filter((example) => learnt.has(questionKey(example))).length
}
