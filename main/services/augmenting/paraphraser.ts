// Paraphrases by a local model as it is, without any adapter: the base that the project has chosen, or one that is named.
import { answer } from '../chat/answer'
import { greedy } from '../chat/stream-answer'
import type { Turns } from '../engine/turns'
import { settingRows } from '../../contract/settings'
import { readTunedModel, type OpenedHow, type TunedModel } from '../runs/tuned-model'
import type { Paraphrase } from './make'
import { paraphraseIn, paraphrasePrompt, paraphraseTokens } from './paraphrase'

/** A model of the shelf as it is. */
export const baseOf = (modelDir: string, o: OpenedHow): Promise<TunedModel> =>
  readTunedModel(
    {
      ...({ adapterDir: null, trainedDir: null, runDir: null, baseQuantization: 'none' } as const),
      ...{ modelDir, systemPrompt: '' },
      settings: { maxSeqLength: settingRows.maxSeqLength.default, lossOn: settingRows.lossOn.default }
    },
    o
  )

export const paraphraserOf =
  (base: TunedModel, turns: Turns): Paraphrase =>
  async (question, signal) => {
    const asked = {
      messages: paraphrasePrompt(question),
      ...{ systemPrompt: '', adapter: false, sampling: greedy, maxNewTokens: paraphraseTokens }
    }
    const place = { work: 'evaluation' as const, ...(signal && { signal }) }
    const { text } = await turns.use(
      base.openBase,
      (host) => answer(host, base, asked, signal ? { signal } : {}),
      place
    )
    signal?.throwIfAborted()
    return paraphraseIn(text, question)
  }
