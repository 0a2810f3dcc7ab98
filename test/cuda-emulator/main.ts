// `npm run test:cuda [DIR…]`: the golden cases through whole sessions on the emulated GPU, in F32 and with BF16 on its
// tensor cores, and the engine's own tests of whatever works on any device. Minutes, so not part of `npm test`, which
// runs every operation and one case there (test/addon/cuda, test/golden-cuda.test.ts).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { makeReady } from '../fixtures/ready'
import { addonFile } from '../fixtures/places'
import { findCases } from '../golden-runner/cases'
import { describeOutcome, summary } from '../golden-runner/report'
import { runCase, type Outcome } from '../golden-runner/run-case'

const root = resolve(import.meta.dirname, '../..')
const device = { NEIRO_DEVICE: 'cuda' }

/** Runs itself with another number type: the golden runner reads it once. */
function alsoInBf16(): number {
  const again = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, NEIRO_COMPUTE: 'bf16' }
  })
  return again.status ?? 1
}

function enginePrograms(): number {
  const places = ['addon/build', 'addon/build/Release', 'addon/build/tests'].map((place) => join(root, place))
  let failed = 0
  for (const layer of ['model', 'adapters', 'objectives', 'export', 'train', 'session']) {
    const program = places.map((place) => join(place, `test_${layer}`)).find((file) => existsSync(file))
    if (!program) {
      console.error(`test_${layer} is missing`)
      failed++
      continue
    }
    const run = spawnSync(program, [], { cwd: root, env: { ...process.env, ...device }, encoding: 'utf8' })
    const lines = run.stdout.split('\n')
    const wrong = lines.filter((line) => line.startsWith('not ok'))
    console.log(
      `engine/${layer}: ${lines.filter((line) => line.startsWith('ok')).length} ok, ${wrong.length} not`
    )
    for (const line of wrong) console.log(`  ${line}`)
    if (run.stderr) console.log(run.stderr.trimEnd())
    if (run.status !== 0) failed++
  }
  return failed
}

async function goldenCases(folders: readonly string[]): Promise<number> {
  Object.assign(process.env, device)
  const outcomes: Outcome[] = []
  for (const item of folders.flatMap(findCases)) {
    const outcome = await runCase(item, dirname(item.dir))
    console.log(
      describeOutcome(outcome)
        .split('\n', outcome.kind === 'passed' ? 1 : undefined)
        .join('\n')
    )
    outcomes.push(outcome)
  }
  console.log(`\n${summary(outcomes)} (${process.env['NEIRO_COMPUTE'] ?? 'f32'})`)
  return outcomes.filter(({ kind }) => kind !== 'passed' && kind !== 'not yet').length
}

makeReady('addon with proofs')
const given = process.argv.slice(2).map((dir) => resolve(dir))
const folders = given.length
  ? given
  : ['golden', 'golden-2'].map((name) => resolve(import.meta.dirname, '..', name))
let failed = existsSync(addonFile) ? await goldenCases(folders) : 1
if (process.env['NEIRO_COMPUTE'] !== 'bf16') {
  failed += alsoInBf16()
  if (!given.length) failed += enginePrograms()
}
process.exitCode = failed ? 1 : 0
