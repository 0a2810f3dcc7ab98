// `npm run reference`: our files in the hands of PyTorch, Transformers, PEFT and bitsandbytes. Skipped with a
// sentence where their environment was not set up: neither the product nor `npm test` needs Python.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { place, python } from './place.mjs'

const root = resolve(import.meta.dirname, '../..')

function main() {
  const interpreter = python()
  if (!interpreter) {
    console.log(`skipped: no reference environment in ${place} (npm run reference:setup makes one, 6 GB)`)
    return 0
  }
  const out = mkdtempSync(join(tmpdir(), 'neiro-reference-'))
  const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1
  try {
    return (
      run(process.execPath, ['--import', 'tsx', 'test/reference/make.ts', out]) ||
      run(interpreter, ['test/reference/check.py', out])
    )
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

process.exitCode = main()
