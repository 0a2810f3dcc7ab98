// What is said of a file that was read, as head.json of its folder: all but its rows. A folder may come with a project from
// anywhere: what does not have this form is made again.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { NeiroError } from '../../../contract/errors'
import { dataShapes } from '../../../contract/records'
import type { ReadSource } from '../read/read-source'
import { keptPlaces, keptVersion } from './place'

export interface ReadHead extends Omit<ReadSource, 'examples' | 'refused'> {
  /** rows */
  readonly refused: number
}

/** The copy as it was when it was read: as long as it looks so, it need not be hashed again. */
export interface CopyFacts {
  readonly size: number
  readonly mtimeMs: number
}

const text = z.string()
const recognised = z.looseObject({
  file: text,
  format: text,
  encoding: text,
  shape: z.enum(dataShapes),
  confidence: z.number(),
  certainty: z.record(text, z.looseObject({ sure: text })),
  mapping: z.record(text, text),
  rows: z.number(),
  examples: z.number()
})
const stored = z.object({
  version: z.literal(keptVersion),
  copy: z.object({ size: z.number(), mtimeMs: z.number() }),
  head: z.object({
    id: text,
    recognised,
    tables: z.array(recognised),
    overrides: z.record(text, z.unknown()),
    sheets: z.array(z.looseObject({ name: text, use: text })),
    columns: z.array(z.object({ name: text, sample: text })),
    language: z.enum(['ja', 'en', 'mixed', 'other']),
    refused: z.number(),
    heldOutRows: z.array(z.number()).nullable(),
    error: z.object({ code: text, details: z.record(text, text) }).nullable()
  })
})

export function headText(head: ReadHead, copy: CopyFacts): string {
  const { heldOutRows, error } = head
  const own = {
    ...head,
    heldOutRows: heldOutRows && [...heldOutRows],
    error: error && { code: error.code, details: error.details }
  }
  return `${JSON.stringify({ version: keptVersion, copy, head: own })}\n`
}

/** Null where there is none of this form. */
export async function loadHead(
  dir: string
): Promise<{ readonly head: ReadHead; readonly copy: CopyFacts } | null> {
  const json = await readFile(keptPlaces(dir).head, 'utf8').catch(() => null)
  if (json === null) return null
  try {
    const { copy, head } = stored.parse(JSON.parse(json))
    const { heldOutRows, error } = head
    const own = {
      ...head,
      heldOutRows: heldOutRows && new Set(heldOutRows),
      error: error && NeiroError.fromData(error)
    }
    return { copy, head: own as unknown as ReadHead }
  } catch {
    return null
  }
}
