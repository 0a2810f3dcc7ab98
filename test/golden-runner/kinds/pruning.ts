// Pruning by magnitude: which weights become zero, layer by layer, all layers together, and two of each four. Among equal
// magnitudes at the edge any choice is right, so of these only how many go is compared.
import { join } from 'node:path'
import type { PruneOptions } from '../../../addon/index'
import { floats, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { exactCheck, type Check } from '../compare'
import { engine } from '../engine'
import type { KindResult } from '../run-case'

export async function runPruning(item: Case): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const names = item.file['matrices'] as readonly string[]
  const matrices = new Map(
    names.map((name) => {
      const { shape } = tensorOf(expected, `${name}.input`)
      const [rows = 0, cols = 0] = shape
      return [name, { rows, cols, data: Float32Array.from(floats(tensorOf(expected, `${name}.input`))) }]
    })
  )
  const checks: Check[] = []
  const compare = async (of: readonly string[], masks: string, options: PruneOptions): Promise<void> => {
    const given = of.map((name) => matrices.get(name) ?? { rows: 0, cols: 0, data: new Float32Array() })
    const pruned = await engine().pruneMatrices(given, options)
    const edges = of.flatMap((name, at) => {
      const mask = tensorOf(expected, `${name}.${masks}`).bytes
      const { data } = given[at] as (typeof given)[number]
      return differences(data, pruned[at] ?? new Float32Array(), mask, options)
    })
    const wrong = edges.find((edge) => edge !== '')
    checks.push(exactCheck(`${of.length > 1 ? 'all' : of[0]} ${masks}`, wrong === undefined, wrong))
    // together as many go as in the expected masks
    const gone = (left: readonly ArrayLike<number>[]): number =>
      left.reduce(
        (sum, one, at) =>
          sum + Array.from(one).filter((value, i) => value === 0 && given[at]?.data[i] !== 0).length,
        0
      )
    const wanted = gone(of.map((name) => tensorOf(expected, `${name}.${masks}`).bytes))
    const got = gone(pruned)
    checks.push(exactCheck(`${masks}, how many`, got === wanted, `expected ${wanted}, got ${got}`))
  }
  for (const amount of item.file['amounts'] as readonly number[]) {
    for (const name of names) await compare([name], `l1.${spelt(amount)}`, { pattern: 'layer', amount })
    await compare(names, `global.${spelt(amount)}`, { pattern: 'global', amount })
  }
  for (const name of names)
    if (expected.has(`${name}.2to4`)) await compare([name], '2to4', { pattern: '2:4', amount: 0.5 })
  return { checks }
}

const spelt = (amount: number): string => String(amount)

/** What is otherwise than it should be; a weight whose magnitude is that of another at the edge may go in its place. */
function differences(
  before: Float32Array,
  after: Float32Array,
  mask: Uint8Array,
  { pattern }: PruneOptions
): string[] {
  if (after.length !== mask.length) return ['of another size']
  const wrong: string[] = []
  after.forEach((value, i) => {
    if (value !== 0 && value !== before[i]) wrong.push(`at ${i}: changed`)
    if ((value !== 0) === (mask[i] === 1)) return
    // an equal one on the other side, of the same block where it is chosen by blocks
    const [first, last] = pattern === '2:4' ? [i - (i % 4), i - (i % 4) + 4] : [0, before.length]
    const twin = Array.from(before.subarray(first, last)).some(
      (other, at) =>
        Math.abs(other) === Math.abs(before[i] ?? NaN) && (mask[first + at] === 1) !== (mask[i] === 1)
    )
    if (!twin) wrong.push(`at ${i}: another choice`)
  })
  return wrong
}
