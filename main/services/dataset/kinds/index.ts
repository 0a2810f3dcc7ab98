// The kinds of example, each with all that is said of it. A new kind is one more file, here and in tokens/kinds.
import type { Example } from '../../../contract/records'
import { conversation } from './conversation'
import type { ExampleKind } from './kind'
import { labelled } from './labelled'
import { preference } from './preference'
import { rated } from './rated'
import { text } from './text'

export const exampleKinds: {
  readonly [K in Example['kind']]: ExampleKind<Extract<Example, { kind: K }>>
} = { conversation, labelled, text, preference, rated }

/** Kinds that a training learns from at once; what stands in others is nothing to it. */
export const learntTogether: readonly (readonly Example['kind'][])[] = [
  ['conversation', 'text'],
  ['preference'],
  ['rated'],
  ['labelled']
]

/** Which of them a kind is of. */
export const togetherOf = (kind: Example['kind']): number =>
  learntTogether.findIndex((kinds) => kinds.includes(kind))

/** What this example's kind says; for examples of this kind alone. */
export function kindOf<E extends Example>({ kind }: E): ExampleKind<E> {
  return exampleKinds[kind] as unknown as ExampleKind<E>
}

/** An example as files have it. */
export function recordOf(example: Example): Readonly<Record<string, unknown>> {
  const { synthetic } = example
  return {
    ...Object.fromEntries(kindOf(example).fields.map((field) => [field, example[field]])),
    ...(synthetic && { synthetic })
  }
}
/** The same as a line of JSONL. */
export const lineOf = (example: Example): string => JSON.stringify(recordOf(example))
