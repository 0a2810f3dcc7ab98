// A program for a process of its own: a file taken into a project as the app takes it, then everything that the data room
// asks of it. Says as JSON how long each step took, how long this process was silent at the longest meanwhile, and what
// memory each process had at its largest.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostedKeeper } from '../../main/keeper/hosted-keeper'
import { DataSets } from '../../main/services/dataset/data-sets'
import { LengthsOfSets } from '../../main/services/dataset/view/set-lengths'
import { readModel } from '../../main/services/models/read-model'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import { Workshop } from '../../main/workshop/workshop'
import { peakMemory } from '../reading-bench/peak-memory'
import { Silence } from '../workshop/silence'

const [workshopProgram = '', keeperProgram = '', modelDir = '', path = '', word = ''] = process.argv.slice(2)
const dir = mkdtempSync(join(tmpdir(), 'neiro-set-'))
mkdirSync(join(dir, 'data'))
writeFileSync(join(dir, 'project.json'), JSON.stringify(project()))

const onLog = (line: string): void => console.error(line)
const steps: { readonly step: string; readonly ms: number; readonly silent: number }[] = []

const workshop = new Workshop({ program: workshopProgram, onLog })
const first = open()
workshop.warm()
await new Promise((resolve) => setTimeout(resolve, 1500))

const view = await timed('import', () => first.data.add({ dir, fileIds: [path] }))
const page = { dir, offset: 0, limit: 50, search: '' }
await timed('first page', () => first.data.rows(page))
await timed('a page in the middle', () => first.data.rows({ ...page, offset: Math.floor(view.examples / 2) }))
const found = await timed('search', () => first.data.rows({ ...page, search: word }))
await timed('next page of the search', () => first.data.rows({ ...page, offset: 50, search: word }))
await timed('edit', () => first.data.editExample({ dir, index: 7, answer: '直した' }))
await timed('leave out', () => first.data.editExample({ dir, index: 8, removed: true }))
const { lastChange } = await first.data.get({ dir })
await timed('undo', () => first.data.undo({ dir, entry: lastChange?.entry ?? 0 }))
await timed('normalise', () => first.data.setNormalisation({ dir, kind: 'full-width-ascii', applied: true }))
if (modelDir !== '') await timed('lengths', () => first.data.histogram({ dir, maxSeqLength: 512 }))
const keeper = peakMemory(first.keeper.pid ?? 0)
first.keeper.close()

const second = open()
await timed('after a new start: first page', () => second.data.rows(page))
await timed('a keeper that was killed: first page', async () => {
  process.kill(second.keeper.pid as number, 'SIGKILL')
  return second.data.rows(page)
})
const again = peakMemory(second.keeper.pid ?? 0)
const others = workshop.pids.map((pid) => peakMemory(pid))
second.keeper.close()
workshop.close()
const memory = { own: peakMemory(process.pid), keeper: Math.max(keeper, again), workshop: others }
console.log(JSON.stringify({ dir, examples: view.examples, found: found.total, steps, memory }))

/** The data rooms with a keeper of their own. */
function open(): { readonly data: DataSets; readonly keeper: HostedKeeper } {
  const keeper = new HostedKeeper({ program: keeperProgram, onLog })
  const data = new DataSets({
    files: { pathOf: (id) => id, letGo: async () => undefined },
    onProgress: () => undefined,
    language: () => 'ja',
    modelOf: async () => (modelDir === '' ? null : { model: await readModel(modelDir), systemPrompt: '' }),
    reader: workshop.reader,
    keeper,
    spareDir: join(dir, 'spare'),
    modelTexts: new ModelTexts((source, names) => workshop.openModelText(source, names)),
    lengths: new LengthsOfSets(),
    starterModelDir: modelDir,
    sampleDir: ''
  })
  return { data, keeper }
}

async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const silence = new Silence()
  const begun = performance.now()
  const result = await work()
  const ms = performance.now() - begun
  steps.push({ step, ms, silent: silence.end() })
  return result
}

function project(): object {
  return {
    ...{ version: 1, id: 'p', name: 'n', company: '', goal: 'tone', step: 'data', reached: 'data' },
    answers: { useCase: null, tried: null, newFacts: null, volume: null },
    ...{ sample: false, modelId: null, systemPrompt: '', chosenRun: null },
    ...{ createdAt: '2026-01-01T00:00:00Z', openedAt: '2026-01-01T00:00:00Z' }
  }
}
