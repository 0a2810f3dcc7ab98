// A program for a process of its own: a file taken into a project as the app takes it, then everything that the data room
// asks of it. Says as JSON how long each step took, how long this process was silent at the longest meanwhile, and what
// memory each process had at its largest.
import { Workshop } from '../../main/workshop/workshop'
import { busySeconds } from '../reading-bench/busy-seconds'
import { peakMemory } from '../reading-bench/peak-memory'
import { Recorder } from './recorder'
import { openRoom, projectDir } from './room'

const [workshopProgram = '', keeperProgram = '', modelDir = '', path = '', word = ''] = process.argv.slice(2)
const dir = projectDir()
const workshop = new Workshop({ program: workshopProgram, onLog: (line) => console.error(line) })
const open = (): ReturnType<typeof openRoom> => openRoom({ dir, keeperProgram, modelDir, workshop })
const first = open()
const recorder = new Recorder()
const timed = recorder.timed.bind(recorder)
workshop.warm()
await new Promise((resolve) => setTimeout(resolve, 1500))

const allPids = (): readonly number[] => [process.pid, first.keeper.pid ?? 0, ...workshop.pids]
const before = new Map(allPids().map((pid) => [pid, busySeconds(pid)]))
const view = await timed('import', () => first.data.add({ dir, fileIds: [path] }))
const busy = allPids().map((pid) => busySeconds(pid) - (before.get(pid) ?? 0))
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
console.log(
  JSON.stringify({ dir, examples: view.examples, found: found.total, steps: recorder.steps, busy, memory })
)
