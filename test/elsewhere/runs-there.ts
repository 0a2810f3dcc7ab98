// Runs of the command line as they lie in a home, whichever system made them: told by their names, held against one another.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hold } from './steps'

/** Two times through a few examples, one at a time: enough updates to be killed among. In F32: where products are rounded to
 *  BF16, another compiler's last bit becomes another BF16 number now and then, and losses part by 1e-3 within 20 updates. */
export const shortTraining: readonly string[] =
  '--model starter --epochs 2 --seed 7 --threads 1 --batch-size 1 --checkpoint-steps 5 --compute f32'.split(
    ' '
  )

export const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Runs of one home. */
export class Runs {
  constructor(readonly home: string) {}

  /** null: there is none of that name yet */
  folder(name: string): string | null {
    const runs = join(this.home, 'runs')
    const found = existsSync(runs) ? readdirSync(runs).find((folder) => folder.includes(name)) : undefined
    return found === undefined ? null : join(runs, found)
  }

  /** One an update, as the last that came to it has it. */
  losses(name: string): number[] {
    const folder = this.folder(name)
    const file = folder && join(folder, 'metrics.jsonl')
    if (!file || !existsSync(file)) return []
    const steps = new Map<number, number>()
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      try {
        const { kind, step, figures } = JSON.parse(line) as {
          kind: string
          step: number
          figures: Record<string, number>
        }
        if (kind === 'step') steps.set(step, figures['loss'] ?? NaN)
      } catch {
        // torn
      }
    }
    return [...steps.values()]
  }

  adapterHash(name: string): string {
    const folder = this.folder(name)
    return folder ? hashOf(join(folder, 'adapter/adapter_model.safetensors')) : 'none'
  }
}

/** Throws where two trainings are more than 1e-5 apart at any update; answers how far they are. */
export function holdClose(there: readonly number[], here: readonly number[]): string {
  const apart = Math.max(...here.map((loss, i) => Math.abs(loss - (there[i] ?? NaN))))
  hold(
    here.length > 0 && there.length === here.length && apart < 1e-5,
    `${there.length} and ${here.length} updates, ${apart} apart`
  )
  return `${apart.toExponential(1)} apart over ${here.length} updates`
}
