// What a project says of its set: what it is for, and whether it began with the built-in sample.
import { goalRow, type GoalRow } from '../../../contract/goals'
import type { Example, KindCounts } from '../../../contract/records'
import { readProjectFile } from '../../projects/project-file'

export const goalOf = async (dir: string): Promise<GoalRow> => goalRow((await readProjectFile(dir)).goal)

export const isSample = async (dir: string): Promise<boolean> => (await readProjectFile(dir)).sample

/** What is there besides is shown, and learnt by no training of the project. */
export const learntOf = (kinds: KindCounts, { examples }: Pick<GoalRow, 'examples'>): number =>
  examples.reduce((sum: number, kind: Example['kind']) => sum + kinds[kind], 0)
