// npm run killtest -- --kills N --seed S --method M --adapter A: kills the trainer of a real run N times at random moments and ends
// with an error unless the result is, to the bit, that of the same run left alone.
import { parseArgs } from 'node:util'
import { methodKeys } from '../../main/contract/methods'
import { adapterKinds } from '../../main/contract/setting-rows'
import { addonFile } from '../fixtures/places'
import { makeReady } from '../fixtures/ready'
import { builtTrainer } from '../trainer/built'
import type { Moment } from './kill-plan'
import { killTest, type KillRecord } from './kill-run'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '200' },
    method: { type: 'string', default: 'sft' },
    adapter: { type: 'string', default: 'lora' }
  }
})
const count = (name: 'kills' | 'seed' | 'steps'): number => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= 0) return number
  console.error(`expected a whole number for --${name}, got ${values[name]}`)
  return process.exit(2)
}

makeReady('addon', 'app')
const method = methodKeys.find((key) => key === values.method)
if (!method) {
  console.error(`expected one of ${methodKeys.join(', ')} for --method, got ${values.method}`)
  process.exit(2)
}

const adapter = adapterKinds.find((key) => key === values.adapter)
if (!adapter) {
  console.error(`expected one of ${adapterKinds.join(', ')} for --adapter, got ${values.adapter}`)
  process.exit(2)
}

const began = performance.now()
let number = 0
const result = await killTest({
  kills: count('kills'),
  seed: count('seed'),
  steps: Math.max(10, count('steps')),
  method,
  settings: { adapter, virtualTokens: 5, encoderWidth: 24 },
  trainerEntry: await builtTrainer(),
  addonFile,
  onKill: (kill) => console.log(row(++number, kill))
})

const { undisturbed, kills, settings, differences } = result
const done = kills.filter(({ killed }) => killed).length
const seconds = ((performance.now() - began) / 1000).toFixed(0)
console.log(`settings ${JSON.stringify(settings)}`)
console.log(
  `undisturbed: ${undisturbed.totalSteps} updates of ${undisturbed.stepMs.toFixed(0)} ms, ` +
    `first metric after ${undisturbed.startMs.toFixed(0)} ms`
)
for (const difference of differences) console.log(`DIFFERENT ${difference}`)
console.log(
  `${done} kills in ${seconds} s: result (${result.resultBytes} bytes) and ${result.lines} metric lines ` +
    (differences.length === 0 ? 'identical to the bit' : 'NOT identical')
)
if (done < count('kills')) console.log(`${count('kills') - done} moments came after the end of the run`)
process.exit(differences.length === 0 && done > 0 ? 0 : 1)

function row(number: number, { moment, killed, step, from, torn }: KillRecord): string {
  const life = from === null ? 'not begun' : `${from} -> ${step}`
  const cells = [`kill ${String(number).padStart(3)}`, where(moment).padEnd(36), `updates ${life}`.padEnd(22)]
  if (torn > 0) cells.push(`${torn} torn`)
  if (!killed) cells.push('too late: the run had ended')
  return cells.join('  ')
}

function where(moment: Moment): string {
  const ms = `${moment.ms.toFixed(1)} ms`
  if (moment.kind === 'start') return `${ms} after the start`
  if (moment.kind === 'checkpoint') return `${ms} into a checkpoint after ${moment.step}`
  return `${ms} after update ${moment.step}`
}
