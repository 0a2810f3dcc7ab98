// Our GGUF files in the hands of llama.cpp: every kind of file of tuned tiny models, adapters over their bases, texts
// in tokens; and SmolLM2 where the reference environment has it. Fails where anything that must be equal is not.
import { makeReady } from '../../fixtures/ready'
import { Judge } from './judge'
import { checkFamily, otherFamilies, wholeFamilies } from './kinds'
import { checkReal } from './real'
import { checkTexts } from './texts'
import { checkWords } from './words'

const [out = '', ...only] = process.argv.slice(2)
if (out === '') throw new Error('usage: main.ts FOLDER [family, words, texts or real ...]')
makeReady('addon with proofs', 'app')

const judge = new Judge()
let failed = 0
function tell(what: string, same: number, of: number, isRequired: boolean): void {
  const isWrong = isRequired && same < of
  if (isWrong) failed++
  console.log(
    `${isWrong ? 'NOT ' : ''}${isRequired || same === of ? 'equal' : 'same '}  ${what}: ${same} of ${of}`
  )
}

const wanted = (name: string): boolean => only.length === 0 || only.includes(name)
try {
  for (const name of [...wholeFamilies, ...otherFamilies])
    if (wanted(name)) await checkFamily(name, judge, out, tell)
  if (wanted('words')) await checkWords(judge, out, tell)
  if (wanted('texts')) await checkTexts(judge, out, tell)
  if (wanted('real')) await checkReal(judge, out, tell)
} finally {
  judge.close()
}
if (failed > 0) {
  console.error(`${failed} differ`)
  process.exitCode = 1
}
