// A machine with SSH, real (ssh-machine.ts): a run is sent, watched and fetched; the wire is slow and cut, sshd killed, Neiro killed, the
// training paused, the host's key changed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canWatch, connectionsIn, watching } from '../fixtures/connections'
import type { Ask } from './asks'
import { events, held, lossOf, neiro, runOf, upTo, type Heard } from './neiro'
import { Network } from './network'
import { Machine, port } from './ssh-machine'

/** of a slow line, each way */
const slowRate = '4mbit'

export async function trySsh(venv: string, work: string, ask: Ask): Promise<void> {
  const dir = join(work, 'ssh')
  const home = join(work, 'home')
  const network = Network.make()
  if (!network) return ask('a network of its own could be made (root, Linux)', false)
  const machine = new Machine(dir, venv, network)
  // where the user's keys lie is told by HOME alone
  process.env['HOME'] = join(dir, 'user')
  delete process.env['SSH_AUTH_SOCK']
  const on = machine.place(join(dir, 'there'))
  const recipe = (name: string): string[] => [
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
    await machine.up()

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
