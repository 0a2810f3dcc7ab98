// Everything counted of one run's evaluation, its general questions, and the report of it.
import type { EvaluationResult } from '../../main/contract/evaluation'
import { call } from '../api.svelte'
import { saveBytes } from '../lib/save-text'
import { evaluation } from './evaluation.svelte'
import { troubles } from './troubles.svelte'

class Counted {
  #result = $state.raw<EvaluationResult | null>(null)
  /** bytes while each candidate answers, by the plan; empty until it is known */
  #memory = $state.raw<Readonly<Record<string, number>>>({})
  #counting = $state(false)
  #saving = $state<'html' | 'pdf' | null>(null)

  get result(): EvaluationResult | null {
    return this.#result
  }
  get memory(): Readonly<Record<string, number>> {
    return this.#memory
  }
  get counting(): boolean {
    return this.#counting
  }

  async load(run: string): Promise<void> {
    if (this.#result?.run !== run) {
      this.#result = null
      this.#memory = {}
    }
    this.#counting = true
    await troubles.attempt(async () => {
      this.#result = await call('evaluation.result', { run })
    })
    this.#counting = false
    // planned by the engine, which may be at work for somebody else: nobody waits for it
    const memory = await call('evaluation.memory', { run }).catch(() => ({}))
    if (this.#result?.run === run) this.#memory = memory
  }

  /** Words that must not be used, one a line: the check-up of the data is told, and all is counted anew. false: it could not be. */
  async forbid(run: string, lines: string): Promise<boolean> {
    const words = [...new Set(lines.split('\n').map((word) => word.trim()))].filter((word) => word !== '')
    const done = await troubles.attempt(async () => {
      await call('evaluation.forbid', { run, words })
      await this.load(run)
      return true
    })
    return done ?? false
  }

  /** Answers arrive as the evaluation's own do. */
  async askGeneral(run: string, limit: number): Promise<void> {
    await evaluation.open(run)
    await evaluation.start({ limit }, true)
  }

  /** what is being made of it; null: nothing */
  get saving(): 'html' | 'pdf' | null {
    return this.#saving
  }

  async saveReport(run: string, by: string, comment: string, form: 'html' | 'pdf'): Promise<void> {
    this.#saving = form
    await troubles.attempt(async () => {
      const signature = by.trim() === '' ? null : { by: by.trim(), comment }
      const asked = { run, signature, form }
      const { name, base64 } = await call('evaluation.report', asked)
      saveBytes(
        name,
        Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      )
    })
    this.#saving = null
  }
}

export const counted = new Counted()
