// The built-in sample data behind the word "sample": its rows, its tone, and the two files (training and
// held-out part) that it becomes for everything that reads data by path.
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileWhole } from '../../files/whole-file'
import type { Recipe } from '../../contract/settings'
import { sampleWord } from './recipe'

export interface SampleRow {
  readonly id: string
  readonly language: 'ja' | 'en'
  readonly split: 'train' | 'held_out'
  readonly question: string
  readonly answer: string
  /** strings that a right answer contains */
  readonly facts: readonly string[]
}

export interface SamplePlaces {
  /** resources/sample */
  readonly sampleDir: string
  /** a folder of the user's where the two parts are written */
  readonly intoDir: string
}

const sampleFile = 'support-desk.jsonl'

export async function readSample(sampleDir: string): Promise<readonly SampleRow[]> {
  const text = await readFile(join(sampleDir, sampleFile), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as SampleRow)
}

/** The files a recipe's data means. With "sample" its own held-out part is used, unless the recipe names one. */
export async function resolveData(
  recipe: Pick<Recipe, 'data' | 'heldOut'>,
  places: SamplePlaces
): Promise<{ readonly dataPaths: readonly string[]; readonly heldOutPaths?: readonly string[] }> {
  const words = [...recipe.data, ...(recipe.heldOut ?? [])]
  if (!words.includes(sampleWord)) {
    return { dataPaths: recipe.data, ...(recipe.heldOut && { heldOutPaths: recipe.heldOut }) }
  }
  const parts = await writeParts(places)
  const heldOut = recipe.heldOut?.map((path) => (path === sampleWord ? parts.heldOut : path))
  return {
    dataPaths: recipe.data.map((path) => (path === sampleWord ? parts.train : path)),
    heldOutPaths: heldOut ?? [parts.heldOut]
  }
}

/** Where the data folder cannot be written, among the system's temporary files. */
async function writeParts({ sampleDir, intoDir }: SamplePlaces): Promise<{ train: string; heldOut: string }> {
  const rows = await readSample(sampleDir)
  return writePartsInto(intoDir, rows).catch(async () =>
    writePartsInto(await mkdtemp(join(tmpdir(), 'neiro-sample-')), rows)
  )
}

async function writePartsInto(
  intoDir: string,
  rows: readonly SampleRow[]
): Promise<{ train: string; heldOut: string }> {
  const write = async (split: SampleRow['split'], name: string): Promise<string> => {
    const file = join(intoDir, name)
    const lines = rows
      .filter((row) => row.split === split)
      .map((row) => JSON.stringify({ question: row.question, answer: row.answer }))
    await writeFileWhole(file, `${lines.join('\n')}\n`)
    return file
  }
  return {
    train: await write('train', 'support-desk.train.jsonl'),
    heldOut: await write('held_out', 'support-desk.held-out.jsonl')
  }
}
