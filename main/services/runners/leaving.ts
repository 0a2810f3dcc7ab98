// What leaves this machine when a run is trained elsewhere, said before it does. The sentences that are shown are the ones
// that are kept.
import { userInfo } from 'node:os'
import type { Departure, RemotePlace } from '../../contract/elsewhere'
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { kindOf } from '../dataset/kinds'
import { scanPersonal } from '../doctor/personal/scan'
import { starterWord } from '../recipes/recipe'
import { keptExamples } from '../runs/run-data'
import { remoteWords } from '../../words/remote'
import { windowWords } from '../../words/window'
import type { TrlRecipe } from './folder/trl-recipe'

export interface Leaving {
  readonly to: RemotePlace
  readonly title: string
  readonly said: readonly string[]
  readonly examples: Departure['examples']
  readonly bytes: number
  /** examples in which personal data was found */
  readonly personal: number
  /** in which it is said */
  readonly language: Language
}

export interface LeavingFacts {
  readonly to: RemotePlace
  readonly recipe: TrlRecipe
  readonly hasSystemPrompt: boolean
  readonly goesOn: boolean
  /** of the weights, bytes; null: they do not travel */
  readonly modelBytes: number | null
  readonly bytes: number
  readonly personal: number
  readonly language: Language
}

export function leavingOf(facts: LeavingFacts): Leaving {
  const { to, recipe, hasSystemPrompt, goesOn, modelBytes, bytes, personal, language } = facts
  const { leaving: words, places } = remoteWords(language)
  const examples = { train: recipe.lessons.train.examples, heldOut: recipe.lessons.held_out?.examples ?? 0 }
  const { name: given } = recipe.model
  // the built-in one is called by what the window calls it
  const name = given === starterWord ? windowWords[language].common.practiceModel : given
  return {
    to,
    title: words.title(places[to.kind](to.where)),
    said: [
      words.examples(String(examples.train), String(examples.heldOut)),
      ...(hasSystemPrompt ? [words.system] : []),
      ...(recipe.answers ? [words.rules] : []),
      ...(recipe.labels && recipe.learns !== 'points'
        ? [words.labels(String(recipe.labels.names.length))]
        : []),
      words.recipe,
      modelBytes === null ? words.noModel(name) : words.model(name, megabytes(modelBytes)),
      ...(goesOn ? [words.start] : []),
      words.size(megabytes(bytes)),
      words.stays,
      words.masked(String(personal))
    ],
    examples,
    bytes,
    personal,
    language
  }
}

export const departureOf = ({ to, said, examples, bytes, personal }: Leaving, at: string): Departure => ({
  at,
  place: to,
  by: userName(),
  said,
  examples,
  bytes,
  personal
})

/** As discs count them. */
export const megabytes = (bytes: number): string => `${Math.max(0.1, bytes / 1e6).toFixed(1)} MB`

/** '' where the system does not tell. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}

/** scanned between two turns of everybody else */
const atOnce = 50

/** In how many examples of the run personal data stands. */
export async function personalIn(runDir: string): Promise<number> {
  let [found, looked] = [0, 0]
  for (const part of ['train', 'held-out'] as const)
    for await (const example of keptExamples(runDir, part)) {
      if (holdsPersonal(example)) found++
      if (++looked % atOnce === 0) await new Promise((resume) => setImmediate(resume))
    }
  return found
}

const holdsPersonal = (example: Example): boolean =>
  kindOf(example)
    .texts(example)
    .some((text) => scanPersonal(text).length > 0)
