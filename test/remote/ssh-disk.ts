// A machine with SSH whose disk is too small: for what is sent, and for what is learnt there.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Ask } from './asks'
import { held, neiro } from './neiro'
import { Network } from './network'
import { Machine } from './ssh-machine'

export async function trySshDisk(venv: string, work: string, ask: Ask): Promise<void> {
  const dir = join(work, 'ssh-disk')
  const home = join(work, 'home-disk')
  const network = Network.make()
  if (!network) return ask('a network of its own could be made (root, Linux)', false)
  const machine = new Machine(dir, venv, network)
  process.env['HOME'] = join(dir, 'user')
  delete process.env['SSH_AUTH_SOCK']
  // before sshd: what is mounted later is not there for whom the network is its own
  const disks = { small: '2m', middle: '11m' } as const
  for (const [name, size] of Object.entries(disks)) {
    mkdirSync(join(dir, name))
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', join(dir, name)]).status !== 0)
      return ask('a small disk could be mounted', false)
  }
  await machine.up()
  const said = async (name: keyof typeof disks): Promise<Readonly<Record<string, unknown>>> => {
    const on = machine.place(join(dir, name))
    const [child, heard] = neiro(
      ['tune', 'resources/sample/recipe.yaml', '--epochs', '3', '--on', on, '--send', '--name', name],
      home
    )
    await held(() => child.exitCode !== null, null)
    return heard.findLast(({ event }) => event === 'error') ?? {}
  }
  try {
    const small = await said('small')
    ask(
      `a disk that is too small there is told (${String(small['message'])})`,
      small['code'] === 'PLACE_FULL'
    )
    const left = readdirSync(join(dir, 'small'))
    ask(`and nothing stays there (${left.join(', ') || 'nothing'})`, left.length === 0)
    const middle = await said('middle')
    ask(
      `one that is full in the middle of a training is told (${String(middle['message'])})`,
      /no space left|No space|ENOSPC|disk/i.test(String(middle['message']))
    )
  } finally {
    machine.down()
    network.end()
    for (const name of Object.keys(disks)) spawnSync('umount', ['-l', join(dir, name)])
  }
}
