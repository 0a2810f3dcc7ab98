// Inputs through real processes: each ends in rows or in a refusal with a name of its own, in time, and no process is
// lost over it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { NeiroError } from '../../main/contract/errors'
import type { Workshop } from '../../main/workshop/workshop'
import { corpus, inputs, type Input } from './inputs'

/** longest that one may take */
const mostMs = 5000
const kept = resolve(import.meta.dirname, '../output/fuzz')

export interface Tried {
  readonly tried: number
  readonly rows: number
  readonly refused: number
  readonly slowestMs: number
  /** what went wrong, with the file that it went wrong with */
  readonly wrong: readonly string[]
}

/** Until so many were tried, or the time is over. */
export async function tryInputs(
  workshop: Workshop,
  dir: string,
  o: { readonly count: number; readonly seed: number; readonly mostSeconds?: number }
): Promise<Tried> {
  const begun = performance.now()
  const all = inputs(corpus())
  let [tried, rows, refused, slowestMs] = [0, 0, 0, 0]
  const wrong: string[] = []
  // in stretches, each from a seed of its own: fast-check makes them all at once
  for (let stretch = 0; tried < o.count; stretch++) {
    for (const input of fc.sample(all, { seed: o.seed + stretch, numRuns: Math.min(500, o.count - tried) })) {
      if (performance.now() - begun > (o.mostSeconds ?? Infinity) * 1000)
        return { tried, rows, refused, slowestMs, wrong }
      const { code, examples, ms } = await tryOne(workshop, dir, input)
      tried++
      slowestMs = Math.max(slowestMs, ms)
      if (examples > 0) rows++
      else refused++
      if (isNamed(code) && ms < mostMs) continue
      wrong.push(`${keep(input, o.seed + stretch, tried)}: ${code ?? 'rows'} after ${Math.round(ms)} ms`)
    }
  }
  return { tried, rows, refused, slowestMs, wrong }
}

async function tryOne(
  workshop: Workshop,
  dir: string,
  { ending, bytes }: Input
): Promise<{ readonly code: string | null; readonly examples: number; readonly ms: number }> {
  const path = join(dir, `input${ending}`)
  writeFileSync(path, bytes)
  const begun = performance.now()
  try {
    const { error, examples } = await workshop.reader.readSource({ id: 's1', name: path }, path, {})
    return { code: error?.code ?? null, examples: examples.length, ms: performance.now() - begun }
  } catch (error) {
    return { code: NeiroError.of(error).code, examples: 0, ms: performance.now() - begun }
  }
}

/** A process that is lost over a file of a few kilobytes, or an error that nobody foresaw, is a fault of ours. */
const isNamed = (code: string | null): boolean =>
  code === null || !/^(INTERNAL|UNEXPECTED|FILE_(SILENT|MEMORY|CRASH)|WORKSHOP_.*)$/.test(code)

function keep({ ending, bytes }: Input, seed: number, number: number): string {
  mkdirSync(kept, { recursive: true })
  const path = join(kept, `${seed}-${number}${ending}`)
  writeFileSync(path, bytes)
  return path
}
