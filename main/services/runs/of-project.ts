// What a project says of a training: its model, what of its data is learnt from, and the labels in that. Pure.
import { NeiroError } from '../../contract/errors'
import { methodRows, type MethodKey } from '../../contract/methods'
import type { Settings } from '../../contract/settings'
import type { OpenedProject } from '../projects/projects'
import { LabelCounts } from '../tokens/labels/scheme'
import { learnable, type CountedSet, type Wanted } from './token-counts'

/** What of a project is learnt from. */
export const wantedOf = (
  { systemPrompt }: OpenedProject['file'],
  method: MethodKey,
  synthetic: Settings['synthetic'] = 'learn'
): Wanted => ({
  ...{ systemPrompt, synthetic: synthetic === 'learn' },
  kinds: methodRows[method].examples
})

export function labelsOf({ train }: CountedSet): LabelCounts | null {
  const { labels } = train.counted
  return labels && LabelCounts.of(learnable(train).positions, labels)
}

export function chosenModel({ file }: OpenedProject): string {
  if (file.modelId !== null) return file.modelId
  throw new NeiroError('NO_MODEL_CHOSEN')
}
