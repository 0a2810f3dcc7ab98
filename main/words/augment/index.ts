// The words about synthetic examples, in the language that is asked for.
import { headOf, type GoalKey } from '../../contract/goals'
import type { Language } from '../../contract/language'
import { settingRows } from '../../contract/settings'
import { syntheticKinds } from '../../contract/synthetic'
import { choiceWord, settingsWords } from '../settings'
import { sweepWords } from '../sweep'
import { windowWords } from '../window'
import { en } from './en'
import type { AugmentWords } from './form'
import { ja } from './ja'

export const augmentWords: Readonly<Record<Language, AugmentWords>> = { ja, en }

/** The same where this goal speaks of texts and labels. */
export function augmentWordsFor(goal: GoalKey, language: Language): AugmentWords {
  const words = augmentWords[language]
  if (headOf(goal) === 'language') return words
  const { help, ...said } = words.ofRows
  const kinds = Object.fromEntries(
    syntheticKinds.map((kind) => [kind, { ...words.kinds[kind], ...(help[kind] && { help: help[kind] }) }])
  ) as AugmentWords['kinds']
  return { ...words, ...said, kinds }
}

/** How to try what they are worth, by the names that the controls have on the page. */
export const effectOf = (language: Language): string =>
  augmentWords[language].effect({
    train: windowWords[language].common.steps.train,
    sweep: sweepWords[language].title,
    add: sweepWords[language].add,
    setting: settingsWords[language].synthetic.label,
    values: settingRows.synthetic.choices.map((choice) => choiceWord('synthetic', choice, language))
  })
