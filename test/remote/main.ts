// npm run remote [-- folder | ray | methods (and names of some) | fixed-answers | window | window-folder | window-real | window-kills |
// ssh | ssh-disk | slurm | real]: trainings on real places of this machine. Needs a Python environment with ray[default] 2.60.0, torch,
// transformers, trl, peft and accelerate, for the folder ruff and DeepSpeed (NEIRO_REMOTE_PYTHON, its folder); skipped with a sentence
// without one.
import { existsSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asks } from './asks'

import { tryFixedAnswers } from './fixed-answers'
import { tryFolder } from './folder'
import { tryMethods } from './methods'
import { tryRay } from './ray'
import { tryReal } from './real'
import { trySlurm } from './slurm'
import { trySsh } from './ssh'
import { trySshDisk } from './ssh-disk'
import { tryWindow } from './window'
import { tryWindowFolder } from './window-folder'
import { tryWindowKills } from './window-kills'
import { tryWindowReal } from './window-real'

const venv = process.env['NEIRO_REMOTE_PYTHON'] ?? '/tmp/models/ray/venv'
const wanted = process.argv.slice(2)
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name)

if (!existsSync(join(venv, 'bin/ray'))) {
  process.stdout.write(
    `There is no Python environment with Ray at ${venv}: say where with NEIRO_REMOTE_PYTHON.\n`
  )
  process.exit(0)
}
const model =
  process.env['NEIRO_REAL_MODEL'] ?? join(homedir(), '.cache/neiro-reference/smollm2-135m-instruct')
const asks = new Asks()
const work = mkdtempSync(join(tmpdir(), 'nr-'))
if (isWanted('folder')) await tryFolder(venv, work, asks.ask)
if (isWanted('ray')) await tryRay(venv, work, asks.ask)
if (isWanted('methods')) await tryMethods(venv, work, asks.ask, wanted)
if (isWanted('fixed-answers')) await tryFixedAnswers(venv, work, asks.ask)
if (isWanted('window')) await tryWindow(venv, work, asks.ask)
if (isWanted('window-folder')) await tryWindowFolder(venv, work, asks.ask)
if (isWanted('window-real')) await tryWindowReal(venv, model, work, asks.ask)
if (isWanted('window-kills')) await tryWindowKills(venv, work, asks.ask)
if (isWanted('real')) await tryReal(venv, model, work, asks.ask)
if (isWanted('ssh')) await trySsh(venv, work, asks.ask)
if (isWanted('ssh-disk')) await trySshDisk(venv, work, asks.ask)
if (isWanted('slurm')) await trySlurm(venv, work, asks.ask)
process.stdout.write(asks.failed === 0 ? 'all held\n' : `${asks.failed} did not hold\n`)
process.exit(asks.failed === 0 ? 0 : 1)
