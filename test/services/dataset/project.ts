// A project folder for the tests of the data set, and its data room with everything at hand.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Events } from '../../../main/contract/channels'
import type { Example } from '../../../main/contract/records'
import type { Language } from '../../../main/contract/language'
import { DataSets, type ChosenModel } from '../../../main/services/dataset/data-sets'
import { FileRefs } from '../../../main/services/files/file-refs'
import type { FileReader } from '../../../main/services/dataset/read/file-reader'
import { readingHere } from '../../../main/services/dataset/read/reading-here'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { examplesOf, type Keeper } from '../../../main/services/dataset/set/kept-set'
import type { Split } from '../../../main/services/dataset/set/split'
import { settingRows } from '../../../main/contract/settings'
import { LengthsOfSets } from '../../../main/services/dataset/view/set-lengths'
import type { ModelText } from '../../../main/services/tokens/model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { said } from '../reading/reading'

export const sampleDir = resolve(import.meta.dirname, '../../../resources/sample')

export interface Room {
  readonly dir: string
  readonly data: DataSets
  readonly files: FileRefs
  readonly progress: Events['data.progress'][]
  /** adds files that lie anywhere */
  add(...paths: string[]): ReturnType<DataSets['add']>
  ids(...paths: string[]): Promise<string[]>
  log(): string
  /** takes back the last change, as the button does */
  undo(): ReturnType<DataSets['undo']>
}

export interface RoomGiven {
  readonly dir?: string
  readonly sample?: boolean
  /** absent: read where the test is */
  readonly reader?: FileReader
  /** absent: held where the test is */
  readonly keeper?: Keeper
  readonly model?: ChosenModel & { readonly modelText: ModelText }
  readonly language?: Language
  readonly onProgress?: (progress: Events['data.progress']) => void
}

export function newProject(sample = false): string {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-project-'))
  const file = {
    ...{ version: 1, id: 'project-1', name: 'n', company: '', goal: 'tone', step: 'data', reached: 'data' },
    answers: { useCase: null, tried: null, newFacts: null, volume: null },
    ...{ sample, modelId: null, systemPrompt: '', chosenRun: null },
    ...{ createdAt: '2026-01-01T00:00:00Z', openedAt: '2026-01-01T00:00:00Z' }
  }
  writeFileSync(join(dir, 'project.json'), JSON.stringify(file))
  return dir
}

export function room(given: RoomGiven = {}): Room {
  const dir = given.dir ?? newProject(given.sample)
  const files = new FileRefs()
  const progress: Events['data.progress'][] = []
  const data = new DataSets({
    reader: given.reader ?? readingHere,
    keeper: given.keeper ?? new KeepingHere(),
    spareDir: join(dir, '..', 'neiro-spare'),
    lengths: new LengthsOfSets(),
    modelTexts: new ModelTexts(async () => {
      if (!given.model) throw new Error('no model')
      return given.model.modelText
    }),
    files,
    sampleDir,
    starterModelDir: '/nowhere',
    language: () => given.language ?? 'ja',
    modelOf: async () => given.model ?? null,
    onProgress: (told) => {
      progress.push(told)
      given.onProgress?.(told)
    }
  })
  const ids = (...paths: string[]): Promise<string[]> =>
    Promise.all(paths.map(async (path) => (await files.add(path)).id))
  return {
    dir,
    data,
    files,
    progress,
    ids,
    add: async (...paths) => data.add({ dir, project: 'project-1', fileIds: await ids(...paths) }),
    undo: async () => {
      const { lastChange } = await data.get({ dir, project: 'project-1' })
      return data.undo({ dir, project: 'project-1', entry: lastChange?.entry ?? 0 })
    },
    log: () => readFileSync(join(dir, 'data', 'log.jsonl'), 'utf8')
  }
}

/** What a training of this share would learn, and what it would hold out. */
export async function splitAt({ data, dir }: Room, share = settingRows.heldOutRatio.default): Promise<Split> {
  const set = await data.learntSet(dir)
  const held = await set.ask('division', { share })
  const part = async (side: 0 | 1): Promise<Example[]> => {
    const examples: Example[] = []
    for await (const some of examplesOf(set, { held, side })) examples.push(...some)
    return examples
  }
  return { train: await part(0), heldOut: await part(1) }
}

export async function learnt(here: Room): Promise<{ train: string[]; heldOut: string[] }> {
  const { train, heldOut } = await splitAt(here)
  return { train: train.map(said), heldOut: heldOut.map(said) }
}

/** A table of so many different pairs. */
export function faq(count: number, from = 1): string {
  const rows = Array.from(
    { length: count },
    (_, i) => `質問${from + i}番はどうしますか,回答${from + i}番です。`
  )
  return `質問,回答\n${rows.join('\n')}\n`
}

export function writeFile(dir: string, name: string, content: string): string {
  const path = join(dir, name)
  mkdirSync(resolve(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}
