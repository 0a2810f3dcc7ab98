// The script for Slurm, as Slurm runs it, with stand-ins for Python and Accelerate: the way of sharing is asked for, a signal asks
// for a checkpoint and is no failure. A real Slurm runs it in npm run remote -- slurm.
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../trainer/run-fixture'

const script = join(import.meta.dirname, '../../../resources/remote/job.slurm')

/** A folder with the script in it, and programs by these names. */
function folderWith(programs: Readonly<Record<string, string>>): string {
  const dir = temporaryFolder()
  copyFileSync(script, join(dir, 'job.slurm'))
  writeFileSync(join(dir, 'train.py'), '')
  mkdirSync(join(dir, 'bin'))
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(dir, 'bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(dir, 'bin', name), 0o755)
  }
  return dir
}

const begin = (dir: string, env: Readonly<Record<string, string>> = {}) => {
  const child = spawn('bash', [join(dir, 'job.slurm')], {
    env: {
      ...{ PATH: `${join(dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, SLURM_SUBMIT_DIR: dir },
      ...env
    },
    stdio: 'ignore'
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, ended }
}

describe.skipIf(process.platform === 'win32')('the script for Slurm', () => {
  test('shares among the GPUs it was given as the folder says', async () => {
    const dir = folderWith({
      // of three GPUs two share an update evenly
      python: 'case "$1" in spread.py) echo "$(($2 - 1)) zero2";; train.py) echo "$@" > looked;; esac',
      accelerate: 'echo "$@" > asked; exit 3'
    })
    // how it ended is how the training ended
    expect(await begin(dir, { SLURM_GPUS_ON_NODE: '3', SLURM_JOB_ID: '7' }).ended).toBe(3)
    expect(readFileSync(join(dir, 'asked'), 'utf8').trim()).toBe(
      'launch --config_file accelerate/zero2.yaml --num_processes 2 --main_process_port 20007 train.py --resume'
    )
    // before so many are started it was asked whether they can
    expect(readFileSync(join(dir, 'looked'), 'utf8').trim()).toBe('train.py --dry-run --processes 2')
  })

  test('does not begin where a dry run finds something missing', async () => {
    const dir = folderWith({ python: 'exit 2', accelerate: 'touch begun' })
    expect(await begin(dir).ended).toBe(2)
    expect(existsSync(join(dir, 'begun'))).toBe(false)
  })

  test('told to end it asks for a checkpoint, waits for it, and has not failed', async () => {
    const dir = folderWith({
      python: 'echo 1 single',
      accelerate: 'touch begun; until [ -e output/stop ]; do sleep 0.05; done; sleep 0.3; touch saved'
    })
    const { child, ended } = begin(dir)
    await expect.poll(() => existsSync(join(dir, 'begun')), { timeout: 20_000 }).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(existsSync(join(dir, 'saved'))).toBe(true)
  })

  test('handed over from elsewhere it says from where it must be', async () => {
    const dir = folderWith({ python: 'exit 0', accelerate: 'touch begun' })
    rmSync(join(dir, 'train.py'))
    expect(await begin(dir).ended).toBe(2)
    expect(existsSync(join(dir, 'begun'))).toBe(false)
  })

  test('writes its words where there is a folder for them from the beginning on', () => {
    expect(/^#SBATCH --output=(.*)$/m.exec(readFileSync(script, 'utf8'))?.[1]).not.toContain('/')
  })
})
