// npm run faults -- [--act A] [--kind K] [--most N] [--seed S]: what Neiro writes, with each of its calls to the disk
// going wrong in turn: no room, a broken disk, a right that is missing, a file that another holds, the power gone
// (with what was not synced). After each it stands as before or as after. Linux, with a C compiler.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { randomFrom } from '../../main/batches/shuffle'
import { makeReady } from '../fixtures/ready'
import { homeOf, type Act } from './act'
import { checkpoint } from './acts/checkpoint'
import { exporting } from './acts/export'
import { project } from './acts/project'
import { savedData } from './acts/saved-data'
import { buildInjector, faultKinds, runWithFault, type FaultKind } from './injector'

const { values } = parseArgs({
  options: {
    act: { type: 'string' },
    kind: { type: 'string' },
    most: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' }
  }
})
const acts: readonly Act[] = [
  project(),
  savedData(),
  checkpoint(),
  exporting('peft', null),
  exporting('merged', ['f32', 'f16']),
  exporting('gguf', ['f16', 'q8_0'])
].filter(({ name }) => !values.act || name === values.act)
const kinds = faultKinds.filter((kind) => !values.kind || kind === values.kind)
if (!acts.length || !kinds.length) {
  console.error('expected an act and a kind that there are')
  process.exit(2)
}

makeReady('addon', 'app')
buildInjector()
let failed = 0
let done = 0
for (const act of acts) {
  const template = mkdtempSync(join(tmpdir(), 'neiro-faults-'))
  try {
    const args = await act.prepare(template)
    for (const kind of kinds) await allOf(act, template, args, kind)
  } finally {
    rmSync(template, { recursive: true, force: true })
  }
}
console.log(`${done} faults, ${failed} that left a third state`)
process.exit(failed ? 1 : 0)

async function allOf(
  act: Act,
  template: string,
  args: (folder: string) => readonly string[],
  kind: FaultKind
): Promise<void> {
  const trial = `${template}-trial`
  const calls: number[] = []
  const once = async (at: number): Promise<string | null> => {
    cpSync(template, trial, { recursive: true })
    try {
      const outcome = await runWithFault(
        args(trial),
        trial,
        { at, kind },
        {
          NEIRO_HOME: homeOf(trial),
          NEIRO_ROOT: resolve(import.meta.dirname, '../..')
        }
      )
      calls.push(outcome.calls)
      return await act.look(trial, outcome)
    } finally {
      rmSync(trial, { recursive: true, force: true })
    }
  }
  const plain = await once(0)
  if (plain) throw new Error(`${act.name} without a fault: ${plain}`)
  const moments = chosen(calls[0] as number)
  let bad = 0
  for (const at of moments) {
    const wrong = await once(at)
    done++
    if (!wrong) continue
    bad++
    console.log(`  ${act.name}, ${kind} at call ${at}: ${wrong}`)
  }
  failed += bad
  console.log(`${act.name}: ${kind} at ${moments.length} of ${calls[0]} calls, ${bad} wrong`)
}

/** All, or so many at random. */
function chosen(calls: number): readonly number[] {
  const all = Array.from({ length: calls }, (_, at) => at + 1)
  const most = Number(values.most)
  if (most === 0 || most >= calls) return all
  const random = randomFrom(Number(values.seed), 1)
  return all
    .map((at) => ({ at, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
}
