// comparison.json of earlier versions, one file written whole after every pair: what was answered moves into a sheet,
// so that no question is asked again.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { baseAndTuned } from '../../contract/candidates'
import { remove } from '../../files/moving'
import type { Example } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { candidatesOf } from './candidates'
import { askedOf, itemsOf } from './items'
import { Sheet } from './sheet'

const stored = z.object({
  version: z.literal(2),
  adapter: z.string(),
  total: z.number().int().nonnegative(),
  language: z.enum(['ja', 'en']),
  pairs: z.array(z.object({ base: z.string(), tuned: z.string() }))
})

/** null where there is none of this adapter. */
export async function takeOverComparison(
  runDir: string,
  sheetDir: string,
  o: {
    readonly adapter: string
    readonly adapterBefore: string
    readonly examples: readonly Example[]
    readonly maxNewTokens: number
  }
): Promise<Sheet | null> {
  const file = join(runDir, runFiles.comparison)
  if (!existsSync(file)) return null
  const { success, data } = stored.safeParse(await read(file))
  if (!success || data.adapter !== o.adapterBefore) return null
  const { adapter } = o
  const { total: asked, language, pairs } = data
  const candidates = candidatesOf(baseAndTuned)
  const sheet = await Sheet.begin(sheetDir, {
    ...{ adapter, language, asked, candidates },
    maxNewTokens: o.maxNewTokens
  })
  // the order in which they were asked then is the order of now
  const items = askedOf(await itemsOf(o.examples, language), pairs.length)
  for (const [at, item] of items.entries()) {
    for (const id of ['base', 'tuned'] as const)
      await sheet.keepAnswer(item, id, { text: pairs[at]?.[id] ?? '', seconds: null, sources: [] })
  }
  await remove(file)
  return sheet
}

async function read(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}
