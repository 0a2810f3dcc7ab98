// `npm run golden -- DIR`: runs every case of a folder in the format of test/golden/README.md and exits
// non-zero where one misses its tolerance, cannot be read or ends in an error.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { makeReady } from '../fixtures/ready'
import { findCases } from './cases'
import { describeOutcome, summary } from './report'
import { runCase, type Outcome } from './run-case'

async function main(): Promise<number> {
  const [given, ...more] = process.argv.slice(2)
  if (more.length || given?.startsWith('-')) {
    console.error('usage: npm run golden -- [DIR]   (default: test/golden; DIR may also be a single case)')
    return 2
  }
  const folder = resolve(given ?? resolve(import.meta.dirname, '../golden'))
  if (!existsSync(folder)) {
    console.error(`${folder} does not exist`)
    return 2
  }
  makeReady('addon with proofs')
  const outcomes: Outcome[] = []
  for (const item of findCases(folder)) {
    const outcome = await runCase(item, folder)
    console.log(describeOutcome(outcome))
    outcomes.push(outcome)
  }
  if (!outcomes.length) {
    console.error(`${folder} holds no case`)
    return 2
  }
  console.log(`\n${summary(outcomes)}`)
  return outcomes.every(({ kind }) => kind === 'passed' || kind === 'not yet') ? 0 : 1
}

process.exitCode = await main()
