// A run with checkpoints: whatever went wrong, it goes on to the result it would have had, to the bit.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { neiro } from '../../fixtures/neiro-cli'
import { badEnd, homeOf, type Act } from '../act'
import { litterUnder, treeHash } from '../tree'
import { cli, layOut, tuning, well, type Material } from './command'

const runOf = (folder: string): string => join(folder, 'run')
const resultOf = (folder: string): string => treeHash(join(runOf(folder), 'adapter'))

export function checkpoint(): Act {
  let material: Material
  let expected = ''
  return {
    name: 'checkpoint',
    async prepare(folder) {
      material = layOut(folder)
      await well(folder, ...tuning(material, runOf(folder)))
      expected = resultOf(folder)
      rmSync(runOf(folder), { recursive: true })
      return (trial) => [cli, ...tuning(material, runOf(trial)), '--json']
    },
    async look(folder, outcome) {
      const bad = badEnd(outcome)
      if (bad) return bad
      const env = { NEIRO_HOME: homeOf(folder) }
      const run = runOf(folder)
      // the run that never came to be is begun anew
      const again = existsSync(run) ? ['tune', '--resume', run] : tuning(material, run)
      const result = await neiro(again, env)
      const done = result.error?.code === 'RUN_FINISHED'
      if (result.status !== 0 && !done)
        return `does not go on: ${JSON.stringify(result.error)} ${result.stderr}`
      if (resultOf(folder) !== expected) return 'went on to another result'
      const litter = litterUnder(folder)
      return litter.length ? `left ${litter.join(', ')}` : null
    }
  }
}
