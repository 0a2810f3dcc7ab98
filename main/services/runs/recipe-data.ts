// The examples that a recipe's words and paths mean, read and split as it says.
import type { DataReport } from '../../contract/records'
import type { Recipe } from '../../contract/settings'
import type { FileReader } from '../dataset/read/file-reader'
import { readData } from '../dataset/read/read-paths'
import { splitExamples, type Split } from '../dataset/set/split'
import { resolveData, type SamplePlaces } from '../recipes/built-in-sample'

export interface RecipeData {
  readonly split: Split
  readonly report: DataReport
}

export async function readRecipeData(
  recipe: Recipe,
  places: SamplePlaces,
  reader: FileReader
): Promise<RecipeData> {
  const { dataPaths, heldOutPaths = [] } = await resolveData(recipe, places)
  const read = await readData(dataPaths, recipe.reading, reader)
  const { heldOutRatio, seed } = recipe.settings
  if (heldOutPaths.length === 0)
    return { split: splitExamples(read.examples, heldOutRatio, seed), report: read.report }
  const apart = await readData(heldOutPaths, recipe.reading, reader)
  return {
    split: { train: read.examples, heldOut: apart.examples },
    report: {
      files: [...read.report.files, ...apart.report.files],
      examples: read.report.examples + apart.report.examples,
      refused: [...read.report.refused, ...apart.report.refused]
    }
  }
}
