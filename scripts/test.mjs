// `npm test`: makes what is missing, runs the suites, ends with one plain line over all of them.
// --all: also those that take longest (test/long.ts), and what meets the system once more under the Node of Electron
// (node24.mjs). Other arguments go to vitest: npm test -- test/services, or
// npm test -- --project 'window*' (npm run e2e).
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { root, runTool } from './house.mjs'
import { node24, onNode24, withNode24 } from './node24.mjs'
import { setup } from './setup.mjs'

setup({ tests: true })
ensureBrowser()

const report = join(root, 'test/output/report.json')
mkdirSync(join(root, 'test/output'), { recursive: true })
rmSync(report, { force: true })
const all = process.argv.includes('--all')
const asked = process.argv.slice(2).filter((arg) => arg !== '--all')
const usual = all || asked.length > 0 ? [] : ['--project', 'parts', '--project', 'window']
const reporters = (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
const status = runTool('vitest', ['run', ...reporters(report), ...usual, ...asked], { stdio: 'inherit' })

/** What a report counts; one that is not there, or an end that it does not explain, is a failure. */
function counted(file, status) {
  let sums
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    // a suite that could not even be read counts as one failure
    const unread = ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
    sums = {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.testResults.filter(unread).length,
      skipped: result.numPendingTests + result.numTodoTests
    }
  } catch {
    sums = { passed: 0, failed: 1, skipped: 0 }
  }
  if (status !== 0 && sums.failed === 0) sums.failed = 1
  return sums
}
const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`

const sums = counted(report, status)
if (all && asked.length === 0) {
  const second = againOnNode24()
  for (const key of Object.keys(sums)) sums[key] += second[key]
}
console.log(inWords(sums))
process.exit(sums.failed === 0 ? 0 : 1)

function againOnNode24() {
  const node = node24()
  const none = { passed: 0, failed: 0, skipped: 0 }
  if (node === 'not this system') return none
  // not to be had: nothing of it was shown, and that is no pass
  if (node === null) return { ...none, failed: 1 }
  const file = join(root, 'test/output/report-node24.json')
  rmSync(file, { force: true })
  const second = counted(file, withNode24(node, [...reporters(file), ...onNode24]))
  console.log(`Node 24: ${inWords(second)}`)
  return second
}
