// An export in the place of an older one: the old or the new one stands there, and the next clears what was left.
import { join } from 'node:path'
import { neiro } from '../../fixtures/neiro-cli'
import { badEnd, homeOf, type Act } from '../act'
import { litterUnder, treeHash } from '../tree'
import { cli, layOut, tuning, well } from './command'

const targetOf = (folder: string): string => join(folder, 'given')

/** The audit sheet says when it was made. */
const contentOf = (folder: string): string => treeHash(targetOf(folder), (file) => !file.endsWith('AUDIT.md'))

export function exporting(kind: 'merged' | 'gguf' | 'peft', dtypes: readonly [string, string] | null): Act {
  const of = (folder: string, which: 0 | 1): readonly string[] => [
    ...['export', kind, '--run', join(folder, 'run'), '--out', targetOf(folder), '--force'],
    ...(dtypes ? ['--dtype', dtypes[which]] : [])
  ]
  let old = ''
  let young = ''
  return {
    name: `export ${kind}`,
    async prepare(folder) {
      await well(folder, ...tuning(layOut(folder), join(folder, 'run')))
      await well(folder, ...of(folder, 1))
      young = contentOf(folder)
      await well(folder, ...of(folder, 0))
      old = contentOf(folder)
      return (trial) => [cli, ...of(trial, 1), '--json']
    },
    async look(folder, outcome) {
      const bad = badEnd(outcome)
      if (bad) return bad
      const now = contentOf(folder)
      const next = await neiro(of(folder, 1), { NEIRO_HOME: homeOf(folder) })
      if (next.status !== 0) return `cannot be exported again: ${JSON.stringify(next.error)}`
      if (now !== old && now !== young && now !== 'nothing') return 'is neither the old nor the new export'
      // between the two renames nothing stands there; the next look brings one of them back
      if (now === 'nothing' && contentOf(folder) !== young) return 'is gone'
      const litter = litterUnder(folder)
      return litter.length ? `left ${litter.join(', ')}` : null
    }
  }
}
