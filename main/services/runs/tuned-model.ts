// A model as it is asked, evaluated and taken home: a base with the adapter that a run left, with one from
// elsewhere, or alone, or beside it the model that it became; how both are opened.
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseQuantization, DeviceChoice } from '../../../addon/index'
import { NeiroError } from '../../contract/errors'
import { runFiles } from '../../contract/run-files'
import type { ScoredLabels } from '../../contract/scores'
import type { Settings } from '../../contract/settings'
import { scoredLabelsOf } from '../../files/scorer-config'
import { hasMark } from '../models/model-mark'
import type { ModelShelf } from '../models/model-shelf'
import type { OpenModelOptions } from '../models/open-model'
import { readModel, type Model } from '../models/read-model'
import { stopTokensOf } from '../models/stop-tokens'
import { readRecipe } from '../recipes/recipe'
import { askedAs, remoteResult } from '../runners/elsewhere-file'
import { placeName, placeText } from '../runners/places'
import type { EncodeOptions } from '../tokens/cut'
import type { ModelText } from '../tokens/model-text'
import type { ModelTexts } from '../tokens/model-texts'
import { virtualTokensIn } from '../models/adapter-file'
import { textRoom } from './text-room'
import { otherRunsOf, type OtherRuns } from './other-runs'
import { weightsMark } from './result-mark'
import { jobOf } from './run-model'

/** What a tuned model is made of. */
export interface TunedModelParts extends OtherRuns {
  readonly modelDir: string
  /** null: there is none */
  readonly adapterDir: string | null
  /** folder of the model that the base became where all of it learnt; null: the base is as it was */
  readonly trainedDir: string | null
  /** as the adapter was trained on */
  readonly baseQuantization: BaseQuantization
  readonly settings: Pick<Settings, 'maxSeqLength' | 'lossOn'> & Partial<Pick<Settings, 'device'>>
  /** as it was trained with; '' = none */
  readonly systemPrompt: string
  /** of the base that it was trained on, where it is known */
  readonly baseMark?: string | undefined
  /** adapter that the run went on from; absent: it began with the base */
  readonly startDir?: string
  /** by which rewards of preferences are counted; absent: as usual */
  readonly beta?: number
  /** folder of the run that made the adapter, where it is known: what is found out about it is kept there */
  readonly runDir: string | null
  /** of a model that sorts texts: its labels */
  readonly score?: ScoredLabels
  /** what a service made of it, and keeps: the place as it is written behind --on, and the name under which it answers there */
  readonly service?: { readonly place: string; readonly model: string }
  /** of one that says words, and sorts by a head beside: its labels, and the file of the head */
  readonly beside?: ScoredLabels & { readonly file: string }
}

export interface TunedModel extends Omit<
  TunedModelParts,
  'modelDir' | 'settings' | 'baseQuantization' | 'baseMark'
> {
  readonly model: Model
  readonly modelText: ModelText
  /** false: the base alone */
  readonly isTuned: boolean
  /** another one when what was learnt is another; '' where nothing was */
  readonly mark: string
  /** the same, as versions before this one told it: by the time of its file */
  readonly markBefore: string
  readonly encoding: EncodeOptions
  /** as tuned, and the base by itself: the same where an adapter can be left out of what is open */
  readonly open: OpenModelOptions
  readonly openBase: OpenModelOptions
  /** an answer ends at one of these; what it was taught to end with comes first */
  readonly stopTokens: readonly number[]
}

/** longest prompt and answer together: what memory is planned for, whatever the model could read */
export const longestContext = 2048
/** fewest tokens that one call of loss or logits may have */
const leastTokens = 512

/** How whatever is opened is opened here. */
export interface OpenedHow {
  readonly modelTexts: ModelTexts
  readonly threads: number
  /** where it is calculated, as somebody says now; absent: as the run was told, else auto */
  readonly device?: DeviceChoice | undefined
}

/** What a run left. RUN_NOT_READY where it has no result, RESULT_IS_REMOTE where a service keeps it. */
export async function resultOf(
  runDir: string,
  shelf: ModelShelf,
  /** of a run whose result a service keeps, the base that is here, and who answers there */
  { there = false }: { readonly there?: boolean } = {}
): Promise<TunedModelParts> {
  const job = await jobOf(runDir, shelf)
  const left = whatIsLeft(runDir, resultFolders)
  const away = left === null && there ? await remoteResult(runDir) : null
  if (left === null && !away) throw await noResult(runDir)
  const recipe = await readRecipe(join(runDir, runFiles.recipe)).catch(() => null)
  return {
    modelDir: job.open.modelDir,
    ...(left ?? { adapterDir: null, trainedDir: null }),
    baseQuantization: job.open.baseQuantization,
    settings: job.settings,
    systemPrompt: recipe?.systemPrompt ?? '',
    baseMark: job.baseModelMark,
    ...(existsSync(join(runDir, runFiles.start)) && { startDir: join(runDir, runFiles.start) }),
    ...(await otherRunsOf(runDir, job)),
    beta: job.settings.preferenceBeta,
    runDir,
    ...(job.score && { score: scoredBy(job.score) }),
    ...(away && { service: { place: placeText(away.place), model: askedAs(away) } }),
    ...(job.beside &&
      left?.adapterDir && { beside: { ...job.beside, file: join(left.adapterDir, runFiles.heads) } })
  }
}

const scoredBy = ({ problem, labels, rates }: ScoredLabels): ScoredLabels => ({
  problem,
  labels,
  ...(rates && { rates })
})

async function noResult(runDir: string): Promise<NeiroError> {
  const there = await remoteResult(runDir)
  if (!there) return new NeiroError('RUN_NOT_READY')
  return new NeiroError('RESULT_IS_REMOTE', { model: there.model, place: placeName(there.place) })
}

/** The result of a run that has one, for whoever only names it. */
export const resultDirOf = (runDir: string): string | null =>
  folderOf(whatIsLeft(runDir, [runFiles.adapter, runFiles.model]))

/** the best so far is the result of a run that has not ended */
const resultFolders = [runFiles.adapter, runFiles.model, runFiles.best]

const adapterWeights = 'adapter_model.safetensors'
/** in one file or, where they are large, several */
const modelWeights = ['model.safetensors', 'model.safetensors.index.json']

type Left = Pick<TunedModelParts, 'adapterDir' | 'trainedDir'>

const folderOf = (left: Left | null): string | null => left && (left.adapterDir ?? left.trainedDir)

function whatIsLeft(runDir: string, names: readonly string[]): Left | null {
  for (const dir of names.map((name) => join(runDir, name))) {
    if (existsSync(join(dir, adapterWeights))) return { adapterDir: dir, trainedDir: null }
    if (modelWeights.some((name) => existsSync(join(dir, name)))) return { adapterDir: null, trainedDir: dir }
  }
  return null
}

/** Throws BASE_CHANGED where its base is not, or is no longer, the one that it was trained on. */
export async function readTunedModel(
  { modelDir, baseQuantization, settings, score: said, ...parts }: TunedModelParts,
  { modelTexts, threads, device = settings.device ?? 'auto' }: OpenedHow
): Promise<TunedModel> {
  const { adapterDir, trainedDir, systemPrompt } = parts
  const model = await readModel(modelDir, modelTexts)
  await checkBase(model, parts.baseMark)
  const modelText = await modelTexts.get(model)
  const score = said ?? scoredLabelsOf(model.config)
  const before = adapterDir === null ? 0 : await virtualTokensIn(adapterDir)
  const room = textRoom(model.maxPositionEmbeddings, before)
  const encoding: EncodeOptions = {
    modelText,
    maxSeqLength: Math.min(settings.maxSeqLength, room),
    lossOn: settings.lossOn,
    systemPrompt
  }
  const open = {
    modelDir: trainedDir ?? model.dir,
    ...(adapterDir !== null && { adapterDir }),
    baseQuantization,
    tokens: modelText.marks.idLimit,
    ...{ threads, device },
    ...(score && { score: { labels: score.labels.length, problem: score.problem } }),
    maxContext: score ? 0 : Math.min(room, longestContext),
    maxTokens: Math.max(encoding.maxSeqLength, leastTokens),
    ...(before > 0 && { before })
  }
  return {
    ...parts,
    model,
    modelText,
    isTuned: adapterDir !== null || trainedDir !== null,
    mark: parts.service
      ? Object.values(parts.service).join(' ')
      : await weightsMark(adapterDir ?? trainedDir),
    markBefore: await timeMark(adapterDir ?? trainedDir),
    encoding,
    open,
    openBase: trainedDir === null ? open : { ...open, modelDir: model.dir },
    stopTokens: stopTokensOf(model, modelText),
    ...(score && { score })
  }
}

/** What was learnt on one base answers otherwise on another, and nobody would see it. */
export async function checkBase(model: Model, mark: string | undefined): Promise<void> {
  if (mark !== undefined && !(await hasMark(model, mark)))
    throw new NeiroError('BASE_CHANGED', { dir: model.dir })
}

/** What the result of a run, or the best so far, is told by, for whoever only names it; '' where it has none here. */
export const resultMark = (runDir: string): Promise<string> => weightsMark(weightsOf(runDir))

/** The same, and as versions before this one told it; null where its weights are not here: nothing can be told of them. */
export async function resultMarks(runDir: string): Promise<readonly string[] | null> {
  const dir = weightsOf(runDir)
  return dir === null ? null : Promise.all([weightsMark(dir), timeMark(dir)])
}

const weightsOf = (runDir: string): string | null => folderOf(whatIsLeft(runDir, resultFolders))

async function timeMark(dir: string | null): Promise<string> {
  if (dir === null) return ''
  const names = [adapterWeights, ...modelWeights].map((name) => join(dir, name))
  const { mtimeMs, size } = await stat(names.find((name) => existsSync(name)) ?? dir)
  return `${size}-${mtimeMs}`
}
