// A machine with SSH, real: sshd on the loopback address with keys of its own. A run is sent, watched and fetched; the line is
// slow and cut, Neiro killed, the training paused, the host's key changed, the disk there too small.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ask } from './asks'
import { events, held, lossOf, neiro, runOf, upTo } from './neiro'

const port = 2299
/** of a line to the same machine that is slow */
const slowPort = 2298
/** bytes a second, each way */
const slowRate = 500_000

/** Lets through so much and no more, each part late. */
function slowLine(): { readonly end: () => void } {
  const sockets = new Set<Socket>()
  const slowly = (): Transform =>
    new Transform({
      transform(part: Buffer, _, done) {
        setTimeout(() => done(null, part), 50 + (1000 * part.length) / slowRate)
      }
    })
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [from, to],
      [to, from]
    ] as const) {
      sockets.add(one.on('error', () => undefined).on('close', () => other.destroy()))
      one.pipe(slowly()).pipe(other)
    }
  })
  server.listen(slowPort, '127.0.0.1')
  return {
    end: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }
}

function keyAt(file: string): string {
  rmSync(file, { force: true })
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  return readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
}

/** The user's side in `home`/.ssh, the machine's beside it. */
class Machine {
  #sshd: ChildProcess | null = null

  constructor(
    private readonly dir: string,
    private readonly venv: string
  ) {
    mkdirSync(join(dir, 'user/.ssh'), { recursive: true, mode: 0o700 })
    mkdirSync('/run/sshd', { recursive: true })
    const own = keyAt(join(dir, 'user/.ssh/id_ed25519'))
    writeFileSync(join(dir, 'authorized_keys'), `${own}\n`, { mode: 0o600 })
    chmodSync(dir, 0o700)
    this.newKey(true)
  }

  newKey(known: boolean): void {
    const host = keyAt(join(this.dir, 'host_key'))
    const lines = [port, slowPort].map((one) => `[127.0.0.1]:${one} ${host}\n`)
    if (known) writeFileSync(join(this.dir, 'user/.ssh/known_hosts'), lines.join(''))
  }

  async up(): Promise<void> {
    const config = join(this.dir, 'sshd_config')
    const lines = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
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
    this.#sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] })
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

export async function trySsh(venv: string, work: string, ask: Ask): Promise<void> {
  const dir = join(work, 'ssh')
  const home = join(work, 'home')
  const machine = new Machine(dir, venv)
  // where the user's keys lie is told by HOME alone
  process.env['HOME'] = join(dir, 'user')
  delete process.env['SSH_AUTH_SOCK']
  const there = join(dir, 'there')
  const place = (folder = there, at = port): string => `ssh:${userInfo().username}@127.0.0.1:${at}/${folder}`
  const recipe = (name: string, on = place()): string[] => [
    ...['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--on', on, '--send', '--name', name]
  ]
  await machine.up()
  try {
    const here = lossOf(
      await events(['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--name', 'h'], home)
    )
    const whole = lossOf(await events(recipe('whole'), home))
    ask(
      `held-out loss by SSH within 1 % of Neiro's own (${whole.toFixed(4)}, ${here.toFixed(4)})`,
      Math.abs(whole / here - 1) < 0.01
    )

    const slow = slowLine()
    const late = lossOf(await events(recipe('slow', place(there, slowPort)), home))
    slow.end()
    ask(
      `a slow line takes longer and changes nothing (${late.toFixed(4)})`,
      Math.abs(late / whole - 1) < 1e-3
    )

    const [cut, heardCut] = await upTo(10, recipe('cut'), home)
    machine.down()
    await sleep(8000)
    await machine.up()
    await held(() => cut.exitCode !== null, null)
    const notices = heardCut.filter(({ event }) => event === 'notice').map(({ code }) => code)
    ask(`a cut line is told and waited for (${notices.join(', ')})`, notices.includes('PLACE_REACHED'))
    ask(`and nothing is lost (${lossOf(heardCut).toFixed(4)})`, Math.abs(lossOf(heardCut) / whole - 1) < 1e-3)

    const [self, heardSelf] = await upTo(5, recipe('self'), home)
    self.kill('SIGKILL')
    await sleep(3000)
    const again = lossOf(await events(['tune', '--resume', runOf(heardSelf)], home))
    ask(
      `it goes on without Neiro, which finds it again (${again.toFixed(4)})`,
      Math.abs(again / whole - 1) < 1e-3
    )

    const [paused, heardPaused] = await upTo(10, recipe('pause'), home)
    paused.kill('SIGINT')
    await held(() => paused.exitCode !== null, null)
    const at = heardPaused.findLast(({ event }) => event === 'paused')?.['step']
    ask(
      `a pause saves and ends (exit ${paused.exitCode}, step ${String(at)})`,
      paused.exitCode === 130 && Number(at) >= 10
    )
    const resumed = lossOf(await events(['tune', '--resume', runOf(heardPaused)], home))
    ask(`and is gone on with there (${resumed.toFixed(4)})`, Math.abs(resumed / whole - 1) < 0.02)

    machine.down()
    machine.newKey(false)
    await machine.up()
    const changed = (await events(recipe('changed'), home)).findLast(({ event }) => event === 'error')?.[
      'code'
    ]
    ask(`a host whose key has changed is refused (${String(changed)})`, changed === 'HOST_KEY_CHANGED')
    writeFileSync(join(dir, 'user/.ssh/known_hosts'), '')
    const unknown = (await events(recipe('unknown'), home)).findLast(({ event }) => event === 'error')?.[
      'code'
    ]
    ask(`one that was never met is refused (${String(unknown)})`, unknown === 'HOST_UNKNOWN')

    machine.down()
    machine.newKey(true)
    await machine.up()
    const small = join(dir, 'small')
    mkdirSync(small)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0
    if (mounted) {
      const [, heard] = neiro(recipe('full', place(small)), home)
      await held(() => heard.some(({ event }) => event === 'error'), null)
      const said = heard.findLast(({ event }) => event === 'error')
      ask(`a full disk there is told (${String(said?.['message'])})`, said?.['code'] === 'PLACE_REFUSED')
      spawnSync('umount', [small])
    } else ask('a small disk could be mounted', false)
  } finally {
    machine.down()
  }
}
