// elsewhere.json of a run folder: where the run is trained, by what it is found again there, and every departure of its
// data. It is written before anything leaves, so that a killed Neiro finds again what it began.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  remotePlaceKinds,
  spreads,
  type CloudTerms,
  type Departure,
  type RemotePlace
} from '../../contract/elsewhere'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import { writeFileWhole } from '../../files/whole-file'
import { jsonText } from '../runs/run-folder'

const place = z.object({ kind: z.enum(remotePlaceKinds), where: z.string() })

const departure = z.object({
  at: z.string(),
  place,
  by: z.string(),
  said: z.array(z.string()).readonly(),
  examples: z.object({ train: z.number(), heldOut: z.number() }),
  bytes: z.number(),
  personal: z.number()
})

const schema = z.object({
  version: z.literal(1),
  place,
  /** what the place calls it; null: it is not there yet */
  ticket: z.record(z.string(), z.string()).nullable(),
  /** the base is there under this name or in this folder, and does not travel; null: it travels */
  modelThere: z.string().nullable(),
  /** how it is shared among processors there; null: what fits */
  spread: z.enum(spreads).nullable().default(null),
  /** what was said to a service; null: it is none */
  cloud: z
    .object({ model: z.string(), apiVersion: z.string().nullable(), price: z.number().nullable() })
    .nullable()
    .default(null),
  departures: z.array(departure),
  /** SHA-256 of recipe.json as it was agreed to: what comes back must be of it */
  recipe: z.string()
})

export type ElsewhereFile = z.infer<typeof schema>

/** of a run's folder: what is sent and what comes home on its way */
export const elsewhereDir = 'elsewhere'

/** What would leave for it was made and shown, and nobody has said a word on it: it is no run yet. */
export const isOnlyShown = (runDir: string): boolean =>
  existsSync(join(runDir, elsewhereDir)) && !existsSync(join(runDir, runFiles.elsewhere))

/** null: the run was never sent anywhere. Throws RUN_BROKEN where the file is torn: what left would be forgotten. */
export async function readElsewhere(runDir: string): Promise<ElsewhereFile | null> {
  const file = join(runDir, runFiles.elsewhere)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const parsed = schema.safeParse(jsonOf(text))
  if (!parsed.success) throw new NeiroError('RUN_BROKEN', { file, name: runFiles.elsewhere })
  return parsed.data
}

export const writeElsewhere = (runDir: string, file: ElsewhereFile): Promise<void> =>
  writeFileWhole(join(runDir, runFiles.elsewhere), jsonText(file))

/** A model that a service made of the run, and keeps. */
export interface RemoteResult {
  readonly place: RemotePlace
  /** its name there */
  readonly model: string
  /** of Azure, as it was said last: the name under which it answers */
  readonly deployment?: string
  readonly terms: CloudTerms
}

/** null: there is none (yet), or what was learnt came home. */
export async function remoteResult(runDir: string): Promise<RemoteResult | null> {
  const { place, ticket, cloud } = (await readElsewhere(runDir)) ?? {}
  const { model, deployment } = ticket ?? {}
  if (!place || !cloud || model === undefined) return null
  return { place, model, terms: cloud, ...(deployment !== undefined && { deployment }) }
}

/** Where it was deployed; '' forgets it. */
export async function noteDeployment(runDir: string, name: string): Promise<void> {
  const known = await readElsewhere(runDir)
  if (!known?.ticket) return
  const { deployment: _, ...ticket } = known.ticket
  const said = name.trim()
  await writeElsewhere(runDir, { ...known, ticket: said === '' ? ticket : { ...ticket, deployment: said } })
}

/** What it is called where it answers. Azure has a tuned model answer only where it was deployed, under the name of that. */
export const askedAs = ({ model, deployment }: Pick<RemoteResult, 'model' | 'deployment'>): string =>
  deployment ?? model

const askedSchema = z.object({ version: z.literal(1), departures: z.array(departure) })

/** What was asked of services about the run, in a file of its own: the run itself may have been trained here. */
async function readAsked(runDir: string): Promise<readonly Departure[]> {
  const file = join(runDir, runFiles.asked)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return []
  const parsed = askedSchema.safeParse(jsonOf(text))
  if (!parsed.success) throw new NeiroError('RUN_BROKEN', { file, name: runFiles.asked })
  return parsed.data.departures
}

export async function noteAsked(runDir: string, one: Departure): Promise<void> {
  const departures = [...(await readAsked(runDir)), one]
  await writeFileWhole(join(runDir, runFiles.asked), jsonText({ version: 1, departures }))
}

/** What left this machine for the run, oldest first. */
export async function departuresOf(runDir: string): Promise<readonly Departure[]> {
  const sent = (await readElsewhere(runDir))?.departures ?? []
  return [...sent, ...(await readAsked(runDir))].sort((a, b) => a.at.localeCompare(b.at))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
