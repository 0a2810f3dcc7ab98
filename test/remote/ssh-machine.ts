// A machine with SSH, real: sshd in a network of its own, with keys of its own.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Network } from './network'

export const port = 2299

function keyAt(file: string): string {
  rmSync(file, { force: true })
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
}

/** The user's side in `home`/.ssh, the machine's beside it. */
export class Machine {
  #sshd: ChildProcess | null = null

  constructor(
    private readonly dir: string,
    private readonly venv: string,
    private readonly network: Network
  ) {
    mkdirSync(join(dir, 'user/.ssh'), { recursive: true, mode: 0o700 })
    mkdirSync('/run/sshd', { recursive: true })
    const own = keyAt(join(dir, 'user/.ssh/id_ed25519'))
    writeFileSync(join(dir, 'authorized_keys'), `${own}\n`, { mode: 0o600 })
    chmodSync(dir, 0o700)
    this.newKey(true)
  }

  /** Behind --on. */
  place(folder: string): string {
    return `ssh:${userInfo().username}@${this.network.address}:${port}/${folder}`
  }

  /** known: to the user, too */
  newKey(known: boolean): void {
    const host = keyAt(join(this.dir, 'host_key'))
    const line = `[${this.network.address}]:${port} ${host}\n`
    if (known) writeFileSync(join(this.dir, 'user/.ssh/known_hosts'), line)
  }

  async up(): Promise<void> {
    const config = join(this.dir, 'sshd_config')
    const lines = [
      `Port ${port}`,
      `ListenAddress ${this.network.address}`,
      `HostKey ${join(this.dir, 'host_key')}`,
      `AuthorizedKeysFile ${join(this.dir, 'authorized_keys')}`,
      'PasswordAuthentication no',
      'StrictModes no',
      'UsePAM no',
      `PidFile ${join(this.dir, 'pid')}`,
      'Subsystem sftp internal-sftp',
      `SetEnv NEIRO_PYTHON=${join(this.venv, 'bin/python')} HF_HUB_OFFLINE=1 OMP_NUM_THREADS=1`
    ]
    writeFileSync(config, `${lines.join('\n')}\n`)
    const [command, args] = this.network.inside('/usr/sbin/sshd', ['-D', '-e', '-f', config])
    this.#sshd = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#sshd.stderr?.on('data', (part: Buffer) => appendFileSync(join(this.dir, 'sshd.log'), part))
    await sleep(1000)
  }

  /** With every line that is open: sessions are children of their own. */
  down(): void {
    const main = this.#sshd?.pid
    if (main === undefined) return
    for (const child of childrenOf(main)) kill(child)
    kill(main)
    this.#sshd = null
  }
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  const own = stdout.split('\n').filter(Boolean).map(Number)
  // what sshd starts for a user and hands over; the training itself has a session of its own
  return own.flatMap((one) => [...childrenOf(one), one])
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has ended meanwhile
  }
}
