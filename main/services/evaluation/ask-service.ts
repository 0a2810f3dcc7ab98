// The answers of models at services, one question after the other: what is asked leaves this machine, and was agreed to.
import type { Candidate } from '../../contract/candidates'
import { NeiroError } from '../../contract/errors'
import type { Message } from '../../contract/records'
import type { Asked } from './answer-items'
import type { ContestantParts, ServiceAnswers } from './contestants'
import { askedOf, type Item } from './items'
import type { KeptAnswer, Sheet } from './sheet'

export interface AskServiceOptions {
  readonly signal: AbortSignal
  readonly maxNewTokens: number
  /** it is asked again after so many seconds */
  readonly onBusy?: ((candidate: Candidate, seconds: number) => void) | undefined
}

export async function askService(
  asked: readonly Asked[],
  { signal, maxNewTokens, onBusy }: AskServiceOptions,
  onAnswer: (one: Asked, answer: KeptAnswer) => Promise<void>
): Promise<void> {
  for (const one of asked) {
    signal.throwIfAborted()
    const { item, contestant } = one
    const { service, candidate } = contestant
    if (!service) continue
    const { messages, sources } = await contestant.ask(item)
    const begun = performance.now()
    const how = { maxNewTokens, signal, onBusy: (seconds: number) => onBusy?.(candidate, seconds) }
    const said = await service(messages, how).catch(refusedOf)
    const seconds = Number(((performance.now() - begun) / 1000).toFixed(3))
    await onAnswer(
      one,
      'refused' in said
        ? { text: '', seconds: null, sources, ...said }
        : { text: said.text.trim(), seconds, sources, promptTokens: said.promptTokens }
    )
  }
}

/** A question that its rules are against would be refused each time it is asked: it has no answer, and the others are asked. */
function refusedOf(error: unknown): { readonly refused: string } {
  const { code, details } = NeiroError.of(error)
  if (code !== 'QUESTION_REFUSED') throw error
  return { refused: details['reason'] ?? code }
}

/** What would leave this machine for a candidate. */
export interface ToAsk {
  readonly candidate: Candidate
  readonly texts: readonly string[]
}

/** The questions that services have not answered yet. sheet: null: nothing is answered yet. */
export function toAskServices(
  items: readonly Item[],
  asked: number,
  sheet: Pick<Sheet, 'answer'> | null,
  candidates: readonly Candidate[]
): readonly ToAsk[] {
  return candidates
    .filter(({ kind }) => kind === 'service')
    .map((candidate) => {
      const open = askedOf(items, asked).filter((item) => !sheet?.answer(item, candidate.id))
      return { candidate, texts: open.map(({ exchange }) => textOf(exchange?.asked ?? [])) }
    })
    .filter(({ texts }) => texts.length > 0)
}

export type Agree = (candidate: Candidate, texts: readonly string[]) => Promise<ServiceAnswers>

/** Agreed to one service after the other; what was not is not asked. */
export async function agreedServices(
  toAsk: readonly ToAsk[],
  agree: Agree | undefined
): Promise<NonNullable<ContestantParts['services']>> {
  const agreed = new Map<string, ServiceAnswers>()
  for (const { candidate, texts } of toAsk) {
    if (!agree) throw new NeiroError('CONSENT_NEEDED')
    const [answers, known] = [await agree(candidate, texts), new Set(texts)]
    agreed.set(candidate.id, (messages, how) => {
      if (!known.has(textOf(messages))) throw new NeiroError('ASKED_OTHERWISE')
      return answers(messages, how)
    })
  }
  return ({ id }) => agreed.get(id) ?? nothingLeft
}

/** Without the instruction, which is spoken of by itself. */
const textOf = (messages: readonly Message[]): string =>
  messages
    .filter(({ role }) => role !== 'system')
    .map(({ content }) => content)
    .join('\n')

/** All of it was answered before. */
const nothingLeft: ServiceAnswers = () => Promise.reject(new NeiroError('CONSENT_NEEDED'))
