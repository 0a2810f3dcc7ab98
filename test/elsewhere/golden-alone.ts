// All golden cases that compute on a device, or those that are named, in the very process that begins it: each with how it
// went; the last line says as JSON how many passed.
import { join } from 'node:path'
import { wrongInBf16 } from '../golden-runner/beyond'
import { findCases, onTheHost } from '../golden-runner/cases'
import { compute, engine } from '../golden-runner/engine'
import { describeOutcome } from '../golden-runner/report'
import { runCase } from '../golden-runner/run-case'

console.log(`backend ${(await engine().probe()).backend}, products in ${compute}`)
const named = process.argv.slice(2)
const counts = { passed: 0, failed: 0, notYet: 0 }
for (const folder of ['golden', 'golden-2'].map((name) => join(process.cwd(), 'test', name)))
  for (const item of findCases(folder).filter(({ kind }) => !onTheHost.includes(kind))) {
    if (named.length > 0 && !named.includes(item.name)) continue
    const outcome = await runCase(item, folder)
    const wrong =
      compute === 'bf16' ? wrongInBf16(outcome) : outcome.kind === 'passed' ? null : describeOutcome(outcome)
    console.log(wrong ?? `passed   ${item.name}`)
    counts[outcome.kind === 'not yet' ? 'notYet' : wrong === null ? 'passed' : 'failed']++
  }
console.log(JSON.stringify(counts))
