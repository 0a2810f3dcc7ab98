// neiro sweep: which settings? Each combination is trained for a few updates, the better half of them for twice as many, and
// so on; those that are left are held against each other with an interval. Broken off, the same command goes on with the runs that are there.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Difference } from '../../contract/evaluation'
import type { SettingKey, Settings } from '../../contract/settings'
import { rungsOf, type Rung } from '../../contract/sweep'
import type { Recipe } from '../../contract/settings'
import { diskName, flagName, settingFromText, settingKeys } from '../../services/recipes/setting-values'
import type { RunView } from '../../contract/window/training'
import type { RunPlace } from '../../services/runs/run-view'
import {
  isTriable,
  settingsOfRung,
  standingOf,
  trialsOf,
  type Outcome,
  type Standing,
  type Trial,
  type Tried
} from '../../services/runs/sweep'
import { heldOutOf } from '../../services/evaluation/held-out'
import { differencesFromFirst, lossesOf } from '../../services/evaluation/losses'
import { evaluationWords } from '../../words/evaluation'
import { sweepVerdict, sweepWords } from '../../words/sweep'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { interruptedExit, withEngine, type Context } from '../context'
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
    [
      'result',
      'settings loss verdict trials (those that came to the end with their difference from the first)'
    ]
  ],
  run: runSweep
}

/** enough to tell the hopeless from the others */
const firstSteps = 40

/** with the folder of its run */
type Trained = Outcome & { readonly run: string }

async function runSweep(args: Arguments, context: Context): Promise<number> {
  const { out, words } = context
  const recipe = await recipeFrom(args, { data: true }, context)
  const tried = triedFrom(args)
  // what the start decides is tried in one way only
  const own = recipe.start === undefined ? undefined : tried.find(([key]) => startKeys.includes(key))
  if (own) throw new UsageError('FLAGS_CLASH', { a: '--start', b: `--try ${flagName(own[0])}` })
  const steps = args.number('steps') ?? firstSteps
  if (steps < 1) throw new UsageError('BAD_TRY', { text: `--steps ${steps}` })
  const trials = trialsOf(tried)
  const mark = markOf(recipe, tried, steps)
  const rungs = rungsOf(trials.length, steps)
  const all: Trained[] = []
  let standing = standingOf(trials, rungs, all)
  for (let said = -1; !standing.ended; standing = standingOf(trials, rungs, all)) {
    const { rung, open, measured } = standing
    if (said < rung.number) {
      said = rung.number
      out.event('rung', { ...rung })
      out.line()
      const runs = open.length + measured.length
      out.line(out.style(words.sweep.rung(rung.number + 1, rungs.length, runs, rung.steps), 'bold'))
    }
    const [trial] = open
    if (!trial) break
    const name = `sweep ${mark} ${rung.number + 1}-${trial.number}`
    const settings = settingsOfRung(recipe.settings, trial, rung)
    const one = await measure(context, { ...recipe, name, settings }, trial, rung)
    if (one === 'paused') return interruptedExit
    all.push(one)
    const ofRung = all.filter((other) => other.rung === rung.number)
    if (open.length === 1) reportRung(context, trials, ofRung, goingOn(standingOf(trials, rungs, all)))
  }
  const { finalists } = standing
  const over = await differences(context, recipe, finalists, all)
  reportResult(context, trials, finalists, over, all)
  return finalists.length === 0 ? 1 : 0
}

/** Those that are trained further, or came to the end. */
const goingOn = ({ ended, open, measured, finalists }: Standing): ReadonlySet<number> =>
  new Set(
    (ended ? finalists.map(({ trial }) => trial) : [...open, ...measured.map(({ trial }) => trial)]).map(
      ({ number }) => number
    )
  )

/** Of each that came to the end, its loss less the first one's; null where its method has no loss by the token. */
async function differences(
  context: Context,
  { settings }: Recipe,
  finalists: Standing['finalists'],
  all: readonly Trained[]
): Promise<ReadonlyMap<number, Difference | null>> {
  const { parts, language, places } = context
  if (finalists.length < 2 || (settings.method !== 'sft' && settings.method !== 'full')) return new Map()
  const keptIn = join(places.neiroHome, 'sweep-losses')
  const numbers = finalists.map(({ trial }) => trial.number)
  return withEngine(context, (_, signal) =>
    differencesFromFirst(numbers, async (number) => {
      const dir = all.findLast((one) => one.trial === number)?.run ?? ''
      const tuned = await parts.tuned(await parts.store.placeAt(dir))
      const subject = { tuned, examples: await heldOutOf(dir), keptIn }
      return lossesOf(subject, { turns: parts.turns, language, signal })
    })
  )
}

function reportResult(
  { out, words, language }: Context,
  trials: readonly Trial[],
  finalists: Standing['finalists'],
  over: ReadonlyMap<number, Difference | null>,
  all: readonly Trained[]
): void {
  const [first] = finalists
  const said = sweepWords[language]
  const isLeft = (number: number): boolean => finalists.some(({ trial }) => trial.number === number)
  const verdict = sweepVerdict(
    {
      leading: first?.trial.number ?? null,
      trials: trials.map(({ number, settings }) => ({
        ...{ number, settings, losses: [], state: isLeft(number) ? 'left' : 'out' },
        over: over.get(number) ?? null
      }))
    },
    said
  )
  const settingsOf = (number: number): Record<string, unknown> => onDisk(trials[number - 1] as Trial)
  out.event('result', {
    settings: first ? onDisk(first.trial) : null,
    loss: first?.loss ?? null,
    verdict,
    trials: all.map(({ trial, run, loss }) => ({
      ...settingsOf(trial),
      run,
      loss,
      over: over.get(trial) ?? null
    }))
  })
  out.line()
  out.line(out.style(verdict, 'bold'))
  if (!first) return
  if (over.size > 0) {
    const rows = finalists.map(({ trial, loss }) => {
      const { low, high } = ((one) => one?.together ?? one ?? { low: NaN, high: NaN })(over.get(trial.number))
      const between = evaluationWords[language].interval(decimal(low), decimal(high))
      return [String(trial.number), flagsOf(trial), decimal(loss ?? NaN), Number.isNaN(low) ? '–' : between]
    })
    for (const line of table(
      [[said.number, '', words.eval.loss, said.over], ...rows],
      ['right', 'left', 'right', 'right']
    ))
      out.line(`  ${line}`)
  }
  out.line(`  neiro tune … ${flagsOf(first.trial)}`)
  out.line(said.note)
}

/** The run of a trial: the one that is there, gone on with where it was broken off, or a new one. */
async function measure(
  context: Context,
  recipe: Recipe,
  trial: Trial,
  rung: Rung
): Promise<Trained | 'paused'> {
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
  return { rung: rung.number, trial: trial.number, run: place.dir, loss }
}

async function viewsOf({ parts }: Context): Promise<readonly { place: RunPlace; view: RunView }[]> {
  const found: { place: RunPlace; view: RunView }[] = []
  for (const place of await parts.store.places()) found.push({ place, view: await parts.store.view(place) })
  return found
}

function reportRung(
  { out, words }: Context,
  trials: readonly Trial[],
  measured: readonly Trained[],
  go: ReadonlySet<number>
): void {
  const rows = measured.map(({ trial, loss }) => [
    flagsOf(trials[trial - 1] as Trial),
    loss === null ? words.sweep.failed : decimal(loss),
    go.has(trial) ? '✓' : ''
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
