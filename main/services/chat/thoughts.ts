// An answer as it comes, parted into what the model thinks first (<think> ... </think>) and what it says. Tags are in
// neither; one that arrives in pieces is waited for. Pure.
import { closing, opening } from '../tokens/thinking'

export interface Parted {
  readonly thought: string
  readonly said: string
}

export class Thoughts {
  #held = ''
  /** nothing but white space has come; thinking; or answering */
  #at: 'start' | 'thought' | 'answer'

  /** begun: the prompt has opened the thought */
  constructor(begun: boolean) {
    this.#at = begun ? 'thought' : 'start'
  }

  push(text: string): Parted {
    this.#held += text
    if (this.#at === 'start') {
      const start = this.#held.trimStart()
      if (opening.startsWith(start)) return none
      const opens = start.startsWith(opening)
      this.#at = opens ? 'thought' : 'answer'
      if (opens) this.#held = start.slice(opening.length)
    }
    return this.#at === 'thought' ? this.#think() : { thought: '', said: this.#take(this.#held.length) }
  }

  /** What was waited for and did not come. */
  end(): Parted {
    const rest = this.#take(this.#held.length)
    return this.#at === 'thought' ? { thought: rest, said: '' } : { thought: '', said: rest }
  }

  #think(): Parted {
    const end = this.#held.indexOf(closing)
    if (end < 0)
      return { thought: this.#take(this.#held.length - beginningOf(closing, this.#held)), said: '' }
    const thought = this.#take(end)
    this.#take(closing.length)
    this.#at = 'answer'
    return { thought, said: this.#take(this.#held.length) }
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return taken
  }
}

const none: Parted = { thought: '', said: '' }

/** How much of `tag` the text ends with. */
function beginningOf(tag: string, text: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length
  return 0
}

/** A whole answer, parted. */
export function parted(text: string, begun = false): Parted {
  const thoughts = new Thoughts(begun)
  const [first, last] = [thoughts.push(text), thoughts.end()]
  return { thought: (first.thought + last.thought).trim(), said: (first.said + last.said).trim() }
}
