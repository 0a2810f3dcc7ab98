// What a repair does with an example: pure, and done twice it does no more. Which rows it is for stands beside it, by the rows
// of the files, whatever else becomes of the set.
import type { FindingKind } from '../../contract/findings'
import type { Example } from '../../contract/records'
import { kindOf } from '../dataset/kinds'
import { Masking, type MaskChoice } from './personal/mask'
import { withoutMailRests } from './rests/mail-rests'
import { withoutMarkup } from './rests/markup'
import { unified } from './writing/notation'

export type Repair =
  | { readonly how: 'leave-out' }
  | ({ readonly how: 'mask' } & MaskChoice)
  | { readonly how: 'replace'; readonly from: string; readonly to: string }
  | { readonly how: 'strip'; readonly what: 'markup' | 'mail-rests' }
  | {
      readonly how: 'unify'
      readonly words: readonly { readonly wanted: string; readonly group: readonly string[] }[]
    }

/** Rows of one file, or of one sheet of it: the first, how many follow one another, the next first … */
export interface RepairedRows {
  readonly file: string
  readonly sheet?: string | undefined
  readonly runs: readonly number[]
}

export interface RowsRepair {
  /** null: somebody has chosen the rows */
  readonly finding: FindingKind | null
  readonly repair: Repair
  readonly rows: readonly RepairedRows[]
}

/** Null where the row itself goes. */
export function mendOf(repair: Repair): ((example: Example) => Example) | null {
  if (repair.how === 'leave-out') return null
  if (repair.how === 'mask') {
    const masking = new Masking(repair)
    return (example) => masking.mask(example).example
  }
  const change = textChange(repair)
  return (example) => kindOf(example).mapTexts(example, (text) => orAsItWas(change(text), text))
}

function textChange(
  repair: Extract<Repair, { how: 'strip' | 'unify' | 'replace' }>
): (text: string) => string {
  if (repair.how === 'unify')
    return (text) => repair.words.reduce((all, { wanted, group }) => unified(all, wanted, group), text)
  if (repair.how === 'replace') return (text) => text.replaceAll(repair.from, () => repair.to)
  return repair.what === 'markup' ? withoutMarkup : withoutMailRests
}

/** Nothing becomes empty by it. */
const orAsItWas = (changed: string, text: string): string => (changed.trim() === '' ? text : changed)

/** Rows as runs, each as often as it comes once. */
export function runsOf(rows: readonly number[]): readonly number[] {
  const runs: number[] = []
  let next = -1
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    if (row === next) runs[runs.length - 1] = (runs.at(-1) as number) + 1
    else runs.push(row, 1)
    next = row + 1
  }
  return runs
}

export function* rowsOf(runs: readonly number[]): Generator<number> {
  for (let i = 0; i + 1 < runs.length; i += 2)
    for (let k = 0; k < (runs[i + 1] as number); k++) yield (runs[i] as number) + k
}
