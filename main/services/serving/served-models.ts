// Which models are served: one base, and beside it what every run on it has left. Each has a name that a program can
// write, made of project and run, which stays the same when others come. What cannot stand beside the base is named
// with the reason.
import { realpath } from 'node:fs/promises'
import { NeiroError } from '../../contract/errors'
import type { RunView } from '../../contract/window/training'
import type { LeftOut } from '../../contract/window/serving'
import { isEncoder } from '../models/families'
import type { OpenModelOptions } from '../models/open-model'
import { textRoom } from '../runs/text-room'
import type { TunedModel, TunedModelParts } from '../runs/tuned-model'
import { vectorFormOf, type VectorForm } from './vector-form'

export interface ServedModel {
  readonly name: string
  /** null: the base */
  readonly run: string | null
  /** number of its adapter beside the base; null: none */
  readonly adapter: number | null
  readonly tuned: TunedModel
  /** seconds since 1970 */
  readonly created: number
}

export interface ServedSet {
  /** of a base that reads both ways: it writes nothing, and makes a vector of a text in this way; null: it writes */
  readonly vectors: VectorForm | null
  readonly open: OpenModelOptions
  /** the base first, then runs, the oldest first */
  readonly models: readonly ServedModel[]
  readonly leftOut: readonly LeftOut[]
}

/** A run with a result, as far as its folder can be read. */
export interface Candidate {
  readonly view: Pick<RunView, 'id' | 'name' | 'createdAt' | 'project' | 'ofSweep'>
  readonly projectName: string | null
  readonly parts: TunedModelParts
}

/** The base that is served, and which runs: all on it, or those with these ids. */
export interface Wanted {
  readonly modelDir: string
  readonly baseQuantization: TunedModelParts['baseQuantization']
  readonly runs: readonly string[] | null
  /** instead of its folder's */
  readonly baseName?: string
}

/** adapters beside one base: each costs memory and is read when the base is opened */
const mostRuns = 32
/** tokens that are read in one pass */
const chunk = 256
/** the same of a model that makes vectors: several short texts go together */
const vectorChunk = 1024

export async function servedSet(
  candidates: readonly Candidate[],
  wanted: Wanted,
  o: {
    readonly read: (parts: TunedModelParts) => Promise<TunedModel>
    /** longest text that the engine reads in this folder's model */
    readonly positions: (modelDir: string) => Promise<number>
    readonly conversations: number
    readonly maxContext: number
  }
): Promise<ServedSet> {
  const leftOut: LeftOut[] = []
  const base = await o.read(baseParts(wanted))
  const vectors = isEncoder(base.model.modelType) ? await vectorsOf(base, o) : null
  if (base.score && !vectors) throw new NeiroError('API_MODEL_SORTS', { name: base.model.name })
  const own = await real(wanted.modelDir)
  const names = new Names()
  const baseName = names.take(wanted.baseName ?? base.model.name)
  const models: ServedModel[] = []
  // trials of a sweep are there to be compared, and are served where they are asked for
  const served = candidates.filter(({ view }) => wanted.runs !== null || !view.ofSweep)
  const oldestFirst = served.sort((a, b) => a.view.createdAt.localeCompare(b.view.createdAt))
  const newest = new Set(oldestFirst.slice(-mostRuns))
  const adapters: string[] = []
  for (const candidate of oldestFirst) {
    const { view, projectName, parts } = candidate
    const name = names.take([projectName, view.name].filter(Boolean).join('-'))
    if (wanted.runs && !wanted.runs.includes(view.id)) continue
    const why = await whyNot(parts, own, wanted, newest.has(candidate))
    if (why) {
      leftOut.push({ run: view.id, name, why })
      continue
    }
    const tuned = await o.read({ ...parts, modelDir: wanted.modelDir }).catch(() => null)
    if (!tuned || parts.adapterDir === null) {
      leftOut.push({ run: view.id, name, why: 'damaged' })
      continue
    }
    models.push({
      ...{ name, run: view.id, tuned },
      adapter: adapters.push(parts.adapterDir) - 1,
      created: seconds(view.createdAt)
    })
  }
  return {
    models: [{ name: baseName, run: null, adapter: null, tuned: base, created: 0 }, ...models],
    ...{ leftOut, vectors },
    open: {
      modelDir: base.open.modelDir,
      baseQuantization: wanted.baseQuantization,
      ...(base.open.tokens !== undefined && { tokens: base.open.tokens }),
      ...{ threads: base.open.threads, device: base.open.device },
      ...(vectors ? openForVectors(base, vectors) : openForAnswers(base, adapters, mostBefore(models), o))
    }
  }
}

const mostBefore = (models: readonly ServedModel[]): number =>
  Math.max(0, ...models.map(({ tuned }) => tuned.open.before ?? 0))

type OpenParts = Pick<
  OpenModelOptions,
  'maxContext' | 'maxTokens' | 'conversations' | 'adapterDirs' | 'score' | 'before'
>

const openForAnswers = (
  base: TunedModel,
  adapters: readonly string[],
  /** what any of them puts before each conversation: all have the room of the one that takes most */
  before: number,
  o: { readonly conversations: number; readonly maxContext: number }
): OpenParts => ({
  maxContext: Math.min(textRoom(base.model.maxPositionEmbeddings, before), o.maxContext),
  ...(before > 0 && { before }),
  maxTokens: Math.max(chunk, o.conversations),
  conversations: o.conversations,
  adapterDirs: adapters
})

/** The engine opens one that reads both ways with a score head alone: a small one, that nobody asks. */
const openForVectors = ({ open }: TunedModel, { limit }: VectorForm): OpenParts => ({
  maxContext: 0,
  maxTokens: Math.max(vectorChunk, limit),
  score: open.score ?? { labels: 1, problem: 'regression' }
})

const vectorsOf = async (
  { model }: TunedModel,
  { positions, maxContext }: { positions: (modelDir: string) => Promise<number>; maxContext: number }
): Promise<VectorForm> =>
  vectorFormOf(model.dir, model.name, Math.min(await positions(model.dir), maxContext))

/** By its name, or MODEL_NOT_SERVED {name, known}. */
export function modelNamed({ models }: ServedSet, name: string): ServedModel {
  const found = models.find((model) => model.name === name)
  if (found) return found
  const known = models.map((model) => model.name).join(', ')
  throw new NeiroError('MODEL_NOT_SERVED', { name, known })
}

const baseParts = ({ modelDir, baseQuantization }: Wanted): TunedModelParts => ({
  ...{ modelDir, baseQuantization },
  ...{ adapterDir: null, trainedDir: null, systemPrompt: '', runDir: null },
  settings: { maxSeqLength: chunk, lossOn: 'responses' }
})

async function whyNot(
  parts: TunedModelParts,
  own: string,
  { baseQuantization }: Wanted,
  isNew: boolean
): Promise<LeftOut['why'] | null> {
  if (parts.trainedDir !== null) return 'whole'
  if (parts.score) return 'sorts'
  if ((await real(parts.modelDir)) !== own) return 'base'
  if (parts.baseQuantization !== baseQuantization) return 'precision'
  return isNew ? null : 'most'
}

/** Two ways to one folder are one folder; one that is gone is none of those that are there. */
const real = (dir: string): Promise<string> => realpath(dir).catch(() => dir)

const seconds = (time: string): number => Math.max(0, Math.floor(Date.parse(time) / 1000) || 0)

/** Letters of any language, digits, and - _ . between them; each once. */
class Names {
  readonly #taken = new Set<string>()

  take(text: string): string {
    const clean =
      text
        .normalize('NFKC')
        .replace(/[^\p{L}\p{M}\p{N}._]/gu, '-')
        .split('-')
        .filter((part) => part !== '')
        .join('-') || 'model'
    let name = clean
    for (let number = 2; this.#taken.has(name); number++) name = `${clean}-${number}`
    this.#taken.add(name)
    return name
  }
}
