// npm run doctor -- --generate DIR --seed N [--rows N] [--second]: writes a data set with known defects, checks it, and prints precision
// and recall of each finding. --second: personal data alone, as another
// generator has them. --misses names what was missed and what was found in vain.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lineOf } from '../../main/services/dataset/kinds'
import { generate, generateSecond } from './generate'
import { judgeFindings, judgePersonal, precision, recall } from './judge'

const { values } = parseArgs({
  options: {
    generate: { type: 'string' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string', default: '40' },
    second: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false }
  }
})
const make = values.second ? generateSecond : generate
const made = make(Number(values.seed), Number(values.rows))
if (values.generate !== undefined) {
  mkdirSync(values.generate, { recursive: true })
  writeFileSync(
    join(values.generate, 'planted.jsonl'),
    made.rows.map(({ example }) => `${lineOf(example)}\n`).join('')
  )
  const truth = {
    findings: Object.fromEntries(
      Object.entries(made.planted).map(([kind, rows]) => [kind, [...rows].map((row) => row + 1)])
    ),
    personal: made.personal.flatMap((planted, row) => planted.map((one) => ({ row: row + 1, ...one }))),
    heldOut: made.rows.flatMap(({ heldOut, index }) => (heldOut ? [index + 1] : []))
  }
  writeFileSync(join(values.generate, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`)
}
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8)
console.log(`${made.rows.length} rows, seed ${values.seed}`)
console.log(`${'finding'.padEnd(20)} planted  found  precision  recall`)
for (const score of [...(await judgeFindings(made)), ...judgePersonal(made)].filter(
  (one) => one.planted + one.found > 0
)) {
  const { name, planted, found, missed, wrong } = score
  console.log(
    `${name.padEnd(20)} ${String(planted).padStart(7)} ${String(found).padStart(6)} ${percent(precision(score)).padStart(10)} ${percent(recall(score))}`
  )
  if (!values.misses) continue
  for (const one of missed.slice(0, 16)) console.log(`  missed  ${JSON.stringify(one).slice(0, 220)}`)
  for (const one of wrong.slice(0, 16)) console.log(`  in vain ${JSON.stringify(one).slice(0, 220)}`)
}
