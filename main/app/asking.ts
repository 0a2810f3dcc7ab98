// The calls about models at services: what would be asked of them is shown, and asked only by the user's word on it.
import { NeiroError } from '../contract/errors'
import type { CandidateSpec } from '../contract/candidates'
import type { Calls } from '../contract/channels'
import type { AskingView } from '../contract/asking'
import type { AskingCalls } from '../contract/window/asking'
import type { Agree } from '../services/evaluation/ask-service'
import type { Start } from '../services/evaluation/evaluations'
import { scanPersonal } from '../services/doctor/personal/scan'
import { Askings, type AskedOf } from '../services/runners/cloud/askings'
import type { AskThere } from '../services/runners/cloud/cloud-answers'
import { askedAs, noteDeployment } from '../services/runners/elsewhere-file'
import { placeText } from '../services/runners/places'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

type EvaluationStart = Calls['evaluation.start']['args']
type ChatAsk = Calls['chat.ask']['args']

export interface Asking {
  readonly handlers: HandlersOf<AskingCalls>
  /** The same as services have it: files by their places, models of services by name. */
  readonly startOf: (args: EvaluationStart) => Promise<Start>
  /** With the user's word on what would leave. */
  readonly agreeing: (args: EvaluationStart) => Agree
  /** Who answers on the tuned side; null: it is here. Throws CONSENT_NEEDED, ASKED_OTHERWISE, UNMASKED_NOT_SAID. */
  readonly talkThere: (args: ChatAsk) => Promise<AskThere | null>
}

export function asking(parts: Parts): Asking {
  const { elsewhere, evaluated, evaluations, files, runTeller, store } = parts
  const askings = new Askings(elsewhere, parts.language)
  /** conversations that were agreed to, by run */
  const talks = new Map<string, { readonly ask: AskThere; readonly unmasked: boolean }>()

  /** The model that a service made of this run. Throws NO_MODEL_THERE. */
  async function keptBy(run: string): Promise<AskedOf> {
    const place = await store.place(run)
    const there = await elsewhere.resultOf(place)
    if (!there) throw new NeiroError('NO_MODEL_THERE')
    return { there, runDir: place.dir }
  }

  const startOf = async (args: EvaluationStart): Promise<Start> => {
    const { run: _, agreed: __, candidates, ...wanted } = args
    if (!candidates) return wanted
    const named: CandidateSpec[] = []
    for (const { documents, ...one } of candidates) {
      const paths = documents && { documents: documents.map((file) => files.pathOf(file)) }
      named.push(one.kind === 'service' ? await serviceOf(one.run ?? args.run) : { ...one, ...paths })
    }
    return { ...wanted, candidates: named }
  }

  async function serviceOf(run: string): Promise<CandidateSpec> {
    const { there } = await keptBy(run)
    return { kind: 'service', service: { place: placeText(there.place), model: askedAs(there) } }
  }

  /** Kept with the run that is evaluated. */
  async function askedOf(run: string, service: CandidateSpec['service']): Promise<AskedOf> {
    const { there } = await elsewhere.keeperOf(service)
    return { there, runDir: (await store.place(run)).dir }
  }

  async function show(run: string, start: Start): Promise<readonly AskingView[]> {
    const place = await store.place(run)
    const toAsk = await evaluations.toAsk(place, start)
    const hasSystemPrompt = toAsk.length > 0 && (await evaluated(place)).systemPrompt !== ''
    const views: AskingView[] = []
    for (const { candidate, texts } of toAsk)
      views.push(await askings.show(await askedOf(run, candidate.service), { texts, hasSystemPrompt }))
    return views
  }

  return {
    startOf,
    agreeing: (args) => async (candidate, texts) =>
      askings.agree(args.agreed, await askedOf(args.run, candidate.service), texts),
    talkThere: async ({ run, messages, agreed }) => {
      const place = await store.place(run)
      const there = await elsewhere.resultOf(place)
      if (!there) return null
      const text = messages.tuned.at(-1)?.content ?? ''
      if (agreed) {
        const ask = await askings.agree(agreed, { there, runDir: place.dir }, [text])
        talks.set(run, { ask, unmasked: agreed.unmasked })
      }
      const talk = talks.get(run)
      if (!talk) throw new NeiroError('CONSENT_NEEDED')
      await elsewhere.mayLeave(there.place, text, talk.unmasked)
      return talk.ask
    },
    handlers: {
      'asking.ofEvaluation': async (args) => show(args.run, await startOf(args)),
      'asking.ofChat': async ({ run, text }) => {
        const talk = talks.get(run)
        if (talk && (talk.unmasked || scanPersonal(text).length === 0)) return null
        return askings.show(await keptBy(run), { texts: [text], isTalk: true, hasSystemPrompt: true })
      },
      'asking.endChat': async ({ run }) => {
        talks.delete(run)
        return null
      },
      'asking.deploy': async ({ run, deployment }) => {
        const place = await store.place(run)
        await noteDeployment(place.dir, deployment)
        talks.delete(run)
        runTeller.changed(place)
        return null
      }
    }
  }
}
