// A Ray cluster of two raylets on this machine, one processor each; its processes are known by its folder.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ports = { gcs: 6390, dashboard: 8276, proxy: 8277 }

export interface Cluster {
  readonly down: () => void
}

export function up(venv: string, temp: string): Cluster {
  const env = {
    ...process.env,
    PATH: `${join(venv, 'bin')}:${process.env['PATH'] ?? ''}`,
    ...{ OMP_NUM_THREADS: '1', HF_HUB_OFFLINE: '1', RAY_USAGE_STATS_ENABLED: '0' }
  }
  const ray = (...args: readonly string[]): void => {
    // a bash whose input is a socket, as Node's pipes are, takes itself for a login over the network and reads ~/.bashrc, which
    // may say another PATH: Ray's jobs are shells that inherit it
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    const { status, stderr, stdout } = spawnSync('ray', args, { env, encoding: 'utf8', stdio: [...stdio] })
    if (status !== 0) throw new Error(`ray ${args.join(' ')}: ${stdout}${stderr}`)
  }
  const each = ['--num-cpus=1', '--object-store-memory=200000000', '--disable-usage-stats']
  const own = ['--node-ip-address=127.0.0.1', ...each]
  const dashboard = ['--dashboard-host=127.0.0.1', `--dashboard-port=${ports.dashboard}`]
  ray('start', '--head', `--port=${ports.gcs}`, ...dashboard, `--temp-dir=${temp}`, ...own)
  ray('start', `--address=127.0.0.1:${ports.gcs}`, ...own)
  return { down: () => killThose(temp) }
}

/** Only the processes of this cluster: their command lines name its folder. */
export function killThose(temp: string): void {
  for (const pid of pidsWith(temp)) tryKill(pid)
}

export function pidsWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text)
      } catch {
        return false
      }
    })
    .map(Number)
}

export function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended meanwhile
  }
}
