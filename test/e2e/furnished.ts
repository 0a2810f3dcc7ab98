// A data folder as a user leaves it: the sample project with a finished quick try, its comparison and an export,
// and a project of one's own that waits in the data room. Made through the app itself, without a window; the suites
// of one test run each get a copy of what the first of them made.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, type App } from '../../main/app'
import type { RunView } from '../../main/contract/window/training'
import type { Language } from '../../main/contract/language'
import { places } from '../fixtures/places'
import { japanesePairs, writeCp932, writeExcel } from './office-files'
import { until } from './until'

export interface Furnished {
  readonly sample: string
  readonly run: string
  readonly own: string
  readonly ownName: string
}

const words = {
  ja: { sample: '見本の口調', own: 'サポート返信', company: 'こもれび文具', ask: 'ギフト包装はできますか。' },
  en: {
    sample: 'Sample tone',
    own: 'Support replies',
    company: 'Komorebi Stationery',
    ask: 'Do you wrap gifts?'
  }
} as const

/** The app on a data folder below `folder`, as both shells make it. */
export function openApp(folder: string, language: Language): Promise<App> {
  const neiroHome = join(folder, 'neiro')
  return createApp({
    places: { ...places, neiroHome, logFile: join(neiroHome, 'neiro.log') },
    log: () => undefined,
    hooks: {},
    language
  })
}

export async function furnish(folder: string, language: Language): Promise<Furnished> {
  const run = process.env['NEIRO_TEST_RUN']
  if (!run) return make(folder, language)
  const first = join(run, `furnished-${language}`)
  const result = join(first, 'furnished.json')
  if (!existsSync(result)) {
    rmSync(first, { recursive: true, force: true })
    const furnished = await make(first, language)
    writeFileSync(result, JSON.stringify(furnished))
  }
  cpSync(first, folder, { recursive: true, preserveTimestamps: true })
  rmSync(join(folder, 'furnished.json'))
  // the ledger of exports is all that knows the folder's place
  const ledgers = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('exports.json')
  )
  for (const name of ledgers) {
    const ledger = join(folder, name)
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replaceAll(asJson(first), asJson(folder)))
  }
  return JSON.parse(readFileSync(result, 'utf8')) as Furnished
}

const asJson = (path: string): string => JSON.stringify(path).slice(1, -1)

async function make(folder: string, language: Language): Promise<Furnished> {
  const say = words[language]
  const app = await openApp(folder, language)
  mkdirSync(folder, { recursive: true })
  const excel = join(folder, 'FAQ_2026年度.xlsx')
  const table = join(folder, '問い合わせ履歴_過去分.csv')
  writeExcel(excel, japanesePairs().slice(0, 60))
  writeCp932(table, [...japanesePairs().slice(60, 110), { question: '在庫はありますか', answer: '' }])
  try {
    await app.call('app.setSettings', { language })
    const own = await app.call('projects.create', { name: say.own, company: say.company, sample: false })
    const refs = await app.addPaths([excel, table])
    await app.call('data.add', { project: own.id, fileIds: refs.map((ref) => ref.id) })
    const [model] = await app.call('models.list', {})
    await app.call('projects.update', {
      id: own.id,
      step: 'train',
      modelId: model?.id ?? '',
      answers: { useCase: 'reply', tried: 'yes', newFacts: 'no', volume: 'some' }
    })
    await app.call('projects.update', { id: own.id, step: 'data' })

    const sample = await app.call('projects.create', { name: say.sample, company: '', sample: true })
    const run = await train(app, sample.id, [say.ask])
    await app.call('projects.update', { id: sample.id, chosenRun: run.id })
    await compare(app, run.id)
    await exported(app, run.id)
    await app.call('projects.update', { id: sample.id, step: 'export' })
    return { sample: sample.id, run: run.id, own: own.id, ownName: say.own }
  } finally {
    await app.close()
  }
}

/** whoever waits for all of it has a limit of their own; on a busy machine a training alone may take minutes */
const patience = 900_000

/** Starts the quick try of a project and waits for its end. */
export async function train(app: App, project: string, questions: readonly string[]): Promise<RunView> {
  const presets = await app.call('train.presets', { project })
  const quick = presets.find((preset) => preset.key === 'quick')
  if (!quick) throw new Error('no quick try')
  const { id } = await app.call('runs.startRun', {
    project,
    preset: 'quick',
    settings: quick.settings,
    part: quick.part,
    questions
  })
  return until(async () => {
    const run = await app.call('runs.get', { id })
    if (run.state === 'failed') throw new Error(JSON.stringify(run.error))
    return run.state === 'finished' ? run : null
  }, patience)
}

async function compare(app: App, run: string): Promise<void> {
  await app.call('evaluation.start', { run, limit: 30 })
  await until(async () => (await app.call('evaluation.get', { run })).state === 'done' || null, patience)
}

async function exported(app: App, run: string): Promise<void> {
  const { id } = await app.call('exports.start', { run, kind: 'merged', target: null, dtype: 'BF16' })
  await until(async () => {
    const record = (await app.call('exports.list', { run })).find((one) => one.id === id)
    if (record?.state === 'failed') throw new Error(JSON.stringify(record.error))
    return record?.state === 'done' || null
  }, patience)
}
