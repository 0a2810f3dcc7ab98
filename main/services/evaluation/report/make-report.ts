// What a report says, gathered from the run's folder and its evaluation.
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { Language } from '../../../contract/language'
import { methodRows, type MethodRow } from '../../../contract/methods'
import { runFiles } from '../../../contract/run-files'
import { plainName } from '../../../files/plain-name'
import { keptLeak } from '../../doctor/leak/kept-leak'
import { readRunFacts } from '../../exports/run-facts'
import { isFor, settingRows, type SettingKey, type Settings } from '../../../contract/settings'
import { choiceWord, settingsWords } from '../../../words/settings'
import { baseRunName, runNameIn } from '../../../words/run-name'
import { windowWords } from '../../../words/window'
import { settingKeys } from '../../recipes/setting-values'
import { readRecipe } from '../../recipes/recipe'
import { chosenModelOf } from '../../runs/other-runs'
import { RunMetrics } from '../../runs/run-metrics'
import type { RunPlace } from '../../runs/run-view'
import type { Evaluations } from '../evaluations'
import { namesOfRuns } from '../names-of-runs'
import type { ReportRun, Signature } from './content'
import { reportOf } from './report'

export interface ReportOptions {
  readonly evaluations: Evaluations
  /** of another run, by its id */
  readonly placeOf: (run: string) => Promise<RunPlace>
  readonly language: Language
  /** '' of no project */
  readonly project: string
  readonly signature: Omit<Signature, 'on'> | null
  readonly forbidden: readonly string[]
}

/** VOTE_NOT_READY where nothing is answered yet. */
export async function makeReport(place: RunPlace, o: ReportOptions): Promise<string> {
  const { evaluations, placeOf, language, forbidden } = o
  const held = await evaluations.held(place)
  const result = held && (await evaluations.result(place, forbidden))
  if (!result) throw new NeiroError('VOTE_NOT_READY')
  const today = new Date().toISOString().slice(0, 10)
  return reportOf({
    ...{ language, result, made: today },
    runNames: await namesOfRuns(
      result.candidates.map(({ candidate }) => candidate),
      placeOf,
      language
    ),
    base: baseRunName(held.tuned.baseRun, language),
    run: await runOf(place, o, held.tuned.systemPrompt),
    tally: (await evaluations.votes(place)).tally(),
    leak: await keptLeak(place.dir),
    pairs: await evaluations.pairs(place, 0),
    signature: o.signature && { ...o.signature, on: today }
  })
}

/** bytes: people send it by mail */
const mostReportName = 80

/** After its project and the day. */
export const reportName = (project: string | undefined, form: 'html' | 'pdf'): string =>
  `${plainName(`${project ?? 'neiro'}-${new Date().toISOString().slice(0, 10)}`, mostReportName)}.${form}`

/** of each curve */
const reportPoints = 200

/** A setting's value in words; '' where there is none. */
function valueText<K extends SettingKey>(key: K, value: Settings[K], language: Language): string {
  const { on, off, zero } = windowWords[language].train
  if (typeof value === 'boolean') return value ? on : off
  const row = settingRows[key]
  if (value === 0 && 'zero' in row && row.zero) return zero[row.zero]
  if (row.kind === 'choice') return choiceWord(key, String(value), language)
  return [value].flat().join(', ')
}

async function runOf(
  { dir }: RunPlace,
  { project, language }: Pick<ReportOptions, 'project' | 'language'>,
  systemPrompt: string
): Promise<ReportRun> {
  const facts = await readRunFacts(dir)
  const { settings } = await readRecipe(join(dir, runFiles.recipe))
  const chosen = await chosenModelOf(dir)
  const { curves } = (await new RunMetrics(dir).figures()).curves.drawn(reportPoints)
  const points = (part: 'training' | 'heldOut'): ReportRun['training'] =>
    curves.find((curve) => curve.part === part && curve.figure === 'loss')?.points ?? []
  return {
    // as the window calls it
    model: chosen.isStarter ? windowWords[language].common.practiceModel : chosen.name,
    ...{ project, systemPrompt, name: runNameIn(facts.name, language), date: facts.date },
    learnt: (methodRows[settings.method] as MethodRow).examples[0] ?? 'conversation',
    ...{ trainExamples: facts.trainExamples, heldOutExamples: facts.heldOutExamples },
    ...{ steps: facts.steps, plannedSteps: facts.plannedSteps, end: facts.end, kept: facts.kept },
    fingerprint: facts.trainPrint,
    settings: settingKeys.flatMap((key) => {
      const text = valueText(key, settings[key], language)
      return isFor(key, settings) && text !== '' ? [[settingsWords[language][key].label, text] as const] : []
    }),
    ...{ training: points('training'), heldOut: points('heldOut') }
  }
}
