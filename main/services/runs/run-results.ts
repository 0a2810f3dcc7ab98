// What came of a run after its training, as far as its folder says: whether its answers were compared to their end, and how many
// exports of it lie where they were put.
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { runFiles } from '../../contract/run-files'
import { keptExports } from '../exports/export-ledger'
import { exportsOfNow } from '../exports/of-now'
import { resultMarks } from './tuned-model'

export interface RunResults {
  readonly compared: boolean
  /** questions that both have answered */
  readonly answered: number
  readonly exported: number
  readonly exportedAt?: string
}

/** Of what it has learnt as it is now: a run that went on is compared and exported anew. learntUntil: when it last learnt, ISO. */
export async function resultsOf(dir: string, learntUntil: string | null): Promise<RunResults> {
  const sheets = await readdir(join(dir, runFiles.evaluations)).catch(() => [])
  // most runs have nothing that could be of another state
  const marks = sheets.length > 0 ? await resultMarks(dir).catch(() => null) : null
  const held = (
    await Promise.all(sheets.map((name) => answeredIn(join(dir, runFiles.evaluations, name))))
  ).filter(
    ({ adapter, isGeneral }) => !isGeneral && (marks === null || adapter === null || marks.includes(adapter))
  )
  const exports = await exportsOfNow(dir, await keptExports(dir), async () => learntUntil)
  const exportedAt = exports
    .map(({ finishedAt }) => finishedAt)
    .sort()
    .at(-1)
  return {
    compared: held.some(({ isWhole }) => isWhole) || existsSync(join(dir, runFiles.comparison)),
    answered: held.reduce((most, { both }) => Math.max(most, both), 0),
    exported: exports.length,
    ...(exportedAt !== undefined && { exportedAt })
  }
}

interface Answered {
  /** questions that both have answered */
  readonly both: number
  /** that is all that was once asked, whatever more was asked since */
  readonly isWhole: boolean
  /** mark of the result whose answers these are; null: it is not said */
  readonly adapter: string | null
  /** asked of what it knew before it learnt: by these nobody compares what it learnt */
  readonly isGeneral: boolean
}

/** By file: what was read of it counts until it has grown. */
const known = new Map<string, { readonly size: number; readonly answered: Answered }>()

/** A sheet is made before its first answer, and left before its last. */
async function answeredIn(sheet: string): Promise<Answered> {
  const file = join(sheet, runFiles.evaluationItems)
  const size = await stat(file).then(
    (facts) => facts.size,
    () => 0
  )
  const last = known.get(file)
  if (last?.size === size) return last.answered
  const answered = answeredOf(size === 0 ? '' : await readFile(file, 'utf8').catch(() => ''))
  known.set(file, { size, answered })
  return answered
}

const line = z.union([
  z.object({
    head: z.object({
      asked: z.number(),
      adapter: z.string().exactOptional(),
      general: z.boolean().exactOptional()
    })
  }),
  z.object({ item: z.number(), candidate: z.enum(['base', 'tuned']), answer: z.string() })
])

function answeredOf(text: string): Answered {
  const said = { base: new Set<number>(), tuned: new Set<number>() }
  let asked = Infinity
  let adapter: string | null = null
  let isGeneral = false
  for (const one of text.split('\n')) {
    const { success, data } = line.safeParse(jsonOr(one))
    if (!success) continue
    if ('answer' in data) said[data.candidate].add(data.item)
    else {
      adapter = data.head.adapter ?? adapter
      isGeneral = data.head.general ?? false
      if (data.head.asked > 0) asked = Math.min(asked, data.head.asked)
    }
  }
  const both = [...said.tuned].filter((item) => said.base.has(item)).length
  return { both, isWhole: both >= asked, adapter, isGeneral }
}

/** Torn lines are none. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
