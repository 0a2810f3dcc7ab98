// Questions answered by the model as it is now, many at once, and what rules think of the answers. Each answer is drawn from a
// seed of its own, made of the run's seed, the update and the question: the same whatever is answered beside it, and after a
// resume.
import type { Batch, Session } from '../../../addon/index'
import { batchOf, type ExampleSet } from '../../batches/example-set'
import { questionOf, type Question } from '../../batches/question'
import { randomFrom } from '../../batches/shuffle'
import { rulesOf } from '../../metrics/answer-rules'
import type { JudgedAnswer } from '../judges/judge'
import type { Surroundings } from './method'

/** Questions as a batch; what stands in it is what the data say. */
export interface QuestionBatch extends Batch {
  readonly questions: readonly Question[]
}

export interface OwnAnswer {
  readonly question: Question
  /** with the token that ended it, where one did */
  readonly tokens: readonly number[]
  readonly reward: number
}

export function layQuestions(set: ExampleSet, examples: readonly number[]): QuestionBatch {
  return { ...batchOf(set, examples), questions: examples.map((example) => questionOf(set, example)) }
}

type Speaker = Pick<Session, 'beginConversation' | 'advance' | 'endConversation'>

/** Each question so many times, the answers to one next to each other. `turn`: of the update, 0 for what is only measured.
 *  null: given up. */
export async function ownAnswers(
  session: Speaker,
  questions: readonly Question[],
  times: number,
  turn: number,
  surroundings: Surroundings
): Promise<readonly OwnAnswer[] | null> {
  const { settings } = surroundings.job
  const asked = questions.flatMap((question) =>
    Array.from({ length: times }, (_, time) => ({
      question,
      seed: randomFrom(settings.seed, turn, question.example, time)()
    }))
  )
  const said = await sayAll(session, asked, surroundings)
  if (said === null) return null
  const stops = new Set(surroundings.job.stopTokens)
  const plain = (tokens: readonly number[]): readonly number[] =>
    stops.has(tokens.at(-1) ?? -1) ? tokens.slice(0, -1) : tokens
  const { judges } = surroundings
  const texts = await surroundings.textsOf([
    ...said.map(plain),
    ...questions.map(({ reference }) => plain([...reference])),
    // what was asked is read by judges alone
    ...(judges.length > 0 ? questions.map(({ prompt }) => [...prompt]) : [])
  ])
  if (texts === null) return null
  const answers = asked.map(({ question: { prompt } }, at): JudgedAnswer => {
    const question = Math.floor(at / times)
    return {
      prompt,
      tokens: said[at] as readonly number[],
      said: texts[at] ?? '',
      reference: texts[said.length + question] ?? '',
      asked: texts[said.length + questions.length + question] ?? ''
    }
  })
  const rules = rulesOf(settings)
  const marks = answers.map(({ said: text, reference }) => rules.map((rule) => rule(text, reference)))
  for (const judge of judges) (await judge.marks(answers)).forEach((mark, at) => marks[at]?.push(mark))
  return answers.map(({ tokens }, at) => ({
    question: (asked[at] as (typeof asked)[number]).question,
    tokens,
    reward: meanOf(marks[at] ?? [])
  }))
}

/** The answers to all questions of an update, before anything of it is learnt: given up in the middle (null), nothing has
 *  changed. */
export async function answersOfUpdate(
  session: Speaker,
  microBatches: readonly QuestionBatch[],
  turn: number,
  surroundings: Surroundings
): Promise<readonly OwnAnswer[] | null> {
  const { answersPerQuestion } = surroundings.job.settings
  const said: OwnAnswer[] = []
  for (const { questions } of microBatches) {
    const some = await ownAnswers(session, questions, answersPerQuestion, turn, surroundings)
    if (some === null) return null
    said.push(...some)
  }
  return said
}

/** Each rule and each judge counts alike. */
const meanOf = (marks: readonly number[]): number => marks.reduce((sum, one) => sum + one, 0) / marks.length

async function sayAll(
  session: Speaker,
  asked: readonly { readonly question: Question; readonly seed: number }[],
  { job, givenUp }: Surroundings
): Promise<readonly (readonly number[])[] | null> {
  const { open, settings } = job
  const stopTokens = Int32Array.from(job.stopTokens)
  const all = asked.map((): number[] => [])
  /** which of them speaks at a place */
  const at = new Map<number, number>()
  let next = 0
  while (next < asked.length || at.size > 0) {
    if (givenUp()) {
      for (const place of at.keys()) await session.endConversation(place)
      return null
    }
    while (next < asked.length && at.size < (open.conversations ?? 1)) {
      const { question, seed } = asked[next] as (typeof asked)[number]
      const { prompt } = question
      const place = await session.beginConversation({
        prompt,
        maxNewTokens: Math.max(1, Math.min(settings.answerTokens, open.maxContext - prompt.length)),
        stopTokens,
        // as the model itself says it: what is learnt is how likely that is
        sampling: { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed },
        adapter: 0
      })
      at.set(place, next++)
    }
    for (const { place, token, ended } of await session.advance()) {
      const own = at.get(place)
      if (own === undefined) continue
      if (ended !== 'broken') all[own]?.push(token)
      if (ended !== null) at.delete(place)
    }
  }
  return all
}

/** Questions with their answers, of which the answers are learnt; in the order that is given. */
export function batchOfAnswers(answers: readonly OwnAnswer[]): Batch {
  const lengths = Int32Array.from(answers, ({ question, tokens }) => question.prompt.length + tokens.length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const [tokens, labels] = [new Int32Array(total), new Int32Array(total).fill(-100)]
  let at = 0
  for (const { question, tokens: said } of answers) {
    tokens.set(question.prompt, at)
    tokens.set(said, at + question.prompt.length)
    labels.set(said, at + question.prompt.length)
    at += question.prompt.length + said.length
  }
  return { tokens, labels, lengths }
}

/** Of each answer the numbers of its own tokens. */
export function ofAnswers(answers: readonly OwnAnswer[], numbers: Float32Array): readonly Float32Array[] {
  let at = 0
  return answers.map(({ question, tokens }) => {
    const begin = at + question.prompt.length
    at = begin + tokens.length
    return numbers.slice(begin, at)
  })
}
