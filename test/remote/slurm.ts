// A real Slurm of one node on this machine, with daemons and a key of its own: the script of a generated folder is handed to
// sbatch, told to end before its time, and handed over again. Left out with a sentence where Slurm is not installed.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ask } from './asks'
import { events, held, lossOf, runOf } from './neiro'
import { tryKill } from './cluster'

const ports = { controller: 16817, node: 16818 }

class Slurm {
  readonly #daemons: ChildProcess[] = []
  readonly #env: NodeJS.ProcessEnv

  constructor(
    private readonly dir: string,
    venv: string
  ) {
    for (const name of ['state', 'spool', 'munge'])
      mkdirSync(join(dir, name), { recursive: true, mode: 0o700 })
    writeFileSync(join(dir, 'munge/key'), randomBytes(1024), { mode: 0o400 })
    const socket = join(dir, 'munge/socket')
    const lines = [
      'ClusterName=neiro',
      `SlurmctldHost=${hostname()}(127.0.0.1)`,
      'SlurmUser=root',
      'AuthType=auth/munge',
      `AuthInfo=socket=${socket}`,
      `StateSaveLocation=${join(dir, 'state')}`,
      `SlurmdSpoolDir=${join(dir, 'spool')}`,
      `SlurmctldPort=${ports.controller}`,
      `SlurmdPort=${ports.node}`,
      `SlurmctldPidFile=${join(dir, 'slurmctld.pid')}`,
      `SlurmdPidFile=${join(dir, 'slurmd.pid')}`,
      'ProctrackType=proctrack/pgid',
      'TaskPlugin=task/none',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_CPU',
      'ReturnToService=2',
      'MpiDefault=none',
      'JobAcctGatherType=jobacct_gather/none',
      `NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN`,
      'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP'
    ]
    writeFileSync(join(dir, 'slurm.conf'), `${lines.join('\n')}\n`)
    this.#env = {
      ...process.env,
      SLURM_CONF: join(dir, 'slurm.conf'),
      // as whoever has activated the environment
      PATH: `${join(venv, 'bin')}:${process.env['PATH'] ?? ''}`,
      ...{ HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '1' }
    }
  }

  async up(): Promise<void> {
    const own = (name: string): string => join(this.dir, 'munge', name)
    const files = ['socket', 'key', 'pid', 'log', 'seed'] as const
    const flags = files.map((name) => `--${name}${name === 'socket' ? '' : '-file'}=${own(name)}`)
    this.#begin('munged', ['-F', '-f', ...flags])
    await held(() => existsSync(own('socket')), null, 20_000)
    this.#begin('slurmctld', ['-D'])
    this.#begin('slurmd', ['-D'])
    await held(() => /\bidle\b/.test(this.ask('sinfo', '--noheader')), null, 60_000)
  }

  #begin(name: string, args: readonly string[]): void {
    const child = spawn(name, args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => appendFileSync(join(this.dir, `${name}.out`), part))
    this.#daemons.push(child)
  }

  ask(command: string, ...args: readonly string[]): string {
    const { stdout, stderr } = spawnSync(command, args, { env: this.#env, encoding: 'utf8' })
    return `${stdout ?? ''}${stderr ?? ''}`.trim()
  }

  /** The script as it is; there are no GPUs here, and one processor is enough. */
  submit(folder: string): string {
    const { stdout, stderr } = spawnSync(
      'sbatch',
      ['--parsable', '--gpus-per-node=0', '--cpus-per-task=1', 'job.slurm'],
      {
        ...{ env: this.#env, cwd: folder, encoding: 'utf8' }
      }
    )
    if (!/^\d+/.test(stdout)) throw new Error(stderr)
    return stdout.trim()
  }

  /** How a job ended. */
  async end(job: string): Promise<string> {
    const state = (): string => /JobState=(\w+)/.exec(this.ask('scontrol', 'show', 'job', job))?.[1] ?? ''
    const busy = ['PENDING', 'RUNNING', 'CONFIGURING', 'COMPLETING', '']
    await held(() => !busy.includes(state()), null, 900_000)
    return state()
  }

  down(): void {
    for (const { pid } of this.#daemons.reverse()) if (pid !== undefined) tryKill(pid)
  }
}

interface Status {
  readonly state: string
  readonly step: number
}

const statusIn = (folder: string): Status | null => {
  const file = join(folder, 'output/status.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Status) : null
}

export async function trySlurm(venv: string, work: string, ask: Ask): Promise<void> {
  if (spawnSync('slurmctld', ['-V']).status !== 0)
    return void process.stdout.write('Slurm (slurmctld, slurmd, munge) is not installed: left out.\n')
  const home = join(work, 'home-slurm')
  const slurm = new Slurm(join(work, 'slurm'), venv)
  const recipe = ['tune', 'resources/sample/recipe.yaml', '--epochs', '3']
  const written = async (name: string): Promise<[folder: string, run: string]> => {
    const folder = join(work, name)
    const heard = await events([...recipe, '--on', `folder:${folder}`, '--send', '--name', name], home)
    return [folder, String(heard.find(({ event }) => event === 'handedOver')?.['run'] ?? runOf(heard))]
  }
  await slurm.up()
  try {
    const here = lossOf(await events([...recipe, '--name', 'here'], home))
    const [folder, run] = await written('by-slurm')
    const ended = await slurm.end(slurm.submit(folder))
    ask(`Slurm runs the script of the folder (${ended}, ${statusIn(folder)?.state})`, ended === 'COMPLETED')
    const back = await events(['take-back', folder], home)
    const loss = bestOf(run)
    ask(
      `and what it learnt comes home, held-out loss within 1 % of Neiro's own (${loss.toFixed(4)}, ${here.toFixed(4)})`,
      back.length > 0 && Math.abs(loss / here - 1) < 0.01
    )

    const [second] = await written('again')
    const job = slurm.submit(second)
    await held(() => (statusIn(second)?.step ?? 0) >= 10, null)
    // as Slurm itself does it two minutes before the time is up
    slurm.ask('scancel', '--batch', '--signal=TERM', job)
    const told = await slurm.end(job)
    const paused = statusIn(second)
    ask(
      `told to end, it saves and ends (${told}, ${paused?.state} at ${paused?.step})`,
      told === 'COMPLETED' && paused?.state === 'paused' && paused.step >= 10
    )
    const resumed = await slurm.end(slurm.submit(second))
    const lines = readFileSync(join(second, 'output/metrics.jsonl'), 'utf8')
    ask(
      `the same line again goes on from there (${resumed}, ${statusIn(second)?.state})`,
      resumed === 'COMPLETED' && statusIn(second)?.state === 'finished' && lines.includes('"RESUMED"')
    )
  } finally {
    slurm.down()
    await sleep(500)
  }
}

function bestOf(run: string): number {
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n')
  const told = lines.map(
    (line) => JSON.parse(line) as { kind: string; best?: boolean; figures?: { loss: number } }
  )
  return told.findLast(({ kind, best }) => kind === 'evaluation' && best)?.figures?.loss ?? NaN
}
