// Base and tuned on the questions that a run has not seen: answers pair by pair, loss and perplexity. Kept in
// the run's folder (comparison.json) after each pair; begun again, it goes on where it was.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { ComparedPair, Comparison } from '../../contract/window/results'
import { greedy, streamAnswer } from '../chat/stream-answer'
import { exchangeOf } from '../dataset/set/exchange'
import { evaluateModel } from './evaluate-model'
import { writeFileWhole } from '../../files/whole-file'
import { stopTokensOf } from '../models/stop-tokens'
import { encodeInTurns } from '../tokens/encode'
import { readHeldOut, type Conversation } from '../runs/run-data'
import type { RunFigures } from '../runs/run-metrics'
import type { RunPlace } from '../runs/run-view'
import type { Desk } from '../engine/desk'
import { inLanguageFirst } from './language-first'
import type { SampleCheck } from './sample-check'
import { withSystem } from '../tokens/with-system'
import type { TunedRun } from '../runs/tuned-run'

export interface ComparisonParts {
  readonly desk: Desk
  readonly tunedRun: (place: RunPlace) => Promise<TunedRun>
  readonly figures: (place: RunPlace) => Promise<RunFigures>
  /** null where the run is not about the built-in sample */
  readonly sampleCheck: (place: RunPlace) => Promise<SampleCheck | null>
  readonly onProgress: (comparison: Comparison) => void
  /** of the window: questions in it come first */
  readonly language: () => Language
}

interface Losses {
  readonly base: number | null
  readonly tuned: number | null
}

interface Stored {
  readonly version: 2
  /** of what was compared; another adapter is another comparison */
  readonly adapter: string
  readonly total: number
  /** its questions came first; a comparison that goes on keeps its order */
  readonly language: Language
  readonly losses: Losses
  readonly pairs: readonly ComparedPair[]
}

interface Work {
  readonly abort: AbortController
  stored: Stored
}

const fileName = 'comparison.json'
const noLosses: Losses = { base: null, tuned: null }
const shortestAnswer = 48
const longestAnswer = 256

export class Comparisons {
  readonly #working = new Map<string, Work>()
  readonly #failures = new Map<string, NeiroError>()
  /** runs whose comparison the user ended, in this life of the app */
  readonly #cancelled = new Set<string>()

  constructor(private readonly parts: ComparisonParts) {}

  async get(place: RunPlace): Promise<Comparison> {
    const work = this.#working.get(place.id)
    if (work) return this.#shown(place, work.stored, 'running')
    const stored = await readStored(place.dir)
    const run = stored && (await this.parts.tunedRun(place).catch(() => null))
    if (!stored || run?.adapterMark !== stored.adapter) return this.#shown(place, nothing, 'none')
    return this.#shown(place, stored, stored.pairs.length === stored.total ? 'done' : 'none')
  }

  /** Answers at once; pairs arrive by progress. */
  async start(place: RunPlace, limit: number): Promise<Comparison> {
    const run = await this.parts.tunedRun(place)
    const before = await readStored(place.dir)
    const goesOn = before?.adapter === run.adapterMark
    const language = goesOn ? before.language : this.parts.language()
    const questions = (await inLanguageFirst(await readHeldOut(place.dir), language)).slice(0, limit)
    if (questions.length === 0) throw new NeiroError('NO_HELD_OUT')
    const running = this.#working.get(place.id)
    if (running) return this.#shown(place, running.stored, 'running')
    const work: Work = {
      abort: new AbortController(),
      stored: {
        version: 2,
        adapter: run.adapterMark,
        total: questions.length,
        language,
        losses: goesOn ? before.losses : noLosses,
        pairs: goesOn ? before.pairs.slice(0, questions.length) : []
      }
    }
    this.#working.set(place.id, work)
    this.#failures.delete(place.id)
    this.#cancelled.delete(place.id)
    void this.#compare(run, questions, work)
    return this.#shown(place, work.stored, 'running')
  }

  cancel(id: string): void {
    const work = this.#working.get(id)
    if (!work) return
    this.#cancelled.add(id)
    work.abort.abort()
  }

  async #compare(run: TunedRun, questions: readonly Conversation[], work: Work): Promise<void> {
    const { place } = run
    const { signal } = work.abort
    try {
      const check = await this.parts.sampleCheck(place)
      const maxNewTokens = roomFor(questions, run)
      if (work.stored.losses.tuned === null)
        await this.#keep(run, work, { losses: await this.#losses(run, signal) })
      for (const example of questions.slice(work.stored.pairs.length)) {
        const exchange = exchangeOf(example.messages)
        const prompt = run.prompt(withSystem(exchange.asked, run.systemPrompt))
        const answer = (adapter: boolean): Promise<string> =>
          this.#answer(run, prompt, { adapter, maxNewTokens, signal })
        const pair = {
          index: work.stored.pairs.length,
          question: exchange.question,
          reference: exchange.answer,
          base: await answer(false),
          tuned: await answer(true)
        }
        const pairs = [...work.stored.pairs, { ...pair, sample: check?.(pair) ?? null }]
        await this.#keep(run, work, { pairs })
      }
    } catch (error) {
      if (!signal.aborted) this.#failures.set(place.id, asKnown(error))
    } finally {
      this.#working.delete(place.id)
      const done = work.stored.pairs.length === work.stored.total
      this.parts.onProgress(this.#shown(place, work.stored, done ? 'done' : 'none'))
    }
  }

  #answer(
    run: TunedRun,
    prompt: Int32Array,
    o: { readonly adapter: boolean; readonly maxNewTokens: number; readonly signal: AbortSignal }
  ): Promise<string> {
    return this.parts.desk.use(
      run.open,
      async (host) => {
        const answer = streamAnswer(host, {
          ...o,
          tokenizer: run.tokenizer,
          prompt,
          stopTokens: stopTokensOf(run.model, (token) => run.tokenizer.idOf(token)),
          maxContext: run.open.maxContext,
          sampling: greedy
        })
        let text = ''
        for await (const piece of answer) text += piece
        // a cancelled answer is only the beginning of one
        o.signal.throwIfAborted()
        return text.trim()
      },
      { work: 'comparison', signal: o.signal }
    )
  }

  /** The trainer measured both with the whole held-out part: before the first update, and at its best. */
  async #losses(run: TunedRun, signal: AbortSignal): Promise<Losses> {
    const { evaluations } = await this.parts.figures(run.place)
    const base = evaluations.find(({ step }) => step === 0)?.figures['loss']
    const best = evaluations.findLast((line) => line.best)?.figures['loss']
    if (base !== undefined && best !== undefined) return { base, tuned: best }
    const { examples } = await encodeInTurns(await readHeldOut(run.place.dir), run.encoding)
    const loss = async (adapter: boolean): Promise<number> => {
      const { maxTokens } = run.open
      const score = await this.parts.desk.use(
        run.open,
        (host) => evaluateModel(host, examples, { adapter, maxTokens }),
        { work: 'comparison', signal }
      )
      return score.loss
    }
    return { base: await loss(false), tuned: await loss(true) }
  }

  async #keep({ place }: TunedRun, work: Work, change: Partial<Stored>): Promise<void> {
    // a folder that is being put away must not be written to any more
    work.abort.signal.throwIfAborted()
    work.stored = { ...work.stored, ...change }
    await writeFileWhole(join(place.dir, fileName), `${JSON.stringify(work.stored)}\n`)
    this.parts.onProgress(this.#shown(place, work.stored, 'running'))
  }

  #shown(place: RunPlace, stored: Stored, state: Comparison['state']): Comparison {
    const { base, tuned } = stored.losses
    return {
      run: place.id,
      state,
      done: stored.pairs.length,
      total: stored.total,
      pairs: stored.pairs,
      baseLoss: base,
      tunedLoss: tuned,
      basePerplexity: base === null ? null : Math.exp(base),
      tunedPerplexity: tuned === null ? null : Math.exp(tuned),
      cancelled: this.#cancelled.has(place.id),
      error: this.#failures.get(place.id)?.toData() ?? null
    }
  }
}

const nothing: Stored = { version: 2, adapter: '', total: 0, language: 'ja', losses: noLosses, pairs: [] }

async function readStored(dir: string): Promise<Stored | null> {
  try {
    const stored = JSON.parse(await readFile(join(dir, fileName), 'utf8')) as Stored
    return stored.version === 2 && Array.isArray(stored.pairs) ? stored : null
  } catch {
    return null
  }
}

/** Half as much again as the longest answer that was given, within reason. */
function roomFor(questions: readonly Conversation[], { tokenizer }: TunedRun): number {
  const lengths = tokenizer
    .encodeBatch(questions.map(({ messages }) => exchangeOf(messages).answer))
    .map(({ length }) => length)
  return Math.min(longestAnswer, Math.max(shortestAnswer, Math.ceil(Math.max(...lengths) * 1.5)))
}

function asKnown(error: unknown): NeiroError {
  if (error instanceof NeiroError) return error
  const { message } = error as Error
  return new NeiroError('INTERNAL', { reason: message })
}
