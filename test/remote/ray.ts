// A Ray cluster of two raylets on this machine, real: a run through its Jobs API, and what happens when a worker, the network
// or Neiro itself is killed, when it is paused, and when the head is gone.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { starterModelDir } from '../fixtures/places'
import type { Ask } from './asks'
import { killThose, pidsWith, ports, tryKill, up } from './cluster'
import { events, held, lossOf, runOf, upTo } from './neiro'
import { trySameAsPeft } from './peft'
import { Wire } from './wire'

const place = `ray:http://127.0.0.1:${ports.proxy}`
const recipe = (name: string): string[] => [
  ...['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--on', place, '--send', '--name', name]
]

export async function tryRay(venv: string, work: string, ask: Ask): Promise<void> {
  const home = join(work, 'home')
  const temp = join(work, 'c')
  const wire = new Wire()
  let cluster = up(venv, temp)
  try {
    const here = await events(
      ['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--name', 'here'],
      home
    )
    const whole = await events(recipe('whole'), home)
    const [mine, theirs] = [lossOf(here), lossOf(whole)]
    ask(
      `held-out loss of two processes by Ray within 1 % of Neiro's own (${theirs.toFixed(4)}, ${mine.toFixed(4)})`,
      Math.abs(theirs / mine - 1) < 0.01
    )
    await trySameAsPeft({ venv, ask }, starterModelDir, runOf(whole))

    // a base that lies there already, in a folder that the nodes see
    const lying = await events([...recipe('lying'), '--model-there', starterModelDir], home)
    const told = JSON.stringify(lying.find(({ event }) => event === 'leaving'))
    ask(
      `a base that lies there is not sent, and learns the same (${lossOf(lying).toFixed(4)})`,
      Math.abs(lossOf(lying) / theirs - 1) < 1e-3 && told.includes('not the weights of the base model')
    )

    // the network
    const [cut, heardCut] = await upTo(10, recipe('cut'), home)
    await wire.cutFor(15_000)
    await held(() => cut.exitCode !== null, null)
    const notices = heardCut.filter(({ event }) => event === 'notice').map(({ code }) => code)
    ask(`a cut network is told and waited for (${notices.join(', ')})`, notices.includes('PLACE_REACHED'))
    ask(
      `and nothing is lost (${lossOf(heardCut).toFixed(4)})`,
      Math.abs(lossOf(heardCut) / theirs - 1) < 1e-3
    )

    // a worker
    const [worker, heardWorker] = await upTo(25, recipe('worker'), home)
    const victims = pidsWith('train.py\0--resume')
    ask(`there are two processes (${victims.length})`, victims.length === 2)
    for (const pid of pidsWith('ray::Worker').slice(0, 1)) tryKill(pid)
    await held(() => worker.exitCode !== null, null)
    ask(
      `a killed worker is replaced, from the checkpoint (${lossOf(heardWorker).toFixed(4)})`,
      worker.exitCode === 0 && Math.abs(lossOf(heardWorker) / theirs - 1) < 0.02
    )

    // Neiro itself
    const [self, heardSelf] = await upTo(10, recipe('self'), home)
    self.kill('SIGKILL')
    const again = await events(['tune', '--resume', runOf(heardSelf)], home)
    ask(
      `a killed Neiro finds it again (${lossOf(again).toFixed(4)})`,
      Math.abs(lossOf(again) / theirs - 1) < 1e-3
    )

    // a pause
    const [paused, heardPaused] = await upTo(10, recipe('pause'), home)
    paused.kill('SIGINT')
    await held(() => paused.exitCode !== null, null)
    const at = heardPaused.findLast(({ event }) => event === 'paused')?.['step']
    // the checkpoint before it is of step 6
    ask(
      `a pause saves and ends (exit ${paused.exitCode}, step ${String(at)})`,
      paused.exitCode === 130 && Number(at) >= 10
    )
    const resumed = await events(['tune', '--resume', runOf(heardPaused)], home)
    ask(`and is gone on with (${lossOf(resumed).toFixed(4)})`, Math.abs(lossOf(resumed) / theirs - 1) < 0.02)

    // the head
    const [head, heardHead] = await upTo(25, recipe('head'), home)
    await held(() => existsSync(join(runOf(heardHead), 'elsewhere/checkpoints')), head)
    cluster.down()
    await sleep(3000)
    cluster = up(venv, `${temp}2`)
    await held(() => head.exitCode !== null, null)
    const said = heardHead.findLast(({ event }) => event === 'error')?.['code']
    ask(`a lost head is told (${String(said)})`, said === 'LOST_ELSEWHERE')
    const home2 = await events(['tune', '--resume', runOf(heardHead)], home)
    ask(
      `and another cluster goes on from the checkpoint that came home (${lossOf(home2).toFixed(4)})`,
      Math.abs(lossOf(home2) / theirs - 1) < 0.02
    )
  } finally {
    wire.end()
    cluster.down()
    killThose(temp)
  }
}
