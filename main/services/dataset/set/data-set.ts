// The set as it is learnt: the examples of all files with edits and normalisations applied, and the held-out
// part. Made from what was read and what the log says; it changes neither.
import { NeiroError } from '../../../contract/errors'
import type { Example, Message } from '../../../contract/records'
import { settingRows } from '../../../contract/settings'
import type { Normalisation } from '../../../contract/window/data'
import { splitInTurns, type Split } from './split'
import { Pauses } from '../../reading/pauses'
import { exchangeOf } from './exchange'
import { editKey, type Edit } from '../log/log-state'
import { added, normaliseExample, normalisations, noPlaces, placesOf, type AllPlaces } from './normalise'

/** One file as it was read. */
export interface FileExamples {
  readonly id: string
  readonly examples: readonly Example[]
  /** rows that its own author held out; null where nobody did */
  readonly heldOutRows: ReadonlySet<number> | null
}

export interface SetExample {
  /** place among all examples that were read, left-out ones included: an edit does not move the others */
  readonly index: number
  readonly file: string
  readonly example: Example
  readonly edited: boolean
  readonly heldOut: boolean
}

export interface DataSet {
  /** without those that the user left out */
  readonly examples: readonly SetExample[]
  /** why nothing could be held out; null where something is, or nothing is there */
  readonly splitProblem: NeiroError | null
  /** where the texts differ in writing, before anything is normalised */
  readonly places: AllPlaces
}

interface Kept {
  readonly index: number
  readonly file: FileExamples
  readonly example: Example
  readonly edited: boolean
}

export async function makeDataSet(
  files: readonly FileExamples[],
  edits: ReadonlyMap<string, Edit>,
  chosen: readonly Normalisation[]
): Promise<DataSet> {
  const pauses = new Pauses()
  const kept: Kept[] = []
  let places = nowhere
  let index = 0
  for (const file of files) {
    for (const raw of file.examples) {
      await pauses.whenDue()
      const { sheet, row } = raw.source
      const edit = edits.size > 0 ? edits.get(editKey(file.id, sheet, row)) : undefined
      const own = index++
      if (edit?.removed) continue
      const example = edit ? editedExample(raw, edit) : raw
      places = together(places, placesOf(example))
      const edited = example !== raw
      kept.push({ index: own, file, example: normaliseExample(example, chosen), edited })
    }
  }
  const { held, problem } = await heldOutOf(kept)
  const examples = kept.map(({ index, file, example, edited }) => ({
    index,
    file: file.id,
    example,
    edited,
    heldOut: held.has(example)
  }))
  return { examples, splitProblem: problem, places }
}

export function splitOf({ examples }: DataSet): Split {
  const part = (heldOut: boolean): Example[] =>
    examples.filter((one) => one.heldOut === heldOut).map(({ example }) => example)
  return { train: part(false), heldOut: part(true) }
}

/** Files with a held-out part of their own keep it; of all others, one is drawn. */
async function heldOutOf(
  kept: readonly Kept[]
): Promise<{ held: ReadonlySet<Example>; problem: NeiroError | null }> {
  const own = kept.filter(({ file, example }) => file.heldOutRows?.has(example.source.row))
  const others = kept.filter(({ file }) => !file.heldOutRows).map(({ example }) => example)
  const held = new Set(own.map(({ example }) => example))
  if (others.length === 0) return { held, problem: null }
  try {
    const drawn = await splitInTurns(others, settingRows.heldOutRatio.default, settingRows.seed.default)
    for (const example of drawn.heldOut) held.add(example)
    return { held, problem: null }
  } catch (error) {
    if (!(error instanceof NeiroError)) throw error
    return { held, problem: held.size > 0 ? null : error }
  }
}

/** The last answer and the question it is to replaced; of a plain text, the text. */
function editedExample(example: Example, { question, answer }: Edit): Example {
  if (example.kind === 'text') {
    return answer === undefined || answer === example.text ? example : { ...example, text: answer }
  }
  const { questionAt, answerAt } = exchangeOf(example.messages)
  const messages = example.messages.map((message, i): Message => {
    const content = i === questionAt ? question : i === answerAt ? answer : undefined
    return content === undefined ? message : { ...message, content }
  })
  const isSame = messages.every(({ content }, i) => content === example.messages[i]?.content)
  return isSame ? example : { ...example, messages }
}

const nowhere = Object.fromEntries(normalisations.map((kind) => [kind, noPlaces])) as unknown as AllPlaces

function together(a: AllPlaces, b: AllPlaces): AllPlaces {
  return Object.fromEntries(
    normalisations.map((kind) => [kind, added(a[kind], b[kind])])
  ) as unknown as AllPlaces
}
