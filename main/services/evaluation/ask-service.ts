// The answers of models at services, one question after the other: what is asked leaves this machine, and was agreed to.
import type { Candidate } from '../../contract/candidates'
import { NeiroError } from '../../contract/errors'
import type { Asked } from './answer-items'
import type { ContestantParts, ServiceAnswers } from './contestants'
import { askedOf } from './items'
import type { Opened } from './open-sheet'
import type { KeptAnswer } from './sheet'

export async function askService(
  asked: readonly Asked[],
  { signal, maxNewTokens }: { readonly signal: AbortSignal; readonly maxNewTokens: number },
  onAnswer: (one: Asked, answer: KeptAnswer) => Promise<void>
): Promise<void> {
  for (const one of asked) {
    signal.throwIfAborted()
    const { item, contestant } = one
    if (!contestant.service) continue
    const { messages, sources } = await contestant.ask(item)
    const begun = performance.now()
    const { text, promptTokens } = await contestant.service(messages, { maxNewTokens, signal })
    const seconds = Number(((performance.now() - begun) / 1000).toFixed(3))
    await onAnswer(one, { text: text.trim(), seconds, sources, promptTokens })
  }
}

/** The questions that a service has not answered yet, agreed to one service after the other. */
export async function agreedServices(
  { items, asked, sheet }: Opened,
  candidates: readonly Candidate[],
  agree: (candidate: Candidate, texts: readonly string[]) => Promise<ServiceAnswers>
): Promise<ContestantParts['services']> {
  const agreed = new Map<string, ServiceAnswers>()
  for (const candidate of candidates.filter(({ kind }) => kind === 'service')) {
    const open = askedOf(items, asked).filter((item) => !sheet.answer(item, candidate.id))
    const texts = open.map(({ exchange }) => (exchange?.asked ?? []).map(({ content }) => content).join('\n'))
    if (open.length > 0) agreed.set(candidate.id, await agree(candidate, texts))
  }
  return ({ id }) => agreed.get(id) ?? nothingLeft
}

/** All of it was answered before. */
const nothingLeft: ServiceAnswers = () => Promise.reject(new NeiroError('CONSENT_NEEDED'))
