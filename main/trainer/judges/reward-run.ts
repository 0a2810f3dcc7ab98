// Marks by a model that learnt from pairs which replies are preferred: its one score, as it stands.
import type { OpenOptions } from '../../../addon/index'
import { packRows } from '../../batches/pack-rows'
import type { EngineSession } from '../engine-session'
import type { Judge, JudgedAnswer } from './judge'

export async function openRewardRun(
  open: OpenOptions,
  openSession: (options: OpenOptions) => Promise<EngineSession>
): Promise<Judge> {
  const session = await openSession(open)
  return {
    async marks(answers) {
      const lengths = answers.map(({ prompt, tokens }) => prompt.length + tokens.length)
      const marks: number[] = []
      for (const some of packRows(answers.keys(), lengths, open.maxTokensPerMicroBatch)) {
        const read = some.map((at) => wholeOf(answers[at] as JudgedAnswer))
        const given = await session.logits(
          { tokens: Int32Array.from(read.flat()), lengths: Int32Array.from(read, ({ length }) => length) },
          { adapter: true }
        )
        some.forEach((at, i) => (marks[at] = given[i] as number))
      }
      return marks
    },
    end: async () => session.close()
  }
}

const wholeOf = ({ prompt, tokens }: JudgedAnswer): number[] => [...prompt, ...tokens]
