// What a command was given: positionals, flags and settings by name. How a command line becomes one is parse-arguments.ts.
import { NeiroError } from '../contract/errors'

/** A mistake in the command line itself: exit code 2. */
export class UsageError extends NeiroError {}

export class Arguments {
  constructor(
    readonly positionals: readonly string[],
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** by flag name, as the recipe service takes them */
    readonly settings: Readonly<Record<string, string | boolean>>
  ) {}

  has(name: string): boolean {
    return this.values.has(name)
  }

  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1)
  }

  texts(name: string): readonly string[] {
    return this.values.get(name) ?? []
  }

  number(name: string): number | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : Number(text)
  }
}
