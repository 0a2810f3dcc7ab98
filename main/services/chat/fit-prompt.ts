// The prompt of a conversation, short enough for the model to answer: what no longer fits is forgotten from the
// oldest question on. System text and the newest question always stay.
import type { Message } from '../../contract/records'

export interface FittedPrompt {
  readonly prompt: Int32Array
  /** turns that were left out for it, the oldest ones */
  readonly dropped: number
}

export async function fitPrompt(
  messages: readonly Message[],
  o: {
    readonly encode: (messages: readonly Message[]) => Promise<Int32Array>
    /** prompt and answer together */
    readonly maxContext: number
    readonly maxNewTokens: number
  }
): Promise<FittedPrompt> {
  const system = messages.filter(({ role }) => role === 'system')
  const turns = messages.filter(({ role }) => role !== 'system')
  // a long answer is cut before all that it stands on is forgotten
  const room = o.maxContext - Math.min(o.maxNewTokens, o.maxContext / 2)
  for (let dropped = 0; ; dropped += 2) {
    const prompt = await o.encode([...system, ...turns.slice(dropped)])
    if (prompt.length <= room || turns.length - dropped <= 2) return { prompt, dropped }
  }
}
