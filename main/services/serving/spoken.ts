// One conversation's tokens as an answer that may be shown: whole characters, without what ends it, parted into thought
// and answer as everywhere; on demand with the probabilities of its tokens.
import type { Said } from '../../../addon/index'
import { StopStrings } from '../chat/stop-strings'
import { Thoughts, type Parted } from '../chat/thoughts'
import type { ModelText } from '../tokens/model-text'
import { TokenStream } from '../tokens/token-stream'
import type { Talk } from './talk'

export interface TokenChance {
  readonly text: string
  /** natural logarithm of its probability */
  readonly logProbability: number
}
export interface SpokenToken extends TokenChance {
  /** the likeliest first */
  readonly likeliest: readonly TokenChance[]
}

export interface Spoken extends Parted {
  /** empty where no probabilities were asked for */
  readonly tokens: readonly SpokenToken[]
}
export interface SpokenEnd {
  readonly finished: 'stop' | 'length'
  /** of the answer, what ended it among them */
  readonly tokens: number
}

export interface SpokenOptions {
  readonly modelText: Pick<ModelText, 'decode' | 'endsInBytes'>
  readonly stopStrings: readonly string[]
  /** the prompt has opened a thought */
  readonly thinking: boolean
  /** part what it thinks from what it says */
  readonly parts: boolean
}

/** Leaves the talk when a stop string came, and when nobody listens any more. */
export async function* spoken(talk: Talk, o: SpokenOptions): AsyncGenerator<Spoken, SpokenEnd> {
  const stream = new TokenStream(o.modelText)
  const stops = new StopStrings(o.stopStrings)
  const thoughts = o.parts ? new Thoughts(o.thinking) : null
  const chances = new Chances(o.modelText)
  let started = false
  let thought = false
  const parted = (text: string, last = false): Parted => {
    const whole = thoughts ? thoughts.push(text) : { thought: '', said: text }
    const rest = last && thoughts ? thoughts.end() : { thought: '', said: '' }
    let said = whole.said + rest.said
    const thinks = whole.thought + rest.thought
    thought ||= thinks !== ''
    // white space between the thought and the answer is no part of either
    if (!started && thought) said = said.trimStart()
    started ||= said !== ''
    return { thought: thinks, said }
  }
  let count = 0
  try {
    for (;;) {
      const all = await talk.next()
      const last = all.at(-1)
      // a talk that was left by its owner
      if (!last) return { finished: 'length', tokens: count }
      count += all.length
      const shown = last.ended === 'stop' ? all.slice(0, -1) : all
      let text = stops.push(await stream.push(shown.map(({ token }) => token)))
      const finished = stops.stopped ? 'stop' : last.ended === null ? null : ended(last)
      if (finished !== null && !stops.stopped) text += stops.push(await stream.end()) + stops.end()
      const tokens = await chances.of(shown)
      const piece = { ...parted(text, finished !== null), tokens }
      if (piece.said !== '' || piece.thought !== '' || tokens.length > 0) yield piece
      if (finished !== null) return { finished: stops.stopped ? 'stop' : finished, tokens: count }
    }
  } finally {
    talk.leave()
  }
}

const ended = ({ ended: how }: Said): 'stop' | 'length' => (how === 'stop' ? 'stop' : 'length')

/** What single tokens say; the same ones come again and again. */
class Chances {
  readonly #texts = new Map<number, string>()

  constructor(private readonly modelText: Pick<ModelText, 'decode'>) {}

  async of(all: readonly Said[]): Promise<readonly SpokenToken[]> {
    const tokens: SpokenToken[] = []
    for (const { token, logProbability, likeliest = [] } of all) {
      if (logProbability === undefined) continue
      const others: TokenChance[] = []
      for (const one of likeliest) others.push(await this.#chance(one.token, one.logProbability))
      tokens.push({ ...(await this.#chance(token, logProbability)), likeliest: others })
    }
    return tokens
  }

  async #chance(token: number, logProbability: number): Promise<TokenChance> {
    const text = this.#texts.get(token) ?? (await this.modelText.decode([token], false))
    this.#texts.set(token, text)
    return { text, logProbability }
  }
}
