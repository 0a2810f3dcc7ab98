// The examples that a recipe's words and paths mean, read and split as it says. They wait in folders of the system's
// temporary one, and are looked at lot by lot, as often as wanted, until end() is called.
import { continues } from '../../contract/methods'
import type { DataOverrides, RecognisedFile, RefusedRow } from '../../contract/records'
import type { Recipe } from '../../contract/settings'
import type { FileReader } from '../dataset/read/file-reader'
import { RowsAside } from '../dataset/read/rows-aside'
import { examplesOf, type Keeper, type KeptSet } from '../dataset/set/kept-set'
import { drawAmong, drawHeldOut, type Drawn } from '../dataset/set/split'
import { aside } from '../dataset/set/synthetic-rows'
import { noData } from '../reading/file-errors'
import { resolveData, type SamplePlaces } from '../recipes/built-in-sample'
import type { ExampleLots, SplitLots } from '../tokens/example-lots'
import { weighedLots } from './weighed-lots'

export interface RecipeData {
  readonly split: SplitLots
  readonly files: readonly RecognisedFile[]
  /** the first rows that were refused, and how many were */
  readonly refused: readonly RefusedRow[]
  readonly refusedCount: number
  end(): Promise<void>
}

export interface DataProcesses {
  readonly reader: FileReader
  readonly keeper: Keeper
}

export async function readRecipeData(
  recipe: Recipe,
  places: SamplePlaces,
  processes: DataProcesses
): Promise<RecipeData> {
  const { dataPaths, heldOutPaths = [] } = await resolveData(recipe, places)
  const read: RowsAside[] = []
  const end = async (): Promise<void> => {
    for (const aside of read) await aside.end()
  }
  const { reading = {}, settings } = recipe
  // documents are read from their beginning to their end, whatever could be found in them
  const asText = continues(settings.method) && !reading.shape && !reading.split
  const setOf = async (paths: readonly string[]): Promise<KeptSet> => {
    const aside = await usable(paths, asText ? { ...reading, shape: 'text' } : reading, processes)
    read.push(aside)
    return aside.open()
  }
  try {
    const all = await setOf(dataPaths)
    const apart = heldOutPaths.length > 0 ? await setOf(heldOutPaths) : null
    const split = apart
      ? { train: await allOf(all, recipe), heldOut: wholeOf(apart) }
      : await drawn(all, recipe)
    return {
      split: recipe.weights ? { ...split, train: await weighedLots(split.train, recipe.weights) } : split,
      files: read.flatMap(({ files }) => files.flatMap(({ tables }) => tables)),
      refused: await firstRefused(read),
      refusedCount: read.reduce((sum, { refusedCount }) => sum + refusedCount, 0),
      end
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** A file that cannot be used at all is an error that names it. */
async function usable(
  paths: readonly string[],
  overrides: DataOverrides,
  { reader, keeper }: DataProcesses
): Promise<RowsAside> {
  const aside = await RowsAside.read(paths, overrides, reader, keeper)
  const wrong = aside.files.find(({ error }) => error)?.error ?? (aside.exampleCount === 0 ? noData() : null)
  if (!wrong) return aside
  await aside.end()
  throw wrong
}

const wholeOf = (set: KeptSet): ExampleLots => lotsOfSet(set, set.facts.examples)

/** All that a recipe learns from. */
async function allOf(set: KeptSet, { settings }: Pick<Recipe, 'settings'>): Promise<ExampleLots> {
  const made = settings.synthetic === 'learn' ? null : await set.ask('synthetic', null)
  return made ? lotsOfSet(set, countOf(made, 0), { held: made, side: 0 }) : wholeOf(set)
}

/** Equal questions stand on one side, and what was made from a question that is held out on neither. Throws TOO_FEW_EXAMPLES. */
async function drawn(set: KeptSet, { settings }: Recipe): Promise<SplitLots> {
  const { heldOutRatio, seed, synthetic } = settings
  if (heldOutRatio <= 0)
    return { train: await allOf(set, { settings }), heldOut: { count: 0, lots: async function* () {} } }
  const made = await set.ask('synthetic', null)
  const drawing = { groups: await set.ask('groups', null), labels: await set.ask('labels', null) }
  const held = made
    ? await set.ask('sides', { held: drawnAmongOthers(drawing, made, heldOutRatio, seed) })
    : drawHeldOut(drawing.groups, numberOf(drawing.groups), heldOutRatio, seed, drawing.labels?.numbers)
  const sides =
    made && synthetic === 'leave-out' ? held.map((one, at) => (made[at] === 1 ? aside : one)) : held
  return {
    train: lotsOfSet(set, countOf(sides, 0), { held: sides, side: 0 }),
    heldOut: lotsOfSet(set, countOf(sides, 1), { held: sides, side: 1 })
  }
}

/** As if what was made from others were not there: with it and without it, the same is held out. */
function drawnAmongOthers(drawing: Drawn, made: Uint8Array, heldOutRatio: number, seed: number): Uint8Array {
  const others = Uint32Array.from([...made.keys()].filter((at) => made[at] === 0))
  const held = new Uint8Array(made.length)
  const drawn = drawAmong(drawing, others, heldOutRatio, seed)
  others.forEach((at, i) => (held[at] = drawn[i] as number))
  return held
}

const countOf = (sides: Uint8Array, side: 0 | 1): number =>
  sides.reduce((sum, one) => sum + (one === side ? 1 : 0), 0)

/** Groups are numbered in the order in which they first come. */
const numberOf = (groups: Uint32Array): number => groups.reduce((most, one) => Math.max(most, one + 1), 0)

function lotsOfSet(
  set: KeptSet,
  count: number,
  division?: { readonly held: Uint8Array; readonly side: 0 | 1 }
): ExampleLots {
  return {
    count,
    async *lots() {
      for await (const examples of examplesOf(set, division)) if (examples.length > 0) yield { examples }
    }
  }
}

/** more than are named at once */
const mostRefused = 100

async function firstRefused(read: readonly RowsAside[]): Promise<readonly RefusedRow[]> {
  const first: RefusedRow[] = []
  for (const aside of read)
    for await (const rows of aside.refused()) {
      first.push(...rows.slice(0, mostRefused - first.length))
      if (first.length >= mostRefused) return first
    }
  return first
}
