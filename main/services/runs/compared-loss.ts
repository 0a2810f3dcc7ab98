// The held-out loss of a run that was ended before its training measured one: as Compare measured it since, from the
// sheet in the run's folder. Only of the whole held-out part: the mean of a part is another figure.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { figureOf, goalOf } from '../../contract/goals'
import type { BestFigure } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Settings } from '../../contract/settings'
import { resultMarks } from './tuned-model'
import type { Curve } from '../../contract/window/training'
import type { Drawn } from '../../curves/curves-of-lines'

/** The curves of a run that was ended so, with what Compare measured at its last step. */
export function withCompared(drawn: Drawn, step: number, measured: BestFigure | null): Drawn {
  if (drawn.best || measured?.figure !== 'loss') return drawn
  const point = { step, value: measured.value }
  const isHeldOut = ({ part, figure }: Curve): boolean => part === 'heldOut' && figure === 'loss'
  const held = drawn.curves.find(isHeldOut) ?? { part: 'heldOut', figure: 'loss', points: [] }
  if ((held.points.at(-1)?.step ?? -1) >= step) return drawn
  const curve: Curve = { ...held, points: [...held.points, point] }
  return {
    curves: [...drawn.curves.filter((one) => !isHeldOut(one)), curve],
    best: { figure: 'loss', ...point }
  }
}

interface Score {
  readonly item: number
  readonly candidate: string
  readonly nllSum: number
  readonly learntTokens: number
}

/** null: it was not measured, or it cannot be told which sheet is of now. */
export async function comparedLoss(
  dir: string,
  method: Settings['method'],
  heldOut: number
): Promise<BestFigure | null> {
  // elsewhere "loss" is another sum than that of the words of an answer
  if (figureOf(method) !== 'loss' || goalOf(method) === 'prefer' || heldOut === 0) return null
  const sheets = await readdir(join(dir, runFiles.evaluations)).catch(() => [])
  if (sheets.length === 0) return null
  const marks = await resultMarks(dir).catch(() => null)
  const whole = (
    await Promise.all(
      sheets.map(async (name) =>
        tunedScores(join(dir, runFiles.evaluations, name, runFiles.evaluationItems), marks)
      )
    )
  ).filter((scores) => scores.length === heldOut)
  const [scores] = whole
  if (!scores || whole.length > 1) return null
  const sum = (of: 'nllSum' | 'learntTokens'): number => scores.reduce((all, score) => all + score[of], 0)
  const value = sum('nllSum') / sum('learntTokens')
  return Number.isFinite(value) ? { figure: 'loss', value } : null
}

/** marks: of the result as it is now; a sheet of another is of no use. null: nobody knows */
async function tunedScores(sheet: string, marks: readonly string[] | null): Promise<readonly Score[]> {
  const text = await readFile(sheet, 'utf8').catch(() => '')
  const [, adapter] = /"adapter":"([^"]*)"/.exec(text.slice(0, 1000)) ?? []
  if (marks && adapter !== undefined && !marks.includes(adapter)) return []
  const scores = new Map<number, Score>()
  for (const line of text.split('\n')) {
    if (!line.includes('"candidate":"tuned","nllSum"')) continue
    try {
      const score = JSON.parse(line) as Score
      scores.set(score.item, score)
    } catch {
      // torn: the sheet leaves it out, too
    }
  }
  return [...scores.values()]
}
