// Whether a project learns from the rows of a file, by the shape that they were read in. Pure.
import { goalRow, type GoalKey } from '../../main/contract/goals'
import type { DataShape, Example } from '../../main/contract/records'

const kinds: Readonly<Partial<Record<DataShape, Example['kind']>>> = {
  text: 'text',
  'text-label': 'labelled',
  preference: 'preference',
  rated: 'rated'
}

/** All other shapes are read as what somebody asks and is answered. */
export const isUsedFor = (goal: GoalKey, shape: DataShape): boolean =>
  goalRow(goal).examples.includes(kinds[shape] ?? 'conversation')
