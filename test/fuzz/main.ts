// npm run fuzz [-- COUNT [SEED]]: any bytes under any of the known endings through the workshop, 20,000 by default. What
// goes wrong is kept in test/output/fuzz. `native` first: the engine's own readers instead (native/run.ts).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workshop } from '../../main/workshop/workshop'
import { builtWorkshop } from '../trainer/built'
import { fuzzReaders } from './native/run'
import { tryInputs } from './try-inputs'

const words = process.argv.slice(2)
if (words[0] === 'native') process.exit(fuzzReaders(words.slice(1)))
const [count = 20_000, seed = 1] = words.map((word) => Number(word.replaceAll(/[_,]/g, '')))
const dir = mkdtempSync(join(tmpdir(), 'neiro-fuzz-'))
const workshop = new Workshop({ program: await builtWorkshop() })
try {
  const stretch = 5000
  const wrong: string[] = []
  for (let done = 0; done < count; done += stretch) {
    const tried = await tryInputs(workshop, dir, {
      count: Math.min(stretch, count - done),
      seed: seed + done
    })
    wrong.push(...tried.wrong)
    const { rows, refused, slowestMs } = tried
    console.log(
      `${done + tried.tried}/${count}: ${rows} with rows, ${refused} refused, slowest ${Math.round(slowestMs)} ms, ${wrong.length} wrong`
    )
  }
  for (const one of wrong) console.log(one)
  process.exitCode = wrong.length > 0 ? 1 : 0
} finally {
  workshop.close()
  rmSync(dir, { recursive: true, force: true })
}
