// Builds the native module with cmake-js: addon/build/Release/neiro.node; with --tests the engine's own
// test programs too.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, runTool } from './house.mjs'

const tests = process.argv.includes('--tests')
// `build` alone configures only a folder that was never configured, and would not see --tests.
const cmakeJs = (command, ...more) =>
  runTool(
    'cmake-js',
    [
      command,
      '--directory',
      'addon',
      '--out',
      'addon/build',
      '--loglevel',
      'error',
      `--CDNEIRO_TESTS=${tests ? 'ON' : 'OFF'}`,
      ...more
    ],
    { env: { ...process.env, npm_config_loglevel: 'error' } }
  )
const status = cmakeJs('configure') || cmakeJs('build', '--parallel', String(availableParallelism()))
if (status === 0 && tests) writeFileSync(join(root, 'addon/build/.tests-built'), '')
process.exit(status)
