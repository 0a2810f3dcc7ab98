// A model that a service made, asked over the network: what leaves is said before, agreed to, kept, and only then asked. A service
// that is busy is waited for as long as it says.
import { setTimeout as sleep } from 'node:timers/promises'
import { NeiroError } from '../../../contract/errors'
import type { Language } from '../../../contract/language'
import type { Message } from '../../../contract/records'
import { cloudWords } from '../../../words/cloud'
import { remoteWords } from '../../../words/remote'
import { scanPersonal } from '../../doctor/personal/scan'
import { writeDepartureSheet } from '../departure-sheet'
import { askedAs, noteAsked, type RemoteResult } from '../elsewhere-file'
import { departureOf, megabytes, type Leaving } from '../leaving'
import type { CloudApi, CloudSampling } from './cloud-api'

/** tries at a question that the service is too busy for */
const mostTries = 6

export interface AskedThere {
  /** texts that leave, each question with what stands before it */
  readonly texts: readonly string[]
  /** a conversation, which may have begun with one of them */
  readonly isTalk?: boolean
  readonly hasSystemPrompt: boolean
}

/** What would leave when a model there is asked these. */
export function askingOf(
  { place, model }: Pick<RemoteResult, 'place' | 'model'>,
  { texts, isTalk = false, hasSystemPrompt }: AskedThere,
  language: Language
): Leaving {
  const { asking: words } = cloudWords(language)
  const { title } = remoteWords(language).leaving
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const personal = texts.filter((text) => scanPersonal(text).length > 0).length
  return {
    to: place,
    title: title(remoteWords(language).places[place.kind](place.where)),
    said: [
      isTalk ? words.talk : words.questions(String(texts.length)),
      ...(hasSystemPrompt ? [words.system] : []),
      ...(isTalk ? [] : [words.size(megabytes(bytes))]),
      words.model(model),
      words.charged,
      words.stays,
      ...(isTalk && personal === 0 ? [] : [words.masked(String(personal))])
    ],
    examples: { train: 0, heldOut: isTalk ? 0 : texts.length },
    bytes,
    personal,
    language
  }
}

/** Kept with the run before anything is asked. Answers with the sheet that says it. */
export async function agreeToAsk(runDir: string, leaving: Leaving): Promise<string> {
  await noteAsked(runDir, departureOf(leaving, new Date().toISOString()))
  return writeDepartureSheet(runDir, leaving.language)
}

export interface AskingHow {
  readonly maxNewTokens: number
  /** absent: the likeliest answer */
  readonly sampling?: CloudSampling
  readonly signal: AbortSignal
  /** it is busy, and is asked again after so many seconds */
  readonly onBusy?: ((seconds: number) => void) | undefined
}

export type AskThere = (
  messages: readonly Message[],
  o: AskingHow
) => Promise<{ readonly text: string; readonly promptTokens: number }>

/** Throws as the service refuses. */
export const asker =
  (api: CloudApi, model: string): AskThere =>
  async (messages, o) => {
    const asked = messages.map(({ role, content }) => ({ role, content }))
    for (let tries = 1; ; tries++) {
      try {
        return await api.answer(model, asked, o)
      } catch (error) {
        o.signal.throwIfAborted()
        const { code, details } = NeiroError.of(error)
        const { place = '', reason = '' } = details
        if (code === 'CLOUD_CONTENT_REFUSED') throw new NeiroError('QUESTION_REFUSED', { place, reason })
        if (code !== 'PLACE_BUSY' || tries === mostTries) throw error
        const seconds = Number(details['seconds'] ?? 1)
        o.onBusy?.(seconds)
        await sleep(seconds * 1000, undefined, { signal: o.signal })
      }
    }
  }

/** Azure has a tuned model answer only where it was deployed. Throws CLOUD_DEPLOYMENT_NEEDED. */
export function nameThere(there: Pick<RemoteResult, 'place' | 'model' | 'deployment'>): string {
  const { place, model, deployment } = there
  if (place.kind === 'azure' && deployment === undefined)
    throw new NeiroError('CLOUD_DEPLOYMENT_NEEDED', { model })
  return askedAs(there)
}
