// Builds the native module with cmake-js: addon/build/Release/neiro.node; with --tests the engine's own
// test programs too.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, run } from './house.mjs'

const tests = process.argv.includes('--tests')
const status = run(
  'npx',
  [
    '--no-install',
    'cmake-js',
    'build',
    '--directory',
    'addon',
    '--out',
    'addon/build',
    '--loglevel',
    'error',
    '--parallel',
    String(availableParallelism()),
    `--CDNEIRO_TESTS=${tests ? 'ON' : 'OFF'}`
  ],
  { env: { ...process.env, npm_config_loglevel: 'error' } }
)
if (status === 0 && tests) writeFileSync(join(root, 'addon/build/.tests-built'), '')
process.exit(status)
