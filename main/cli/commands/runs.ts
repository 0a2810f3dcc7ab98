// neiro runs: the list of trainings, or one of them in full.
import type { RunRecord } from '../../contract/records'
import { wordsOf } from '../../words/errors'
import { readMetrics, listRuns } from '../../services/runs/run-folder'
import { resultDirOf } from '../../services/runs/tuned-model'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { findRun, runWord } from '../find-run'
import { runFlag } from '../flags'
import { decimal, printable, result } from '../format'
import { table } from '../table'

export const runs: Command = {
  name: 'runs',
  summary: { ja: '学習の一覧、または一つの詳細を表示します', en: 'list trainings, or show one of them' },
  usage: '[--run NAME]',
  positionals: { min: 0, max: 0 },
  flags: [runFlag],
  examples: [
    ['neiro runs', { ja: '新しい順の一覧', en: 'all of them, newest first' }],
    ['neiro runs --run latest', { ja: '最後の学習の経過', en: 'how the newest one went' }]
  ],
  events: [
    ['run', 'id dir name state createdAt modelName step totalSteps lastLoss best error'],
    ['evaluation', 'step epoch figures by best']
  ],
  run: runRuns
}

async function runRuns(args: Arguments, context: Context): Promise<number> {
  const { places } = context
  const name = args.text('run')
  if (name !== undefined) await showOne(context, await findRun(name, places.runsDir))
  else showList(context, await listRuns(places.runsDir))
  return 0
}

function showList({ out, words, places, language }: Context, all: readonly RunRecord[]): void {
  for (const run of all) out.event('run', { ...run })
  if (all.length === 0) {
    out.line(words.runs.none(places.runsDir))
    return
  }
  const rows = all.map((run) => [
    printable(run.id),
    words.runs.states[run.state],
    `${run.step}/${run.totalSteps}`,
    run.lastLoss === null ? '–' : decimal(run.lastLoss),
    run.best === null ? '–' : result(run.best, language),
    printable(run.modelName)
  ])
  const lines = table([words.runs.head, ...rows], ['left', 'left', 'right', 'right', 'right', 'left'])
  lines.forEach((line, at) => out.line(at === 0 ? out.style(line, 'dim') : line))
}

async function showOne({ out, words, places, language }: Context, run: RunRecord): Promise<void> {
  out.event('run', { ...run })
  const resultDir = resultDirOf(run.dir)
  const rows = [
    [words.runs.name, printable(run.name)],
    [words.runs.state, `${words.runs.states[run.state]} (${run.step}/${run.totalSteps})`],
    [words.runs.model, printable(run.modelName)],
    [words.runs.created, run.createdAt.slice(0, 16).replace('T', ' ')],
    [words.runs.folder, run.dir],
    ...(resultDir === null ? [] : [[words.runs.result, resultDir]])
  ]
  for (const line of table(rows)) out.line(line)
  if (run.error) {
    const says = wordsOf(run.error, language)
    out.warning(`${says.message} ${says.hint}`)
  }
  const evaluations = (await readMetrics(run.dir)).flatMap((line) =>
    line.kind === 'evaluation' ? [line] : []
  )
  if (evaluations.length > 0) {
    out.line()
    out.line(out.style(words.runs.evaluations, 'bold'))
    const lines = evaluations.map((line) => [
      `${line.step}`,
      Object.entries(line.figures)
        .map(([figure, value]) => result({ figure, value }, language))
        .join('  '),
      line.best ? words.runs.best : ''
    ])
    for (const { kind: _, ...line } of evaluations) out.event('evaluation', line)
    for (const line of table(lines, ['right', 'right', 'left'])) out.line(`  ${line}`)
  }
  const word = runWord(run.dir, places.runsDir)
  out.line()
  if (resultDir !== null) out.line(`  neiro chat --run ${word}`)
  else if (run.state !== 'running') out.line(`  neiro tune --resume ${word}`)
}
