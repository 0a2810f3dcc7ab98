// What a way to train is for, in a line: by its goal, and of a quick try whether it learns from a part of the examples or,
// where they are few, from all of them. Pure.
import { headOf, type GoalKey } from '../../main/contract/goals'
import type { Language } from '../../main/contract/language'
import type { Preset } from '../../main/contract/window/training'
import { windowWords, type WindowWords } from '../../main/words/window'

export function presetText(
  goal: GoalKey,
  { key, part }: Pick<Preset, 'key' | 'part'>,
  language: Language
): string {
  const words = textsOf(goal, windowWords[language])
  return key === 'quick' && part === 1 ? words.quickOfAll : words[key]
}

function textsOf(
  goal: GoalKey,
  { sorting, preferring, documents, train }: WindowWords
): typeof sorting.presets {
  if (headOf(goal) !== 'language') return sorting.presets
  if (goal === 'prefer') return preferring.presets
  if (goal === 'documents') return documents.presets
  const { quick, balanced, quality } = train.presets
  return { quick: quick.text, quickOfAll: train.quickOfAll, balanced: balanced.text, quality: quality.text }
}
