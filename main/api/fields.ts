// The fields of a request, one at a time: what is there must be of its kind, and every field that nobody asked for by
// the end is refused by its name. Errors name the field as the client wrote it.
import { NeiroError } from '../contract/errors'

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const wrong = (field: string, range: string): NeiroError =>
  new NeiroError('API_FIELD_WRONG', { field, range })

export const notSupported = (field: string): NeiroError => new NeiroError('API_NOT_SUPPORTED', { field })

export class Fields {
  readonly #asked = new Set<string>()

  constructor(
    private readonly body: Json,
    private readonly within = ''
  ) {}

  /** null counts as absent, as OpenAI's clients send it. */
  value(name: string): unknown {
    this.#asked.add(name)
    return Object.hasOwn(this.body, name) ? (this.body[name] ?? undefined) : undefined
  }

  path(name: string): string {
    return this.within + name
  }

  number(name: string, least: number, most: number): number | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw wrong(this.path(name), `${least} – ${most}`)
    }
    return value
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.number(name, least, most)
    if (value !== undefined && !Number.isSafeInteger(value))
      throw wrong(this.path(name), `${least}, ${least + 1}, …`)
    return value
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name)
    if (value !== undefined && typeof value !== 'boolean') throw wrong(this.path(name), 'true / false')
    return value
  }

  text(name: string): string | undefined {
    const value = this.value(name)
    if (value !== undefined && typeof value !== 'string') throw wrong(this.path(name), '"…"')
    return value
  }

  needed<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw new NeiroError('API_FIELD_MISSING', { field: this.path(name) })
    return value
  }

  /** What changes nothing here, whatever it says. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#asked.add(name)
  }

  /** Only what says nothing, or what is done anyway. */
  refuse(name: string, isFine: (value: unknown) => boolean = isNothing): void {
    const value = this.value(name)
    if (value !== undefined && !isFine(value)) throw notSupported(this.path(name))
  }

  /** Every field has been asked for. */
  end(): void {
    const [unknown] = Object.keys(this.body).filter((name) => !this.#asked.has(name))
    if (unknown !== undefined) throw notSupported(this.path(unknown))
  }
}

const isNothing = (value: unknown): boolean =>
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)
