// The generated folder in the hands of a stranger: ruff reads its Python, a dry run says that all is there or what is missing, and
// DeepSpeed reads the configurations by its own schema. What is not installed is said, and left out.
import { spawnSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ask } from './asks'
import { events } from './neiro'

export async function tryFolder(venv: string, work: string, ask: Ask): Promise<void> {
  const dir = join(work, 'by-hand')
  await events(
    ['tune', 'resources/sample/recipe.yaml', '--on', `folder:${dir}`, '--send', '--name', 'by hand'],
    join(work, 'home-folder')
  )
  const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      ...{ cwd: dir, encoding: 'utf8' },
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env }
    })
    return { status, said: `${stdout ?? ''}${stderr ?? ''}`.trim() }
  }
  const python = join(venv, 'bin/python')
  /** before: of Python itself */
  const dry = (more: readonly string[] = [], before: readonly string[] = []) =>
    run(python, [...before, 'train.py', '--dry-run', ...more])

  const ruff = join(venv, 'bin/ruff')
  if (run(ruff, ['--version']).status === 0) {
    const checked = run(ruff, ['check', '--no-cache', '.'])
    ask(`ruff finds nothing in the folder (${checked.said.split('\n')[0]})`, checked.status === 0)
    const formatted = run(ruff, ['format', '--no-cache', '--check', '.'])
    ask(`and would write it so (${formatted.said.split('\n').at(-1)})`, formatted.status === 0)
  } else process.stdout.write(`ruff is not in ${venv}: left out.\n`)

  const whole = dry()
  ask(`a dry run says that all is there (${whole.said.split('\n').at(-1)})`, whole.status === 0)
  // without what is installed
  const bare = dry([], ['-S'])
  ask(
    `or what is not installed (${bare.said.split('\n')[0]})`,
    bare.status === 2 && /^torch is not installed: pip install -r requirements.txt/.test(bare.said)
  )
  const crowd = dry(['--processes', '3'])
  ask(
    `or that so many do not share an update (${crowd.said})`,
    crowd.status === 2 && crowd.said.includes('by 3 processes: start 1, 2, 4 or 8')
  )
  const start = run(python, [join(import.meta.dirname, 'check_start.py'), dir], { HF_HUB_OFFLINE: '1' })
  ask(
    `a start with a part left out is refused (${start.said.split('\n').at(-1)?.slice(0, 80)})`,
    start.status === 0 && /^spoilt: start\/ does not say/m.test(start.said)
  )
  appendFileSync(join(dir, 'data/train.jsonl'), '{}\n')
  const changed = dry()
  ask(
    `or which file was changed (${changed.said})`,
    changed.status === 2 && changed.said.includes('data/train.jsonl is not what it was')
  )
  rmSync(join(dir, 'model'), { recursive: true })
  const without = dry()
  ask(
    `or that the base is not there (${without.said.split('\n').at(-1)})`,
    without.status === 2 && without.said.includes('did not come along: train.py --model FOLDER')
  )

  const deepspeed = join(import.meta.dirname, 'check_deepspeed.py')
  const cpu = { DS_ACCELERATOR: 'cpu' }
  if (run(python, ['-c', 'import deepspeed'], cpu).status === 0) {
    const read = run(python, [deepspeed, dir], cpu)
    const lines = read.said.split('\n').filter((line) => /^(zero|spoilt)/.test(line))
    ask(`DeepSpeed reads its configurations by its own schema (${lines.join(', ')})`, read.status === 0)
  } else process.stdout.write(`DeepSpeed is not in ${venv}: its configurations are not checked.\n`)
}
