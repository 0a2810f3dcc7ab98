// A conversation that no longer fits: the oldest questions go first, the system text and the newest one never.
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import { fitPrompt } from '../../../main/services/chat/fit-prompt'

const talk: readonly Message[] = [
  { role: 'system', content: 'S' },
  ...[1, 2, 3, 4].flatMap((round): Message[] => [
    { role: 'user', content: `q${round}` },
    { role: 'assistant', content: `a${round}` }
  ]),
  { role: 'user', content: 'q5' }
]

/** ten tokens a message */
async function fit(messages: readonly Message[], maxContext: number, maxNewTokens: number) {
  let said: readonly Message[] = []
  const encode = async (now: readonly Message[]): Promise<Int32Array> =>
    new Int32Array(10 * (said = now).length)
  const { prompt, dropped } = await fitPrompt(messages, { encode, maxContext, maxNewTokens })
  return { length: prompt.length, dropped, said: said.map(({ content }) => content) }
}

describe('fitPrompt', () => {
  test('leaves alone what fits', async () => {
    expect(await fit(talk, 200, 20)).toMatchObject({ length: 100, dropped: 0 })
    expect(await fit([], 10, 5)).toEqual({ length: 0, dropped: 0, said: [] })
  })

  test('drops the oldest question and answer, never the system text or the newest question', async () => {
    // 10 messages = 100 tokens; with 20 for the answer, 80 leave room for six messages
    expect(await fit(talk, 80, 20)).toEqual({
      length: 60,
      dropped: 4,
      said: ['S', 'q3', 'a3', 'q4', 'a4', 'q5']
    })
    expect(await fit(talk, 5, 1)).toEqual({ length: 20, dropped: 8, said: ['S', 'q5'] })
  })

  test('a long answer takes at most half of the context', async () => {
    expect(await fit(talk, 200, 1000)).toMatchObject({ length: 100, dropped: 0 })
    expect(await fit(talk, 160, 1000)).toMatchObject({ length: 80, dropped: 2 })
  })
})
