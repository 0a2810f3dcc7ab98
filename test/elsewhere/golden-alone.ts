// All golden cases that compute on a device, in the very process that begins it; the last line says as JSON how many passed.
import { join } from 'node:path'
import { findCases, onTheHost } from '../golden-runner/cases'
import { engine } from '../golden-runner/engine'
import { describeOutcome } from '../golden-runner/report'
import { runCase } from '../golden-runner/run-case'

console.log(`backend ${(await engine().probe()).backend}`)
const counts = { passed: 0, failed: 0, notYet: 0 }
for (const folder of ['golden', 'golden-2'].map((name) => join(process.cwd(), 'test', name)))
  for (const item of findCases(folder).filter(({ kind }) => !onTheHost.includes(kind))) {
    const outcome = await runCase(item, folder)
    if (outcome.kind !== 'passed') console.log(describeOutcome(outcome))
    counts[outcome.kind === 'passed' ? 'passed' : outcome.kind === 'not yet' ? 'notYet' : 'failed']++
  }
console.log(JSON.stringify(counts))
