// The held-out loss of a run that was ended before its training measured one: as Compare measured it since, from the
// sheet in the run's folder. Only of the whole held-out part: the mean of a part is another figure.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { figureOf, goalOf } from '../../contract/goals'
import type { BestFigure } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import type { Settings } from '../../contract/settings'

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
  const whole = (
    await Promise.all(
      sheets.map(async (name) => tunedScores(join(dir, runFiles.evaluations, name, runFiles.evaluationItems)))
    )
  ).filter((scores) => scores.length === heldOut)
  const [scores] = whole
  if (!scores || whole.length > 1) return null
  const sum = (of: 'nllSum' | 'learntTokens'): number => scores.reduce((all, score) => all + score[of], 0)
  const value = sum('nllSum') / sum('learntTokens')
  return Number.isFinite(value) ? { figure: 'loss', value } : null
}

async function tunedScores(sheet: string): Promise<readonly Score[]> {
  const text = await readFile(sheet, 'utf8').catch(() => '')
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
