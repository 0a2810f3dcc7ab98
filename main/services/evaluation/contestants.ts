// Candidates made ready to answer: which model is open for them, and what stands before each question. All of it can be
// derived from the candidate's own words, the run and the files that it names.
import { NeiroError } from '../../contract/errors'
import type { Candidate } from '../../contract/candidates'
import type { Example, Message } from '../../contract/records'
import { passageFrame } from '../../words/for-models'
import type { SamplingOptions } from '../../../addon/index'
import { greedy } from '../chat/stream-answer'
import { languageOfText } from '../dataset/read/script-language'
import { exchangeIn } from '../dataset/set/exchange'
import type { OpenModelOptions } from '../models/open-model'
import type { TunedModel } from '../runs/tuned-model'
import { withSystem } from '../tokens/with-system'
import type { Item } from './items'
import { Nearest } from './nearest'
import { passagesOf } from './passages'

/** What a candidate is asked for an item. */
export interface Asked {
  readonly messages: readonly Message[]
  /** where what was added comes from: file and row */
  readonly sources: readonly string[]
}

export interface Contestant {
  readonly candidate: Candidate
  /** whose tokens, stops and lengths count */
  readonly tuned: TunedModel
  readonly open: OpenModelOptions
  readonly adapter: boolean
  readonly sampling: SamplingOptions
  /** nothing stands before the question but what stands there anyway */
  readonly plain: boolean
  readonly ask: (item: Item) => Promise<Asked>
  /** a model of a service, which answers over the network and is not measured; absent: it is open here */
  readonly service?: ServiceAnswers
}

/** A model elsewhere that somebody agreed to have asked. */
export type ServiceAnswers = (
  messages: readonly Message[],
  o: {
    readonly maxNewTokens: number
    readonly signal: AbortSignal
    readonly onBusy?: (seconds: number) => void
  }
) => Promise<{ readonly text: string; readonly promptTokens: number }>

export interface ContestantParts {
  readonly tuned: TunedModel
  /** what the run has learnt: examples and passages come from there, never from what is asked */
  readonly learnt: () => Promise<readonly Example[]>
  /** another run of the same home */
  readonly runOf: (run: string) => Promise<TunedModel>
  readonly readDocuments: (paths: readonly string[]) => Promise<readonly Example[]>
  /** of services that somebody agreed to have asked; absent: nobody did */
  readonly services?: ((candidate: Candidate) => ServiceAnswers) | undefined
}

/** Fits its prompt: an answer of so many tokens must still have room. */
export async function contestantsOf(
  candidates: readonly Candidate[],
  parts: ContestantParts,
  maxNewTokens: number
): Promise<readonly Contestant[]> {
  const made: Contestant[] = []
  for (const candidate of candidates) made.push(await contestantOf(candidate, parts, maxNewTokens))
  return made
}

async function contestantOf(
  candidate: Candidate,
  parts: ContestantParts,
  maxNewTokens: number
): Promise<Contestant> {
  const { kind } = candidate
  const tuned = candidate.run === undefined ? parts.tuned : await parts.runOf(candidate.run)
  const common = {
    candidate,
    tuned,
    open: kind === 'tuned' ? tuned.open : tuned.openBase,
    adapter: kind === 'tuned',
    sampling: { ...greedy, ...candidate.sampling },
    plain: kind === 'base' || kind === 'tuned'
  }
  const fits = async (messages: readonly Message[]): Promise<boolean> =>
    (await tuned.modelText.prompt(messages)).length + maxNewTokens <= tuned.open.maxContext
  // a text stands for itself: the instruction of the task is none of it
  const systemFor = ({ continues }: Item): string =>
    kind === 'prompt' ? (candidate.prompt ?? '') : continues ? '' : tuned.systemPrompt
  const plainly = async (item: Item): Promise<Asked> => ({
    messages: replaced(item.exchange?.asked ?? [], systemFor(item), kind === 'prompt'),
    sources: []
  })
  switch (kind) {
    case 'base':
    case 'prompt':
    case 'tuned':
      return { ...common, ask: plainly }
    case 'service':
      // what is asked there leaves this machine: never without a word
      if (!parts.services) throw new NeiroError('CONSENT_NEEDED')
      return { ...common, service: parts.services(candidate), ask: plainly }
    case 'examples': {
      const shown = await pairsOf(await parts.learnt())
      if (shown.length === 0) throw new NeiroError('NO_PASSAGES')
      const nearest = new Nearest(shown.map(({ question }) => question))
      const ask = async (item: Item): Promise<Asked> => {
        const asked = withSystem(item.exchange?.asked ?? [], systemFor(item))
        const found = nearest.find(item.exchange?.question ?? '', candidate.count ?? 0)
        return fitting(found.length, fits, (most) => {
          // the nearest stands next to the question
          const pairs = found
            .slice(0, most)
            .flatMap(({ at }) => shown[at] ?? [])
            .reverse()
          return {
            messages: before(
              asked,
              pairs.flatMap(({ turns }) => turns)
            ),
            sources: pairs.map(sourceOf)
          }
        })
      }
      return { ...common, ask }
    }
    case 'retrieval': {
      const { documents } = candidate
      const passages = passagesOf(
        documents === undefined ? await parts.learnt() : await parts.readDocuments(documents)
      )
      if (passages.length === 0) throw new NeiroError('NO_PASSAGES')
      const nearest = new Nearest(passages.map(({ text }) => text))
      const ask = async (item: Item): Promise<Asked> => {
        const question = item.exchange?.question ?? ''
        const language = languageOfText(question) === 'ja' ? 'ja' : 'en'
        const found = nearest.find(question, candidate.count ?? 0).flatMap(({ at }) => passages[at] ?? [])
        return fitting(found.length, fits, (most) => {
          const used = found.slice(0, most)
          const frame = passageFrame[language](used.map(({ text }) => text))
          const system = systemFor(item)
          const told = used.length === 0 ? system : [system, frame].filter(Boolean).join('\n\n')
          return { messages: replaced(item.exchange?.asked ?? [], told, true), sources: used.map(sourceOf) }
        })
      }
      return { ...common, ask }
    }
  }
}

/** As much as fits before the question; nothing where nothing does. */
async function fitting(
  most: number,
  fits: (messages: readonly Message[]) => Promise<boolean>,
  asked: (most: number) => Asked
): Promise<Asked> {
  for (let used = most; used > 0; used--) {
    const one = asked(used)
    if (await fits(one.messages)) return one
  }
  return asked(0)
}

interface Shown {
  readonly question: string
  readonly turns: readonly Message[]
  readonly source: Example['source']
}

async function pairsOf(learnt: readonly Example[]): Promise<readonly Shown[]> {
  return learnt.flatMap((example) => {
    const { question = '', answer = '' } = exchangeIn(example) ?? {}
    if (question === '' || answer === '') return []
    const turns: readonly Message[] = [
      { role: 'user', content: question },
      // it is shown, and not measured
      { role: 'assistant', content: answer, weight: 0 }
    ]
    return [{ question, turns, source: example.source }]
  })
}

const sourceOf = ({ source }: { readonly source: Example['source'] }): string =>
  [source.file, source.sheet, source.row].filter((part) => part !== undefined).join(':')

/** Behind the text of the system. */
function before(messages: readonly Message[], turns: readonly Message[]): readonly Message[] {
  const system = messages.filter(({ role }) => role === 'system')
  return [...system, ...turns, ...messages.filter(({ role }) => role !== 'system')]
}

/** `instead`: also where the conversation has a system text of its own. */
function replaced(messages: readonly Message[], system: string, instead: boolean): readonly Message[] {
  const rest = instead ? messages.filter(({ role }) => role !== 'system') : messages
  return withSystem(rest, system)
}
