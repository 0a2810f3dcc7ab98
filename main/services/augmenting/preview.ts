// What was made, as it is shown before it is kept: the first of each way, and how many.
import type { AugmentPreview } from '../../contract/augmentation'
import { syntheticKinds } from '../../contract/synthetic'
import { kindOf } from '../dataset/kinds'
import type { Made, MadeExamples } from './make'

const mostShown = 9

/** said: made by a model, to be shown alone. */
export function previewOf(
  { made, written, there, wanted }: MadeExamples,
  said: readonly Made[] = []
): AugmentPreview {
  const shown = [...said, ...oneOfEach(made)].slice(0, mostShown)
  return {
    examples: shown.map(({ from, example, by }) => {
      const { question, answer } = kindOf(from).pair(from)
      const { file, row } = from.source
      return { by, file, row, question, becomes: kindOf(example).pair(example).question, answer }
    }),
    count: made.length,
    kinds: syntheticKinds
      .map((kind) => ({ kind, count: made.filter(({ by }) => by === kind).length }))
      .filter(({ count }) => count > 0),
    ...{ written, there, wanted }
  }
}

/** Ways take turns. */
function oneOfEach(made: readonly Made[]): readonly Made[] {
  const ways = syntheticKinds.map((kind) => made.filter(({ by }) => by === kind).slice(0, mostShown))
  return Array.from({ length: mostShown }, (_, i) => ways.flatMap((way) => way[i] ?? [])).flat()
}
