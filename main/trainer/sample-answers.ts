// What the model answers now to the recipe's questions: greedy, so that the same state gives the same answer.
// Token ids only; text is the reader's business.
import type { Job } from '../contract/trainer-protocol'
import type { EngineSession } from './engine-session'

/** tokens between two looks at whether somebody wants to stop */
const portion = 16

/** Answers in the order of the questions, without the stop token; null: given up half-way. */
export async function sampleAnswers(
  session: EngineSession,
  job: Pick<Job, 'questions' | 'stopTokens' | 'maxAnswerTokens'>,
  givenUp: () => boolean,
  adapter = true
): Promise<readonly (readonly number[])[] | null> {
  const stopTokens = Int32Array.from(job.stopTokens)
  const answers: number[][] = []
  for (const question of job.questions) {
    await session.generateBegin({
      prompt: Int32Array.from(question),
      maxNewTokens: job.maxAnswerTokens,
      stopTokens,
      sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
      adapter
    })
    const answer: number[] = []
    for (let finished: string | null = null; finished === null;) {
      if (givenUp()) return null
      const chunk = await session.generateNext(portion)
      answer.push(...chunk.tokens)
      finished = chunk.finished
    }
    if (stopTokens.includes(answer.at(-1) ?? -1)) answer.pop()
    answers.push(answer)
  }
  return answers
}
