// Advice for projects, measured: begun, gone on with, ended. What was answered lies in the project's folder; the advice is
// counted anew from it.
import type { Advice, AdviceView } from '../../contract/advice'
import type { CandidateSpec } from '../../contract/candidates'
import type { NeiroError } from '../../contract/errors'
import { knownError } from '../../files/file-errors'
import { adviceOf } from './advice'
import type { Evaluations } from './evaluations'
import type { Subject } from './open-sheet'
import { draftOf } from './tone-draft'

export interface AdvicesParts {
  readonly evaluations: Pick<Evaluations, 'evaluate' | 'resultOf' | 'memoryOf'>
  readonly subjectOf: (project: string) => Promise<Subject & Required<Pick<Subject, 'learnt'>>>
  /** words that its house never uses */
  readonly forbiddenIn: (project: string) => Promise<readonly string[]>
  readonly onProgress: (view: AdviceView) => void
}

interface Work {
  readonly abort: AbortController
  done: number
  total: number
}

const questions = 30

export class Advices {
  readonly #working = new Map<string, Work>()
  readonly #advice = new Map<string, Advice>()
  readonly #failures = new Map<string, NeiroError>()

  constructor(private readonly parts: AdvicesParts) {}

  get(project: string): AdviceView {
    const work = this.#working.get(project)
    const advice = this.#advice.get(project) ?? null
    return {
      project,
      state: work ? 'running' : advice ? 'done' : 'none',
      ...{ done: work?.done ?? 0, total: work?.total ?? 0, advice },
      error: this.#failures.get(project)?.toData() ?? null
    }
  }

  /** Throws where there is no model or nothing to ask. */
  async start(project: string, documents: readonly string[]): Promise<AdviceView> {
    if (this.#working.has(project)) return this.get(project)
    const subject = await this.parts.subjectOf(project)
    if (this.#working.has(project)) return this.get(project)
    const work: Work = { abort: new AbortController(), done: 0, total: 0 }
    this.#failures.delete(project)
    this.#advice.delete(project)
    this.#working.set(project, work)
    void this.#work(project, work, subject, documents)
    return this.get(project)
  }

  cancel(project: string): void {
    this.#working.get(project)?.abort.abort()
  }

  async #work(
    project: string,
    work: Work,
    subject: Awaited<ReturnType<AdvicesParts['subjectOf']>>,
    documents: readonly string[]
  ): Promise<void> {
    const { evaluations, onProgress } = this.parts
    const { tuned, learnt } = subject
    try {
      const candidates: readonly CandidateSpec[] = [
        { kind: 'prompt', prompt: await draftOf(learnt) },
        { kind: 'examples' },
        { kind: 'retrieval', ...(documents.length > 0 && { documents }) }
      ]
      const { signal } = work.abort
      const opened = await evaluations.evaluate(subject, {
        ...{ limit: questions, candidates, signal },
        onLine: (stage, done, total) => {
          if (stage !== 'answers') return
          Object.assign(work, { done, total })
          onProgress(this.get(project))
        }
      })
      const held = { tuned, opened }
      const result = await evaluations.resultOf(held, null, '', await this.parts.forbiddenIn(project), learnt)
      const memory = await evaluations.memoryOf(held)
      this.#advice.set(project, { code: adviceOf(result), result, memory })
    } catch (error) {
      if (!work.abort.signal.aborted) this.#failures.set(project, knownError(error))
    } finally {
      this.#working.delete(project)
      onProgress(this.get(project))
    }
  }
}
