// A network of its own with one machine in it: a namespace of the kernel, and a wire from here to there that can be cut and
// made slow. Nothing else can be reached from it. Needs root, and Linux.
import { spawnSync } from 'node:child_process'

const name = 'neiro-there'
const [here, there] = ['neiro-w0', 'neiro-w1']

export class Network {
  readonly address = '10.77.31.2'

  private constructor() {}

  /** null: this machine makes none. */
  static make(): Network | null {
    Network.#remove()
    const steps = [
      ['netns', 'add', name],
      ['link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name],
      ['addr', 'add', '10.77.31.1/30', 'dev', here],
      ['link', 'set', here, 'up'],
      ['-n', name, 'addr', 'add', '10.77.31.2/30', 'dev', there],
      ['-n', name, 'link', 'set', there, 'up'],
      ['-n', name, 'link', 'set', 'lo', 'up']
    ]
    if (steps.every((step) => ip(...step))) return new Network()
    Network.#remove()
    return null
  }

  /** A program in it. */
  inside(command: string, args: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', name, command, ...args]]
  }

  /** What is sent is gone, and nobody is told. */
  cut(): void {
    ip('-n', name, 'link', 'set', there, 'down')
  }

  mend(): void {
    ip('-n', name, 'link', 'set', there, 'up')
  }

  /** Each way. False: the kernel cannot. */
  slow(rate: string): boolean {
    const how = ['root', 'tbf', 'rate', rate, 'burst', '16kbit', 'latency', '800ms']
    return [
      ['tc', 'qdisc', 'add', 'dev', here, ...how],
      ['ip', 'netns', 'exec', name, 'tc', 'qdisc', 'add', 'dev', there, ...how]
    ].every(([command = '', ...args]) => spawnSync(command, args).status === 0)
  }

  fast(): void {
    spawnSync('tc', ['qdisc', 'del', 'dev', here, 'root'])
    spawnSync('ip', ['netns', 'exec', name, 'tc', 'qdisc', 'del', 'dev', there, 'root'])
  }

  end(): void {
    Network.#remove()
  }

  static #remove(): void {
    ip('link', 'del', here)
    ip('netns', 'del', name)
  }
}

const ip = (...args: readonly string[]): boolean => spawnSync('ip', args).status === 0
