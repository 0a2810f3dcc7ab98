// A Jinja template that comes to an end: so many steps, so much text, lists so long. The library knows no such limits,
// and a template is a stranger's program. Knows nothing of conversations.
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja'
import type { Place, WatchedTexts } from './watched-texts'

export interface TemplateLimits {
  readonly steps: number
  /** of any text on the way, UTF-16 units, beside what was given */
  readonly characters: number
  /** of any list on the way */
  readonly items: number
}

/** What real templates need stays hundreds of times below. */
export const templateLimits: TemplateLimits = { steps: 1_000_000, characters: 8_000_000, items: 50_000 }

export class TemplateTooLong extends Error {
  override readonly name = 'TemplateTooLong'
}

type Program = ReturnType<typeof parse>
type Evaluate = Interpreter['evaluate']

/** Longer ones are no templates. */
const longestSource = 500_000

export class BoundedTemplate {
  readonly #program: Program

  constructor(source: string) {
    if (source.length > longestSource) throw new Error(`a template of ${source.length} characters`)
    // as Transformers has Jinja read it
    this.#program = parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true }))
  }

  /** Throws TemplateTooLong, and whatever the template raises. watched: what is done with the texts is noted there. */
  render(
    given: Readonly<Record<string, unknown>>,
    limits = templateLimits,
    watched: WatchedTexts | null = null
  ): string {
    const global = new Environment()
    const own = { ...constants, ...given, range: (...bounds: number[]) => range(bounds, limits.items) }
    for (const [name, value] of Object.entries(own)) global.set(name, value)
    return (new BoundedInterpreter(global, limits, watched).run(this.#program) as { value: string }).value
  }
}

/** What every template may name; Jinja's words and Python's. */
const constants = {
  ...{ true: true, True: true, false: false, False: false, none: null, None: null },
  raise_exception(reason: string): never {
    throw new Error(reason)
  }
}

/** A loop of the library's own reading; one with a condition has its list a level deeper. */
interface Loop {
  readonly iterable: { readonly type: string; readonly lhs?: unknown }
}
const listOf = ({ iterable }: Loop): unknown =>
  iterable.type === 'SelectExpression' ? iterable.lhs : iterable

class BoundedInterpreter extends Interpreter {
  #steps = 0
  /** of lists and objects, what they would be written out: one that holds another twice is written twice as long */
  readonly #weights = new WeakMap<object, number>()
  /** what loops go through, as it stands in the template */
  readonly #lists = new Set<unknown>()

  constructor(
    global: Environment,
    private readonly limits: TemplateLimits,
    private readonly watched: WatchedTexts | null
  ) {
    super(global)
  }

  override evaluate(...[statement, environment]: Parameters<Evaluate>): ReturnType<Evaluate> {
    this.#step(1)
    if (statement?.type === 'For') this.#lists.add(listOf(statement as unknown as Loop))
    const evaluate = (): ReturnType<Evaluate> => super.evaluate(statement, environment)
    const result =
      this.watched && statement
        ? this.watched.around(statement as unknown as Place, environment, evaluate)
        : evaluate()
    const { value } = result as { readonly value: unknown }
    if (typeof value === 'string' && value.length > this.limits.characters) throw new TemplateTooLong('text')
    if (Array.isArray(value)) {
      if (value.length > this.limits.items) throw new TemplateTooLong('list')
      // a loop prepares something for each item before its first turn: as much as eight steps
      if (this.#lists.has(statement)) this.#step(8 * value.length)
    }
    if (this.#weigh(value) > this.limits.characters) throw new TemplateTooLong('list')
    return result
  }

  /** Characters at least; 0 for what is being weighed just now. */
  #weigh(value: unknown): number {
    if (typeof value === 'string') return value.length
    if (!Array.isArray(value) && !(value instanceof Map)) return 0
    const known = this.#weights.get(value)
    if (known !== undefined) return known
    this.#weights.set(value, 0)
    let sum = 0
    for (const inner of value.values()) sum += 1 + this.#weigh((inner as { readonly value?: unknown }).value)
    this.#weights.set(value, sum)
    return sum
  }

  #step(count: number): void {
    this.#steps += count
    if (this.#steps > this.limits.steps) throw new TemplateTooLong('steps')
  }
}

/** Python's range. */
function range(bounds: readonly number[], most: number): number[] {
  // an argument that was left out may come as null
  const [first = 0, second, step = 1] = bounds.filter((bound) => typeof bound === 'number')
  const [start, stop] = second === undefined ? [0, first] : [first, second]
  if (step === 0) throw new Error('range() step must not be zero')
  const length = Math.max(0, Math.ceil((stop - start) / step))
  if (!(length <= most)) throw new TemplateTooLong('list')
  return Array.from({ length }, (_, i) => start + i * step)
}
