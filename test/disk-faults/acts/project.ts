// A project that is made, filled, renamed, and a setting: after each fault stands what was said to be done, and of the
// step that broke all or nothing.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { builtProjectProgram } from '../../trainer/built'
import { badEnd, homeOf, type Act } from '../act'
import { litterUnder } from '../tree'
import { layOut } from './command'

const env = { ...process.env, NEIRO_ROOT: resolve(import.meta.dirname, '../../..') }

interface Ran {
  readonly lines: readonly string[]
  readonly stderr: string
}

export function project(): Act {
  let program = ''
  let states: readonly string[] = []
  const run = (home: string, what: 'change' | 'look', table: string): Ran => {
    const { stdout, stderr } = spawnSync(process.execPath, [program, home, what, table], {
      encoding: 'utf8',
      env
    })
    return { lines: stdout.split('\n').filter(Boolean), stderr }
  }
  return {
    name: 'project',
    async prepare(folder) {
      program = await builtProjectProgram()
      layOut(folder)
      const home = join(folder, 'plain')
      const table = join(folder, 'faq.csv')
      mkdirSync(home)
      const before = run(home, 'look', table)
      const after = run(home, 'change', table)
      states = [...before.lines, ...after.lines]
      if (states.length !== 5)
        throw new Error(`the steps do not run: ${states.join('\n')} ${before.stderr} ${after.stderr}`)
      return (trial) => [program, homeOf(trial), 'change', join(trial, 'faq.csv')]
    },
    look(folder, outcome) {
      const said = outcome.stdout.split('\n').filter((line) => states.includes(line)).length
      const { lines, stderr } = run(homeOf(folder), 'look', '')
      const now = lines.at(-1) ?? ''
      const at = states.indexOf(now)
      const wrong =
        at < 0
          ? `stands at none of its steps: ${now} ${stderr.slice(-300)}`
          : at < said || at > said + 1
            ? `said ${said} steps, stands at ${at}`
            : null
      const litter = litterUnder(homeOf(folder))
      return Promise.resolve(badEnd(outcome) ?? wrong ?? (litter.length ? `left ${litter.join(', ')}` : null))
    }
  }
}
