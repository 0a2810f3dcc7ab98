// What a model knew before it learnt a tone: general questions with what a right answer holds, and general texts. The set
// is fixed (resources/general), so that results can be compared; checks are plain words, never patterns.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Subject } from './open-sheet'
import { generalKinds, type GeneralDrop, type GeneralResult } from '../../contract/evaluation'
import type { Example } from '../../contract/records'
import { folded } from '../../metrics/exact-match'
import { pairedBootstrap } from '../../metrics/intervals'
import type { Item } from './items'
import type { Sheet } from './sheet'
import type { TunedModel } from '../runs/tuned-model'

const question = z.object({
  language: z.enum(['ja', 'en']),
  kind: z.enum(generalKinds),
  question: z.string(),
  /** as a good answer says it */
  answer: z.string(),
  /** one of these is in it */
  any: z.array(z.string()).min(1).exactOptional(),
  /** none of these is */
  none: z.array(z.string()).min(1).exactOptional(),
  /** all of these are */
  all: z.array(z.string()).min(1).exactOptional(),
  mostLetters: z.number().int().positive().exactOptional()
})
export type GeneralQuestion = Readonly<z.infer<typeof question>>

export interface GeneralSet {
  readonly questions: readonly GeneralQuestion[]
  readonly texts: readonly string[]
}

export async function readGeneralSet(dir: string): Promise<GeneralSet> {
  const lines = (await readFile(join(dir, 'questions.jsonl'), 'utf8')).split('\n').filter(Boolean)
  const texts = (await readFile(join(dir, 'texts.txt'), 'utf8')).split('\n\n').map((text) => text.trim())
  return { questions: lines.map((line) => question.parse(JSON.parse(line))), texts: texts.filter(Boolean) }
}

/** Does an answer hold what a right one holds? Letter case and width do not matter. */
export function isRight(answer: string, { any, all, none, mostLetters }: GeneralQuestion): boolean {
  const text = plain(answer)
  const has = (word: string): boolean => text.includes(plain(word))
  if (text === '') return false
  if (any && !any.some(has)) return false
  if (all && !all.every(has)) return false
  if (none?.some(has)) return false
  return mostLetters === undefined || Array.from(text.replaceAll(' ', '')).length <= mostLetters
}

const plain = (text: string): string =>
  folded(text)
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, '')

/** Asked without the instruction of the task: what was there before the task is to be seen. */
export function generalSubject(tuned: TunedModel, { questions, texts }: GeneralSet): Subject {
  const source = (row: number): Example['source'] => ({ file: 'general', row })
  return {
    tuned: { ...tuned, systemPrompt: '', encoding: { ...tuned.encoding, systemPrompt: '' } },
    examples: [
      ...questions.map((one, at): Example => ({
        kind: 'conversation',
        messages: [
          { role: 'user', content: one.question },
          { role: 'assistant', content: one.answer }
        ],
        source: source(at + 1)
      })),
      ...texts.map((text, at): Example => ({ kind: 'text', text, source: source(questions.length + at + 1) }))
    ],
    maxNewTokens: longestAnswer,
    general: true
  }
}
const longestAnswer = 64
const mostDrops = 3

/** null until both have answered every question. */
export async function generalResult(
  sheet: Sheet,
  items: readonly Item[],
  { questions }: GeneralSet
): Promise<GeneralResult | null> {
  const known = new Map(questions.map((one) => [one.question, one]))
  const rows = items.flatMap((item) => {
    const asked = item.exchange && known.get(item.exchange.question)
    return asked ? [{ item, asked }] : []
  })
  const said = rows.flatMap(({ item, asked }) => {
    const [before, after] = [sheet.answer(item, 'base')?.text, sheet.answer(item, 'tuned')?.text]
    if (before === undefined || after === undefined) return []
    const [was, is] = [isRight(before, asked), isRight(after, asked)]
    return [{ asked, before, after, was, is, loss: growth(sheet, item) }]
  })
  if (said.length < questions.length) return null
  const share = (of: readonly boolean[]): { hits: number; total: number } => ({
    hits: of.filter(Boolean).length,
    total: of.length
  })
  const counts = (of: 'was' | 'is'): number[][] => said.map((one) => [Number(one[of]), 1])
  const value = ([hits = 0, all = 0]: readonly number[]): number => (all === 0 ? 0 : hits / all)
  const drops = said
    .filter(({ before, after }) => before.trim() !== after.trim())
    .filter(({ was, is, loss }) => (was && !is) || (loss ?? 0) > 0)
    .sort((a, b) => Number(b.was && !b.is) - Number(a.was && !a.is) || (b.loss ?? 0) - (a.loss ?? 0))
    .slice(0, mostDrops)
    .map(({ asked: { kind, question }, before, after, was, is, loss }): GeneralDrop => ({
      kind,
      question,
      before,
      after,
      lost: was && !is,
      loss
    }))
  return {
    total: said.length,
    before: share(said.map(({ was }) => was)).hits,
    after: share(said.map(({ is }) => is)).hits,
    difference: await pairedBootstrap(counts('was'), counts('is'), value),
    kinds: generalKinds.map((kind) => {
      const of = said.filter(({ asked }) => asked.kind === kind)
      return { kind, before: share(of.map(({ was }) => was)), after: share(of.map(({ is }) => is)) }
    }),
    ...{ lossBefore: lossOf(sheet, items, 'base'), lossAfter: lossOf(sheet, items, 'tuned') },
    drops
  }
}

/** Mean loss of a token, after less before; null where one was not measured. */
function growth(sheet: Sheet, item: Item): number | null {
  const [before, after] = [sheet.score(item, 'base'), sheet.score(item, 'tuned')]
  return before && after ? after.nllSum / after.learntTokens - before.nllSum / before.learntTokens : null
}

function lossOf(sheet: Sheet, items: readonly Item[], id: string): number | null {
  const scores = items.flatMap((item) => sheet.score(item, id) ?? [])
  const tokens = scores.reduce((sum, one) => sum + one.learntTokens, 0)
  return tokens === 0 ? null : scores.reduce((sum, one) => sum + one.nllSum, 0) / tokens
}
