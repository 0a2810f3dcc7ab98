// What a run kept out of its training: the questions that it can be held to.
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { questionKey } from '../dataset/set/split'
import { keepsData, keptExamples, readKept } from '../runs/run-data'

/** What a run kept out. NO_HELD_OUT, or HELD_OUT_NOT_KEPT where its folder does not say what that was. */
export async function heldOutOf(runDir: string): Promise<readonly Example[]> {
  const kept = await readKept(runDir, 'held-out')
  if (kept === null) throw new NeiroError('HELD_OUT_NOT_KEPT')
  if (kept.length === 0) throw new NeiroError('NO_HELD_OUT')
  return kept
}

/** How many of these the run has learnt from: a question that was trained on proves nothing. null: its folder does
 *  not say. */
export async function learntAmong(examples: readonly Example[], runDir: string): Promise<number | null> {
  if (!keepsData(runDir)) return null
  const keys = new Set(examples.map(questionKey))
  const learnt = new Set<string>()
  for await (const example of keptExamples(runDir, 'train')) {
    const key = questionKey(example)
    if (keys.has(key)) learnt.add(key)
  }
  return examples.filter((example) => learnt.has(questionKey(example))).length
}
