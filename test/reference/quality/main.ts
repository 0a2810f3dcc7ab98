// Real data learnt here and elsewhere: a table for each part, and its numbers as a file.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeReady } from '../../fixtures/ready'
import { bytes } from './bytes'
import { grpo } from './grpo'
import { Lab, type Held, type Options, type Part } from './lab'
import { preferring } from './preferring'
import { sorting } from './sorting'
import { tone } from './tone'

const parts: Readonly<Record<string, (lab: Lab) => Promise<Part>>> = {
  sorting,
  preferring,
  tone,
  grpo,
  bytes
}
const kept = resolve(import.meta.dirname, '../../output/quality')

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: 'whole' },
    seeds: { type: 'string', default: '0' },
    /** one half of a part: full or lora of sorting, dpo or kto of preferring */
    only: { type: 'string' }
  }
})
const [python = '', talker = '', sentences = '', ...asked] = positionals
const strange = asked.find((name) => !(name in parts))
if (strange !== undefined) throw new Error(`no part ${strange}: ${Object.keys(parts).join(', ')}`)
const options: Options = {
  size: values.size === 'small' ? 'small' : 'whole',
  seeds: Number(values.seeds),
  only: values.only ?? null
}

function show(name: string, held: readonly Held[]): boolean {
  console.log(`\n${name.padEnd(46)}${'Neiro'.padStart(10)}${'rival'.padStart(10)}${'apart'.padStart(10)}`)
  let good = true
  for (const { what, ours, theirs, apart, most } of held) {
    const missed = apart !== null && !(apart <= most)
    good &&= !missed
    const judged = apart === null ? '' : `${apart.toExponential(1).padStart(10)} of ${String(most)}`
    console.log(
      `  ${what.padEnd(44)}${ours.toFixed(5).padStart(10)}${theirs.toFixed(5).padStart(10)}${judged}${missed ? '  MISS' : ''}`
    )
  }
  return good
}

makeReady('app')
mkdirSync(kept, { recursive: true })
const work = mkdtempSync(join(tmpdir(), 'neiro-quality-'))
let good = true
try {
  for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
    const part = parts[name] as (typeof parts)[string]
    const { held, beside } = await part(new Lab(join(work, name), { python, talker, sentences }, options))
    good = show(name, held) && good
    const file = join(kept, `${[name, ...(options.only ? [options.only] : [])].join('-')}.json`)
    writeFileSync(file, JSON.stringify({ options, held, beside }, null, 2))
    console.log(`  kept in ${file}`)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = good ? 0 : 1
