// Examples that are written to a file that exists: it is the old or the new one.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { badEnd, type Act } from '../act'
import { litterUnder } from '../tree'
import { cli, layOut, well } from './command'

export function savedData(): Act {
  const saving = (folder: string): readonly string[] => [
    ...['data', join(folder, 'faq.csv'), '--save', join(folder, 'out.jsonl')]
  ]
  let young = ''
  return {
    name: 'data --save',
    async prepare(folder) {
      layOut(folder)
      await well(folder, ...saving(folder))
      young = readFileSync(join(folder, 'out.jsonl'), 'utf8')
      writeFileSync(join(folder, 'out.jsonl'), 'old\n')
      return (trial) => [cli, ...saving(trial), '--json']
    },
    look(folder, outcome) {
      const now = readFileSync(join(folder, 'out.jsonl'), 'utf8')
      const litter = litterUnder(folder)
      return Promise.resolve(
        badEnd(outcome) ??
          (now !== 'old\n' && now !== young ? `is a third: ${now.slice(0, 200)}` : null) ??
          // a file beside has no next writer that must look for it; the cut may leave one
          (litter.length && outcome.signal === null ? `left ${litter.join(', ')}` : null)
      )
    }
  }
}
