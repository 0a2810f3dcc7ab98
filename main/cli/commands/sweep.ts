// neiro sweep: which settings? Each combination is trained for a few updates, the better half of them for twice as many, and
// so on; what is left is said as the command that uses it. Broken off, the same command goes on with the runs that are there.
import { createHash } from 'node:crypto'
import type { SettingKey, Settings } from '../../contract/settings'
import type { Recipe } from '../../contract/settings'
import { diskName, flagName, settingFromText, settingKeys } from '../../services/recipes/setting-values'
import type { RunView } from '../../contract/window/training'
import type { RunPlace } from '../../services/runs/run-view'
import {
  isTriable,
  rungsOf,
  settingsOfRung,
  survivorsOf,
  trialsOf,
  type Rung,
  type Trial,
  type Tried
} from '../../services/runs/sweep'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { interruptedExit, type Context } from '../context'
import { recipeFlags } from '../flags'
import { decimal } from '../format'
import { startKeys } from '../../contract/start-keys'
import { recipeFrom } from '../recipe-arguments'
import { table } from '../table'
import { prepare, train } from '../training'

export const sweep: Command = {
  name: 'sweep',
  usage: '[recipe.yaml] [--model DIR --data FILE…] --try NAME=VALUE,VALUE…',
  positionals: { min: 0, max: 1 },
  settings: true,
  flags: [
    ...recipeFlags,
    { name: 'try', kind: 'texts', value: 'NAME=A,B' },
    { name: 'steps', kind: 'integer', value: 'N' }
  ],
  examples: [
    'neiro sweep --model starter --data faq.csv --try lora-rank=8,16,32 --try learning-rate=1e-4,3e-4',
    'neiro sweep recipe.yaml --try learning-rate=1e-4,3e-4,1e-3 --steps 50'
  ],
  events: [
    ['rung', 'number steps runs'],
    ['trial', 'rung number settings run loss'],
    ['result', 'settings loss trials']
  ],
  run: runSweep
}

/** enough to tell the hopeless from the others */
const firstSteps = 40

interface Measured {
  readonly trial: Trial
  readonly run: string
  /** least on what was held out; null: it failed */
  readonly loss: number | null
}

async function runSweep(args: Arguments, context: Context): Promise<number> {
  const { out, words } = context
  const recipe = await recipeFrom(args, { data: true }, context)
  const tried = triedFrom(args)
  // what the start decides is tried in one way only
  const own = recipe.start === undefined ? undefined : tried.find(([key]) => startKeys.includes(key))
  if (own) throw new UsageError('FLAGS_CLASH', { a: '--start', b: `--try ${flagName(own[0])}` })
  const steps = args.number('steps') ?? firstSteps
  if (steps < 1) throw new UsageError('BAD_TRY', { text: `--steps ${steps}` })
  let trials = trialsOf(tried)
  const mark = markOf(recipe, tried, steps)
  const rungs = rungsOf(trials.length, steps)
  const all: Measured[] = []
  let last: readonly Measured[] = []
  for (const rung of rungs) {
    out.event('rung', { ...rung })
    out.line()
    out.line(out.style(words.sweep.rung(rung.number + 1, rungs.length, trials.length, rung.steps), 'bold'))
    const measured: Measured[] = []
    for (const trial of trials) {
      const name = `sweep ${mark} ${rung.number + 1}-${trial.number}`
      const settings = settingsOfRung(recipe.settings, trial, rung)
      const one = await measure(context, { ...recipe, name, settings }, trial, rung)
      if (one === 'paused') return interruptedExit
      measured.push(one)
    }
    const next = rungs[rung.number + 1]
    last = survivorsOf(measured, next?.runs ?? measured.length)
    all.push(...measured)
    reportRung(context, measured, new Set((next ? last : last.slice(0, 1)).map(({ trial }) => trial.number)))
    if (last.length === 0) break
    trials = last.map(({ trial }) => trial)
  }
  const [best] = last
  out.event('result', {
    settings: best ? onDisk(best.trial) : null,
    loss: best?.loss ?? null,
    trials: all.map(({ trial, run, loss }) => ({ ...onDisk(trial), run, loss }))
  })
  out.line()
  if (!best) {
    out.line(words.sweep.allFailed)
    return 1
  }
  out.line(out.style(words.sweep.best, 'bold'))
  out.line(`  neiro tune … ${flagsOf(best.trial)}`)
  out.line(words.sweep.note)
  return 0
}

/** The run of a trial: the one that is there, gone on with where it was broken off, or a new one. */
async function measure(
  context: Context,
  recipe: Recipe,
  trial: Trial,
  rung: Rung
): Promise<Measured | 'paused'> {
  const { parts, out } = context
  const { store } = parts
  const kept = (await viewsOf(context)).find(({ view }) => view.name === recipe.name)
  const place = kept?.place ?? (await prepare(context, recipe))
  if (kept?.view.state !== 'finished' && kept?.view.state !== 'failed')
    if ((await train(context, place)) === 'paused') return 'paused'
  const { best, state } = await store.view(place)
  const loss = state === 'finished' && best?.figure === 'loss' ? best.value : null
  out.event('trial', {
    rung: rung.number,
    number: trial.number,
    settings: onDisk(trial),
    run: place.dir,
    loss
  })
  return { trial, run: place.dir, loss }
}

async function viewsOf({ parts }: Context): Promise<readonly { place: RunPlace; view: RunView }[]> {
  const found: { place: RunPlace; view: RunView }[] = []
  for (const place of await parts.store.places()) found.push({ place, view: await parts.store.view(place) })
  return found
}

function reportRung({ out, words }: Context, measured: readonly Measured[], go: ReadonlySet<number>): void {
  const rows = measured.map(({ trial, loss }) => [
    flagsOf(trial),
    loss === null ? words.sweep.failed : decimal(loss),
    go.has(trial.number) ? '✓' : ''
  ])
  out.line()
  for (const line of table([['', words.eval.loss, words.sweep.goesOn], ...rows], ['left', 'right', 'left']))
    out.line(`  ${line}`)
}

function triedFrom(args: Arguments): Tried {
  const tried = new Map<SettingKey, readonly Settings[SettingKey][]>()
  for (const text of args.texts('try')) {
    const [name = '', values = ''] = text.split(/=(.*)/s)
    const key = settingKeys.find((one) => flagName(one) === name || diskName(one) === name)
    if (key === undefined || !isTriable(key) || values === '') throw new UsageError('BAD_TRY', { text })
    tried.set(
      key,
      values
        .split(',')
        .map((value) => settingFromText(key, value.trim(), `--try ${name}`)) as Settings[SettingKey][]
    )
  }
  return [...tried]
}

const onDisk = ({ settings }: Trial): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [diskName(key as SettingKey), value]))

const flagsOf = ({ settings }: Trial): string =>
  Object.entries(settings)
    .map(([key, value]) => `--${flagName(key as SettingKey)} ${[value].flat().join(',')}`)
    .join(' ')

/** The same sweep finds its runs again. */
const markOf = (recipe: Recipe, tried: Tried, steps: number): string =>
  createHash('sha256')
    .update(JSON.stringify([recipe, tried, steps]))
    .digest('hex')
    .slice(0, 6)
