// Fields of a config.json as Transformers takes them: where one is silent its class's own value counts.

export type ConfigJson = Readonly<Record<string, unknown>>

/** Thrown where this reading does not know what the folder asks for; `what` names it. */
export class NotPlain extends Error {
  constructor(readonly what: string) {
    super(what)
  }
}

export const isObject = (value: unknown): value is ConfigJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Silence and null are the fallback; without one the field must be there. */
export function number(config: ConfigJson, name: string, fallback?: number): number {
  const value = config[name] ?? fallback
  if (typeof value !== 'number') throw new NotPlain(name)
  return value
}

/** Silence is the fallback, null is none. */
export const numberOrNone = (config: ConfigJson, name: string, fallback: number | null): number | null =>
  name in config ? (config[name] === null ? null : number(config, name)) : fallback

export function numbers(config: ConfigJson, name: string): readonly number[] {
  const value = config[name]
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'number')) throw new NotPlain(name)
  return value as readonly number[]
}
