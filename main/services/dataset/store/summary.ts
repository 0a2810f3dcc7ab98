// data/summary.json of a project: how many examples of each kind its newest set had, so that a list of projects need not read them all.
// Only a convenience: a project on a read-only disk can be looked at without it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileWhole } from '../../../files/whole-file'

const count = z.number()
const kinds = z.object({ conversation: count, text: count, preference: count, rated: count, labelled: count })
const summary = z.object({ fingerprint: z.string(), kinds })
type Summary = z.infer<typeof summary>

const fileOf = (dir: string): string => join(dir, 'data', 'summary.json')

export async function readSummary(dir: string): Promise<Summary | null> {
  return readFile(fileOf(dir), 'utf8')
    .then((text) => summary.parse(JSON.parse(text)))
    .catch(() => null)
}

export async function keepSummary(dir: string, { fingerprint, kinds }: Summary): Promise<void> {
  if (Object.values(kinds).every((some) => some === 0)) return
  const text = `${JSON.stringify({ fingerprint, kinds })}\n`
  const known = await readFile(fileOf(dir), 'utf8').catch(() => '')
  if (known !== text) await writeFileWhole(fileOf(dir), text).catch(() => undefined)
}
