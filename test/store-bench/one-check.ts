// A program for a process of its own: a file taken into a project as the app takes it, and checked as the window has it checked,
// while somebody goes on turning pages. Says as JSON how long each step took, how long this process was silent at the longest
// meanwhile, how long the slowest page took, and what memory each process had at its largest.
import { openRoom, projectDir } from './room'
import { Recorder } from './recorder'
import { CheckUps } from '../../main/services/doctor/check-ups'
import { TwoCheckers } from '../../main/keeper/two-checkers'
import { Workshop } from '../../main/workshop/workshop'
import { peakMemory } from '../reading-bench/peak-memory'
import { ProcessorTimes } from './processor-times'

const [workshopProgram = '', keeperProgram = '', modelDir = '', path = '', repairs = 'yes'] =
  process.argv.slice(2)
const dir = projectDir()
const onLog = (line: string): void => console.error(line)
const workshop = new Workshop({ program: workshopProgram, onLog })
const { data, keeper } = openRoom({ dir, keeperProgram, modelDir, workshop })
const checkers = new TwoCheckers({ program: keeperProgram, onLog })
const checkUps = new CheckUps({ data, keeper: checkers, goalOf: async () => 'tone', language: () => 'ja' })
workshop.warm()
await new Promise((resolve) => setTimeout(resolve, 1500))

const steps = new Recorder()
const peaks = { keeper: 0, checkers: [0, 0] }
const times = new ProcessorTimes()
const look = setInterval(() => {
  times.look([process.pid, keeper.pid ?? 0, ...checkers.pids, ...workshop.pids])
  peaks.keeper = Math.max(peaks.keeper, peakMemory(keeper.pid ?? 0))
  checkers.pids.forEach((pid, i) => (peaks.checkers[i] = Math.max(peaks.checkers[i] ?? 0, peakMemory(pid))))
}, 100)

const page = { dir, offset: 0, limit: 50, search: '' }
const { examples } = await steps.timed('import', () => data.add({ dir, fileIds: [path] }))
await steps.timed('first page', () => data.rows(page))
for (const order of ['question', 'longest'] as const) {
  await steps.timed(`first page by ${order}`, () => data.rows({ ...page, order }))
  await steps.timed(`next page by ${order}`, () => data.rows({ ...page, order, offset: 50 }))
}

let slowestPage = 0
let turning = true
const turn = async (): Promise<void> => {
  for (let i = 0; turning; i++) {
    const begun = performance.now()
    await data.rows({ ...page, offset: (i * 7919) % examples })
    slowestPage = Math.max(slowestPage, performance.now() - begun)
    await new Promise((resume) => setTimeout(resume, 250))
  }
}
const turned = turn()
times.begin()
const checked = await steps.timed('check-up', () => checkUps.get({ dir, keep: 'first' }))
const worked = times.all
const given = checkUps.get({ dir, keep: 'last' }).catch((error: { code?: string }) => error.code)
await new Promise((resume) => setTimeout(resume, 2000))
await steps.timed('given up', async () => {
  await checkUps.cancel({ dir })
  if ((await given) !== 'CANCELLED') throw new Error('was not given up')
})
turning = false
await turned
for (const finding of ['duplicates', 'personal-data'] as const)
  if (repairs === 'yes' && checked.findings.some(({ kind }) => kind === finding))
    await steps.timed(`repair ${finding}, with a new check-up`, async () => {
      await checkUps.get({ dir, keep: 'first' })
      await checkUps.repair({ dir, finding, keep: 'first' })
    })
await steps.timed('first page after repairs', () => data.rows(page))
await steps.timed('search after repairs', () => data.rows({ ...page, search: '恩師' }))
clearInterval(look)
const others = workshop.pids.map((pid) => peakMemory(pid))
for (const one of [keeper, checkers, workshop]) one.close()
const findings = checked.findings.map(({ kind, count }) => ({ kind, count }))
const memory = { own: peakMemory(process.pid), ...peaks, workshop: others }
console.log(JSON.stringify({ dir, examples, findings, steps: steps.steps, memory, slowestPage, worked }))
