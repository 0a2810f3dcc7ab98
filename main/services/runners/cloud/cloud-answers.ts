// A model that a service made, asked over the network: what leaves is said before, agreed to, kept, and only then asked. A service
// that is busy is waited for as long as it says.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RemotePlace } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import type { Language } from '../../../contract/language'
import type { Message } from '../../../contract/records'
import { cloudWords } from '../../../words/cloud'
import { remoteWords } from '../../../words/remote'
import { scanPersonal } from '../../doctor/personal/scan'
import { writeDepartureSheet } from '../departure-sheet'
import { noteAsked, type RemoteResult } from '../elsewhere-file'
import { departureOf, megabytes, type Leaving } from '../leaving'
import type { CloudApi } from './cloud-api'

/** tries at a question that the service is too busy for */
const mostTries = 6

export interface AskedThere {
  /** texts that leave, each question with what stands before it */
  readonly texts: readonly string[]
  readonly hasSystemPrompt: boolean
}

/** What would leave when a model there is asked these. `texts` empty: whatever somebody writes in a conversation. */
export function askingOf(
  { place, model }: Pick<RemoteResult, 'place' | 'model'>,
  { texts, hasSystemPrompt }: AskedThere,
  language: Language
): Leaving {
  const { asking: words } = cloudWords(language)
  const { title } = remoteWords(language).leaving
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const personal = texts.filter((text) => scanPersonal(text).length > 0).length
  const isTalk = texts.length === 0
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
      ...(isTalk ? [] : [cloudWords(language).leaving.masked(String(personal))])
    ],
    examples: { train: 0, heldOut: texts.length },
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

export type AskThere = (
  messages: readonly Message[],
  o: { readonly maxNewTokens: number; readonly signal: AbortSignal }
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
        if (code !== 'PLACE_BUSY' || tries === mostTries) throw error
        await sleep(Number(details['seconds'] ?? 1) * 1000, undefined, { signal: o.signal })
      }
    }
  }

/** Azure has a tuned model answer only where it was deployed, under the name of that. Throws CLOUD_DEPLOYMENT_NEEDED. */
export function nameThere(
  { place, model }: { readonly place: RemotePlace; readonly model: string },
  deployment: string | undefined
): string {
  if (place.kind === 'azure' && deployment === undefined)
    throw new NeiroError('CLOUD_DEPLOYMENT_NEEDED', { model })
  return deployment ?? model
}
