// The real answers of the starter to one sample question, before and after the demo's tuning, for home.
import type { SampleAnswers } from '../../main/contract/window/app'
import { call } from '../api.svelte'
import { i18n } from '../i18n/index.svelte'

class SampleAnswersState {
  #answers = $state.raw<SampleAnswers | null>(null)

  get answers(): SampleAnswers | null {
    return this.#answers
  }

  async load(): Promise<void> {
    // without them home shows the wave alone
    this.#answers = await call('app.sampleAnswers', { language: i18n.language }).catch(() => null)
  }
}

export const sampleAnswers = new SampleAnswersState()
