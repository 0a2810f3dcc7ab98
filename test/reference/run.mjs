// `npm run reference`: our files in the hands of PyTorch, Transformers, PEFT and bitsandbytes, then fresh golden
// cases of random shapes (-- --cases N --seed S). Skipped with a sentence where their environment was not set
// up: neither the product nor `npm test` needs Python.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { place, python, realModel } from './place.mjs'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } }
})

function main() {
  const interpreter = python()
  if (!interpreter) {
    console.log(`skipped: no reference environment in ${place} (npm run reference:setup makes one, 6 GB)`)
    return 0
  }
  const out = mkdtempSync(join(tmpdir(), 'neiro-reference-'))
  const cases = join(out, 'cases')
  const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1
  const tsx = (...args) => run(process.execPath, ['--import', 'tsx', ...args])
  try {
    const files =
      tsx('test/reference/make.ts', join(out, 'files')) ||
      run(interpreter, ['test/reference/check.py', join(out, 'files')])
    const product =
      tsx('test/reference/product.ts', join(out, 'product')) ||
      run(interpreter, ['test/reference/product.py', join(out, 'product')])
    const scores =
      tsx('test/reference/scores.ts', join(out, 'scores')) ||
      run(interpreter, ['test/reference/scores.py', join(out, 'scores')])
    const adapters =
      tsx('test/reference/adapters.ts', join(out, 'adapters')) ||
      run(interpreter, ['test/reference/adapters.py', join(out, 'adapters')])
    const kinds =
      tsx('test/reference/kinds.ts', 'make', join(out, 'kinds')) ||
      run(interpreter, ['test/reference/kinds.py', join(out, 'kinds')]) ||
      tsx('test/reference/kinds.ts', 'read', join(out, 'kinds'))
    const combined =
      tsx('test/reference/combined.ts', join(out, 'combined')) ||
      run(interpreter, ['test/reference/combined.py', join(out, 'combined')])
    const real =
      tsx('test/reference/real.ts', join(out, 'real'), realModel) ||
      run(interpreter, ['test/reference/real.py', join(out, 'real')])
    if (Number(values.cases) === 0) return files || product || scores || adapters || kinds || combined || real
    console.log(`\n${values.cases} fresh golden cases, seed ${values.seed}`)
    const fresh =
      run(interpreter, ['test/reference/cases.py', cases, values.cases, values.seed]) ||
      tsx('test/golden-runner/main.ts', cases)
    return files || product || scores || adapters || kinds || combined || real || fresh
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

process.exitCode = main()
