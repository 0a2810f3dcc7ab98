// A machine with SSH, real: sshd in a network of its own, with keys of its own. A run is sent, watched and fetched; the wire is
// slow and cut, sshd killed, Neiro killed, the training paused, the host's key changed, the disk there too small.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canWatch, connectionsIn, watching } from '../fixtures/connections'
import type { Ask } from './asks'
import { events, held, lossOf, neiro, runOf, upTo, type Heard } from './neiro'
import { Network } from './network'

const port = 2299
/** of a slow line, each way */
const slowRate = '4mbit'

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

export async function trySsh(venv: string, work: string, ask: Ask): Promise<void> {
  const dir = join(work, 'ssh')
  const home = join(work, 'home')
  const network = Network.make()
  if (!network) return ask('a network of its own could be made (root, Linux)', false)
  const machine = new Machine(dir, venv, network)
  // where the user's keys lie is told by HOME alone
  process.env['HOME'] = join(dir, 'user')
  delete process.env['SSH_AUTH_SOCK']
  const there = join(dir, 'there')
  const place = (folder = there): string => `ssh:${userInfo().username}@${network.address}:${port}/${folder}`
  const recipe = (name: string, on = place()): string[] => [
    ...['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--on', on, '--send', '--name', name]
  ]
  await machine.up()
  try {
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
    // before sshd: what is mounted later is not there for whom the network is its own
    const small = join(dir, 'small')
    mkdirSync(small)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]).status === 0
    await machine.up()
    if (mounted) {
      const [, heard] = neiro(recipe('full', place(small)), home)
      await held(() => heard.some(({ event }) => event === 'error'), null)
      const said = heard.findLast(({ event }) => event === 'error')
      ask(`a full disk there is told (${String(said?.['message'])})`, said?.['code'] === 'PLACE_REFUSED')
      spawnSync('umount', [small])
    } else ask('a small disk could be mounted', false)

    const here = lossOf(
      await events(['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--name', 'h'], home)
    )
    const log = join(work, 'ssh.strace')
    const [first, heardFirst] = neiro(recipe('whole'), home, canWatch ? watching(log) : [])
    await held(() => first.exitCode !== null, null)
    const whole = lossOf(heardFirst)
    const to = connectionsIn(log)
    ask(
      `whatever Neiro has started connects to that machine alone (${to.join(', ') || 'not watched: strace'})`,
      to.length === 1 && to[0] === `${network.address}:${port}`
    )
    ask(
      `held-out loss by SSH within 1 % of Neiro's own (${whole.toFixed(4)}, ${here.toFixed(4)})`,
      Math.abs(whole / here - 1) < 0.01
    )

    ask(`the wire is slow (${slowRate})`, network.slow(slowRate))
    const began = Date.now()
    const late = lossOf(await events(recipe('slow'), home))
    network.fast()
    ask(
      `a slow wire takes longer and changes nothing (${late.toFixed(4)}, ${Math.round((Date.now() - began) / 1000)} s)`,
      Math.abs(late / whole - 1) < 1e-3
    )

    const [gone, heardGone] = await upTo(10, recipe('gone'), home)
    network.cut()
    // a line of which nothing is heard is given up after some unanswered questions
    await held(() => toldOf(heardGone).includes('PLACE_UNREACHABLE'), gone, 120_000)
    network.mend()
    await held(() => gone.exitCode !== null, null)
    ask(
      `a cut wire is told and waited for (${toldOf(heardGone).join(', ')}), and nothing is lost (${lossOf(heardGone).toFixed(4)})`,
      toldOf(heardGone).includes('PLACE_REACHED') && Math.abs(lossOf(heardGone) / whole - 1) < 1e-3
    )

    const [cut, heardCut] = await upTo(10, recipe('cut'), home)
    machine.down()
    await sleep(8000)
    await machine.up()
    await held(() => cut.exitCode !== null, null)
    const notices = toldOf(heardCut)
    ask(`a killed sshd is told and waited for (${notices.join(', ')})`, notices.includes('PLACE_REACHED'))
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
  } finally {
    machine.down()
    network.end()
  }
}

const toldOf = (heard: Heard): readonly unknown[] =>
  heard.filter(({ event }) => event === 'notice').map(({ code }) => code)
