// The sheet of an evaluation: which folder of the run keeps it, and whether it goes on or begins. A folder is named
// by what its answers depend on; those of another adapter are of no use any more.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Candidate } from '../../contract/candidates'
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { remove, renameInto } from '../../files/moving'
import { liesIn } from '../../files/within'
import { exchangeIn } from '../dataset/set/exchange'
import type { TunedModel } from '../runs/tuned-model'
import { continuationOf } from './continuation'
import { askedOf, itemsOf, type Item } from './items'
import { takeOverComparison } from './old-comparison'
import { Sheet } from './sheet'

export interface Subject {
  readonly tuned: TunedModel
  readonly examples: readonly Example[]
  /** as long as its questions need where nobody says */
  readonly maxNewTokens?: number | undefined
  /** folder that keeps its sheet; absent: the run's, where there is one */
  readonly keptIn?: string
  /** not of the task: such questions are no comparison */
  readonly general?: true
  /** what examples and passages are looked for in; absent: what the run has learnt */
  readonly learnt?: readonly Example[]
}

/** A sheet, and what it is about. */
export interface Opened {
  readonly items: readonly Item[]
  readonly sheet: Sheet
  /** so many items are answered */
  readonly asked: number
}

const folder = runFiles.evaluations
/** beside the items: who found which of two answers better */
export const votesFile = 'votes.jsonl'
const shortestAnswer = 48
const longestAnswer = 256
/** answers whose tokens are counted */
const measuredForRoom = 500

/** What is kept of it; null where nothing is, or where there is no run that could keep it. */
export async function keptSheet(subject: Subject): Promise<Opened | null> {
  const sheet = await keptAlone(subject)
  return (
    sheet && { sheet, items: await itemsOf(subject.examples, sheet.head.language), asked: sheet.head.asked }
  )
}

/** What is kept of it, or a new one; at most `limit` items are to be answered. */
export async function openSheet(
  subject: Subject,
  candidates: readonly Candidate[],
  language: Language,
  limit: number,
  /** no others any more */
  only = false
): Promise<Opened> {
  const sheet = (await keptAlone(subject)) ?? (await begin(subject, candidates, language))
  const items = await itemsOf(subject.examples, sheet.head.language)
  const asked = askedOf(items, limit).length
  await sheet.widen(asked, candidates, only)
  return { items, sheet, asked }
}

async function keptAlone(subject: Subject): Promise<Sheet | null> {
  const { tuned, examples } = subject
  const dir = dirOf(subject)
  if (dir === null) return null
  await takeOverOlder(subject, dir)
  const kept = await Sheet.read(dir)
  const isOfRun = tuned.runDir !== null && subject.keptIn === undefined
  if (kept || subject.maxNewTokens !== undefined || !isOfRun) return kept
  const { mark: adapter, markBefore } = tuned
  return takeOverComparison(tuned.runDir, dir, {
    adapter,
    adapterBefore: markBefore,
    examples,
    maxNewTokens: await roomFor(subject)
  })
}

async function begin(subject: Subject, candidates: readonly Candidate[], language: Language): Promise<Sheet> {
  const { runDir, mark: adapter, markBefore } = subject.tuned
  const home = homeOf(subject)
  // a place that several runs share keeps what is the others'
  if (runDir !== null && home !== null && liesIn(runDir, home))
    await forgetOthers(home, [adapter, markBefore])
  return Sheet.begin(dirOf(subject), {
    ...{ adapter, language, asked: 0, candidates },
    maxNewTokens: subject.maxNewTokens ?? (await roomFor(subject)),
    ...(subject.general && { general: true })
  })
}

/** What an earlier version kept under the name that the result had for it. */
async function takeOverOlder(subject: Subject, dir: string): Promise<void> {
  if (existsSync(dir)) return
  const older = dirOf({ ...subject, tuned: { ...subject.tuned, mark: subject.tuned.markBefore } })
  if (older !== null && existsSync(older)) await renameInto(older, dir)
}

const homeOf = ({ tuned: { runDir }, keptIn }: Subject): string | null =>
  keptIn ?? (runDir === null ? null : join(runDir, folder))

function dirOf(subject: Subject): string | null {
  const { tuned, examples, maxNewTokens } = subject
  const home = homeOf(subject)
  if (home === null) return null
  const { mark, systemPrompt, open } = tuned
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([mark, open.modelDir, open.baseQuantization, systemPrompt, maxNewTokens ?? null])
  )
  for (const example of examples) hash.update(`\n${JSON.stringify(wordsOf(example))}`)
  return join(home, hash.digest('hex').slice(0, 16))
}

function wordsOf(example: Example): unknown {
  switch (example.kind) {
    case 'text':
    case 'labelled':
      return example.text
    case 'conversation':
      return example.messages
    case 'preference':
      return [example.messages, example.chosen, example.rejected]
    case 'rated':
      return [example.messages, example.liked]
  }
}

async function forgetOthers(dir: string, ofIt: readonly string[]): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const sheet = await Sheet.read(join(dir, name))
    // what people have voted on is theirs, whatever became of the adapter
    if ((sheet && ofIt.includes(sheet.head.adapter)) || existsSync(join(dir, name, votesFile))) continue
    await remove(join(dir, name))
  }
}

/** Half as much again as the longest answer that was given, within reason. */
async function roomFor({ tuned, examples }: Subject): Promise<number> {
  const continues = examples.every(({ kind }) => kind === 'text')
  const answers = examples.flatMap((example) => {
    const own = continues && example.kind === 'text' ? continuationOf(example.text) : exchangeIn(example)
    return own && own.answer !== '' ? [own.answer] : []
  })
  // tokens follow signs closely enough: the longest in tokens is among those with the most signs
  const longestOnes = answers.sort((a, b) => b.length - a.length).slice(0, measuredForRoom)
  const lengths = (await tuned.modelText.encode(longestOnes)).map(({ length }) => length)
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  return Math.min(longestAnswer, Math.max(shortestAnswer, Math.ceil(longest * 1.5)))
}
