// neiro runs: the list of trainings, or one of them in full.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '../../contract/language'
import type { RunView, TrainedOn } from '../../contract/window/training'
import { whyNoGpu } from '../../words/gpu'
import { baseRunName, runNameIn } from '../../words/run-name'
import { wordsOf } from '../../words/errors'
import { runsDirOf } from '../../services/runs/run-store'
import { readRunFile } from '../../services/runs/run-file'
import { resultDirOf } from '../../services/runs/tuned-model'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { findRun, runWord, wordAmong } from '../find-run'
import { runFlag } from '../flags'
import { decimal, printable, result } from '../format'
import { table } from '../table'

export const runs: Command = {
  name: 'runs',
  usage: '[--run NAME]',
  positionals: { min: 0, max: 0 },
  flags: [runFlag],
  examples: ['neiro runs', 'neiro runs --run latest'],
  events: [
    ['run', 'id dir name project state createdAt modelName step totalSteps lastLoss best trainedOn error'],
    ['evaluation', 'step epoch figures by best']
  ],
  run: runRuns
}

async function runRuns(args: Arguments, context: Context): Promise<number> {
  const { store } = context.parts
  const word = args.text('run')
  const names = await store.projectNames()
  const projectOf = (run: RunView): string | null => names.get(run.project ?? '') ?? null
  if (word !== undefined) {
    const run = await findRun(word, store)
    await showOne(context, run, projectOf(run))
  } else await showList(context, await store.list(), projectOf)
  await sayTorn(context)
  return 0
}

/** A list that a failing disk tore gave back what could be read; what else stood in it is in what was kept of it. */
async function sayTorn({ out, words, places }: Context): Promise<void> {
  const names = await readdir(places.neiroHome).catch(() => [])
  const torn = names.filter((name) => /-elsewhere\.torn(-\d+)?\.json$/.test(name))
  for (const name of torn) out.warning(words.runs.torn(join(places.neiroHome, name)))
}

async function showList(
  { out, words, parts, language }: Context,
  all: readonly RunView[],
  projectOf: (run: RunView) => string | null
): Promise<void> {
  for (const run of all) out.event('run', record(run, projectOf(run)))
  if (all.length === 0) {
    out.line(words.runs.none(runsDirOf(parts.storage.dir)))
    return
  }
  const known = await parts.store.places()
  const queued = await queuedAmong(all)
  const rows = all.map((run) => [
    printable(wordAmong(known, run.dir)),
    printable(runNameIn(run.name, language)),
    printable(projectOf(run) ?? '–'),
    queued.has(run.id) ? words.runs.queued : words.runs.states[run.state],
    `${run.step}/${run.totalSteps}`,
    run.lastLoss === null ? '–' : decimal(run.lastLoss),
    run.best === null ? '–' : result(run.best, language, run.settings.method),
    printable(baseNameOf(run, language))
  ])
  const lines = table(
    [words.runs.head, ...rows],
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'left']
  )
  lines.forEach((line, at) => out.line(at === 0 ? out.style(line, 'dim') : line))
}

/** Those that stand in the queue of the window, which this process does not know: not begun, or behind what trains now. */
async function queuedAmong(all: readonly RunView[]): Promise<ReadonlySet<string>> {
  const busy = all.some(({ state }) => state === 'running')
  const resting = all.filter(({ state, step }) => state === 'paused' && (busy || step === 0))
  const wanted = await Promise.all(resting.map(async ({ dir }) => (await readRunFile(dir))?.queuedAt ?? null))
  return new Set(resting.filter((_, at) => wanted[at] !== null).map(({ id }) => id))
}

/** What of a run is said to programs. */
function record(run: RunView, project: string | null): Record<string, unknown> {
  const { id, dir, name, state, createdAt, modelName, step, totalSteps, lastLoss, best, trainedOn, error } =
    run
  const place = { id, dir, name, project, state, createdAt, modelName }
  return { ...place, step, totalSteps, lastLoss, best, trainedOn, error }
}

/** What it began with: a model, or the run that learnt one whole. */
const baseNameOf = ({ baseRun, modelName }: RunView, language: Language): string =>
  baseRunName(baseRun, language) ?? modelName

/** "GPU (NVIDIA ...)", "CPU", "CPU (it does not fit ...)" */
function trainedText({ gpu, notOnGpu }: TrainedOn, language: Language): string {
  if (gpu !== null) return `GPU (${printable(gpu)})`
  return notOnGpu === 'GPU_MEMORY' ? `CPU (${whyNoGpu(notOnGpu, language)})` : 'CPU'
}

async function showOne(
  { out, words, parts, language }: Context,
  run: RunView,
  project: string | null
): Promise<void> {
  out.event('run', record(run, project))
  const resultDir = resultDirOf(run.dir)
  const isQueued = (await queuedAmong(await parts.store.list())).has(run.id)
  const state = isQueued ? words.runs.queued : words.runs.states[run.state]
  const rows = [
    [words.runs.name, printable(runNameIn(run.name, language))],
    ...(project === null ? [] : [[words.runs.project, printable(project)]]),
    [words.runs.state, `${state} (${run.step}/${run.totalSteps})`],
    [words.runs.model, printable(baseNameOf(run, language))],
    [words.runs.created, run.createdAt.slice(0, 16).replace('T', ' ')],
    ...(run.trainedOn ? [[words.runs.device, trainedText(run.trainedOn, language)]] : []),
    [words.runs.folder, run.dir],
    ...(resultDir === null ? [] : [[words.runs.result, resultDir]])
  ]
  for (const line of table(rows)) out.line(line)
  if (run.error) {
    const says = wordsOf(run.error, language)
    out.warning(`${says.message} ${says.hint}`)
  }
  const { evaluations } = await parts.store.figures(await parts.store.placeAt(run.dir))
  if (evaluations.length > 0) {
    out.line()
    out.line(out.style(words.runs.evaluations, 'bold'))
    const lines = evaluations.map((line) => [
      `${line.step}`,
      Object.entries(line.figures)
        .map(([figure, value]) => result({ figure, value }, language, run.settings.method))
        .join('  '),
      line.best ? words.runs.best : ''
    ])
    for (const { kind: _, ...line } of evaluations) out.event('evaluation', line)
    for (const line of table(lines, ['right', 'right', 'left'])) out.line(`  ${line}`)
  }
  const word = await runWord(run.dir, parts.store)
  out.line()
  if (resultDir !== null) out.line(`  neiro chat --run ${word}`)
  else if (run.state !== 'running' && !isQueued) out.line(`  neiro tune --resume ${word}`)
}
