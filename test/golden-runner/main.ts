// `npm run golden -- [--device cpu|cuda|simulated] [--compute f32|bf16] [DIR…]`: runs every case of folders in the
// format of test/golden/README.md on the device that is named (else what NEIRO_DEVICE says, else the CPU), and exits
// non-zero where one misses its tolerance, cannot be read or ends in an error; 3 where the device cannot be opened.
// NEIRO_ADDON names another build of the module (npm run build:cuda -- --proofs makes the one for a GPU); `--pack FOLDER`
// puts together what a machine without Node and checkout needs (pack.ts).
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeReady } from '../fixtures/ready'
import { findCases, onTheHost, type Case } from './cases'
import { runEachCase, type CaseOfFolder } from './case-process'
import { describeOutcome, summary, table } from './report'

const usage = `usage: npm run golden -- [--device cpu|cuda|simulated] [--compute f32|bf16] [--brief] [DIR…]
       npm run golden -- --pack FOLDER [DIR…]
(default: test/golden; with --device and --pack test/golden-2 too. DIR may also be a single case)`
const devices: readonly string[] = ['cpu', 'cuda', 'simulated']
const types: readonly string[] = ['f32', 'bf16']

function given(): ReturnType<typeof parse> | null {
  try {
    const { values, positionals } = parse()
    const { device, compute } = values
    if (device !== undefined && !devices.includes(device)) return null
    if (compute !== undefined && !types.includes(compute)) return null
    return { values, positionals }
  } catch {
    return null
  }
}
const parse = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      device: { type: 'string' },
      compute: { type: 'string' },
      brief: { type: 'boolean' },
      pack: { type: 'string' }
    }
  })

async function main(): Promise<number> {
  const asked = given()
  if (!asked) {
    console.error(usage)
    return 2
  }
  const { device, compute, brief, pack } = asked.values
  const names = device || pack ? ['../golden', '../golden-2'] : ['../golden']
  const folders = asked.positionals.length
    ? asked.positionals.map((name) => resolve(name))
    : names.map((name) => resolve(import.meta.dirname, name))
  for (const folder of folders)
    if (!existsSync(folder)) {
      console.error(`${folder} does not exist`)
      return 2
    }
  if (!process.env['NEIRO_ADDON']) makeReady('addon with proofs')
  if (pack) return (await import('./pack')).pack(resolve(pack), folders)
  if (device) process.env['NEIRO_DEVICE'] = device
  if (compute) process.env['NEIRO_COMPUTE'] = compute

  const cases = folders.flatMap((folder) =>
    findCases(folder)
      // what runs on no device says nothing of one
      .filter((item: Case) => !device || !onTheHost.includes(item.kind))
      .map((item): CaseOfFolder => ({ item, folder }))
  )
  if (!cases.length) {
    console.error(`${folders.join(', ')} holds no case`)
    return 2
  }
  const run = await runEachCase(cases, {
    onDevice: (name) =>
      console.log(`device: ${name}, products in ${process.env['NEIRO_COMPUTE'] ?? 'f32'}\n`),
    onOutcome: (outcome) => {
      const text = describeOutcome(outcome)
      console.log(brief && outcome.kind === 'passed' ? text.split('\n', 1)[0] : text)
    }
  })
  if (run.refused !== undefined) {
    console.error(`the device ${process.env['NEIRO_DEVICE'] ?? 'cpu'} cannot be opened: ${run.refused}`)
    return 3
  }
  console.log(`\n${table(run.timed)}`)
  const outcomes = run.timed.map(({ outcome }) => outcome)
  console.log(`\n${summary(outcomes)}`)
  return outcomes.every(({ kind }) => kind === 'passed' || kind === 'not yet') ? 0 : 1
}

process.exitCode = await main()
