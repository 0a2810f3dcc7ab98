// Whether a project learns from the rows of a file, by the shape that they were read in. Pure.
import { goalRow, type GoalKey } from '../../main/contract/goals'
import { methodRows, type MethodRow } from '../../main/contract/methods'
import type { DataShape, Example } from '../../main/contract/records'
import type { DataFileView } from '../../main/contract/window/data'

const kinds: Readonly<Partial<Record<DataShape, Example['kind']>>> = {
  text: 'text',
  'text-label': 'labelled',
  preference: 'preference',
  rated: 'rated'
}

/** All other shapes are read as what somebody asks and is answered. */
export const kindOf = (shape: DataShape): Example['kind'] => kinds[shape] ?? 'conversation'

/** Kinds of rows that a goal learns from, by its usual ways or by those for experts. */
export const kindsFor = (goal: GoalKey): readonly Example['kind'][] => [
  ...goalRow(goal).examples,
  ...expertKinds(goal)
]

const expertKinds = (goal: GoalKey): readonly Example['kind'][] =>
  goalRow(goal).expert.flatMap((way) => (methodRows[way] as MethodRow).examples)

export const isUsedFor = (goal: GoalKey, shape: DataShape): boolean =>
  goalRow(goal).examples.includes(kindOf(shape))

/** Only ways for experts learn from it. */
export const isForExperts = (goal: GoalKey, shape: DataShape): boolean =>
  expertKinds(goal).includes(kindOf(shape))

/** The file that is looked at first: one that the goal learns from, or else one that can be read, or has columns to choose from. */
export const firstShown = (files: readonly DataFileView[], goal: GoalKey): DataFileView | null =>
  files.find((file) => !file.error && isUsedFor(goal, file.shape)) ??
  files.find((file) => !file.error) ??
  files.find((file) => file.columns.length > 0) ??
  null
