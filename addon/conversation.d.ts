// Conversations of a session that holds many, of the manual of the native module (index.d.ts).
import type { SamplingOptions } from './index'

export interface ConversationOptions {
  prompt: Int32Array
  /** 1 or more */
  maxNewTokens: number
  /** it ends after one of these (which is said as the last token) */
  stopTokens: Int32Array
  sampling: SamplingOptions
  /** the number of its adapter: adapterDir is 0 where it was given, then those of adapterDirs; null = base alone */
  adapter: number | null
  /** With every token its log-probability and those of so many likeliest ones, 0 to 20: the model's own, before
   *  penalties and cuts. */
  likeliest?: number
}
export interface Said {
  place: number
  token: number
  /** why the conversation has left its place; null while it goes on. 'broken': its numbers are not finite any more,
   *  and there is no token */
  ended: null | 'stop' | 'length' | 'broken'
  /** natural logarithm */
  logProbability?: number
  /** the likeliest first */
  likeliest?: { token: number; logProbability: number }[]
}
