// What a run is called whose name we made ("お試し 2"): in the language of who looks, and not of the day it was begun. A name
// that somebody gave stays as it is.
import { goalOf } from '../contract/goals'
import type { Language } from '../contract/language'
import type { OtherRun } from '../contract/window/training'
import { sweepWords } from './sweep'
import { windowWords } from './window'

const languages = Object.keys(windowWords) as readonly Language[]

/** A run that another one goes on from, with what it learnt: there the two may have learnt different things. */
export const otherRunName = (
  { name, method }: Pick<OtherRun, 'name' | 'method'>,
  language: Language
): string =>
  windowWords[language].runs.twin(
    runNameIn(name, language),
    windowWords[language].runs.learnt[goalOf(method)]
  )

/** What a run is held against, where that is another run: its name; null: the model that somebody chose. */
export const baseRunName = (other: OtherRun | undefined, language: Language): string | null =>
  other ? otherRunName(other, language) : null

export function runNameIn(name: string, language: Language): string {
  const preset = /^(.+) (\d+)$/.exec(name)
  for (const one of preset ? languages : []) {
    const { presets } = windowWords[one].runs
    const key = (Object.keys(presets) as (keyof typeof presets)[]).find((of) => presets[of] === preset?.[1])
    if (key) return `${windowWords[language].runs.presets[key]} ${preset?.[2]}`
  }
  const [rung = '', trial = ''] = name.match(/\d+/g) ?? []
  const isOfSweep = languages.some((one) => sweepWords[one].runName(rung, trial) === name)
  return isOfSweep ? sweepWords[language].runName(rung, trial) : name
}
