// `npm test`: makes what is missing, runs the suites, ends with one plain line over all of them.
// --all: also those that take longest (test/long.ts). Other arguments go to vitest: npm test -- test/services, or
// npm test -- --project 'window*' (npm run e2e).
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { root, runTool } from './house.mjs'
import { setup } from './setup.mjs'

setup({ tests: true })
ensureBrowser()

const report = join(root, 'test/output/report.json')
mkdirSync(join(root, 'test/output'), { recursive: true })
rmSync(report, { force: true })
const all = process.argv.includes('--all')
const asked = process.argv.slice(2).filter((arg) => arg !== '--all')
const usual = all || asked.length > 0 ? [] : ['--project', 'parts', '--project', 'window']
const status = runTool(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...usual, ...asked],
  { stdio: 'inherit' }
)

let passed = 0
let failed = 0
let skipped = 0
try {
  const result = JSON.parse(readFileSync(report, 'utf8'))
  passed = result.numPassedTests
  // a suite that could not even be read counts as one failure
  failed =
    result.numFailedTests +
    result.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0)
      .length
  skipped = result.numPendingTests + result.numTodoTests
} catch {
  failed = 1
}
if (status !== 0 && failed === 0) failed = 1
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed === 0 ? 0 : 1)
