// Step "examine": the starter answers questions of its grammar that it was never taught. What it is worth.
import { Examinee } from './answer'
import { examination } from './grammar/corpus'
import { modelDir } from './places'

const examinationSeed = 3

export interface Result {
  readonly asked: number
  readonly right: number
  /** question, answer and what was missing */
  readonly misses: readonly string[]
}

/** A right answer contains all facts of its topic. */
export async function examine(dir: string, language: 'ja' | 'en', most = Infinity): Promise<Result> {
  const examinee = await Examinee.open(dir)
  const misses: string[] = []
  let asked = 0
  for (const { turns, facts } of examination(examinationSeed).filter((each) => each.language === language)) {
    if (asked === most) break
    asked++
    const answer = await examinee.answer(turns)
    const missing = facts.filter((fact) => !answer.includes(fact))
    if (missing.length > 0) misses.push(`${turns[0]?.content} -> ${answer} (${missing.join(', ')})`)
  }
  await examinee.close()
  return { asked, right: asked - misses.length, misses }
}

export async function printExamination(): Promise<void> {
  for (const language of ['ja', 'en'] as const) {
    const { asked, right, misses } = await examine(modelDir, language)
    for (const miss of misses) console.log(`  ${miss}`)
    console.log(`examine: ${language} ${right} of ${asked} held-out questions right`)
  }
}
