// The open model's answers to many prompts, one after the other; as evaluation wants them, whole and greedy.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { greedy, streamAnswer, type AnswerOptions } from '../chat/stream-answer'

export type AnswerAllOptions = Omit<AnswerOptions, 'prompt' | 'sampling'> &
  Partial<Pick<AnswerOptions, 'sampling'>>

export async function answerQuestions(
  host: TrainerCaller,
  prompts: readonly Int32Array[],
  options: AnswerAllOptions,
  onAnswer?: (answer: string, index: number) => void
): Promise<readonly string[]> {
  const answers: string[] = []
  for (const prompt of prompts) {
    let answer = ''
    for await (const piece of streamAnswer(host, { sampling: greedy, ...options, prompt })) answer += piece
    answers.push(answer.trim())
    onAnswer?.(answer.trim(), answers.length - 1)
  }
  return answers
}
