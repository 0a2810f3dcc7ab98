// Text in llama.cpp's tokens and in ours: a thousand lines of Japanese for each tokenizer that is at hand.
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer, demandingSample } from '../../../main/services/tokens/tokenizer'
import { randomModel } from '../../bench/random-model'
import { sharedData, skippedNote } from '../../fixtures/shared-data'
import { openOptions } from '../../fixtures/sessions'
import { engine } from '../../golden-runner/engine'
import type { Judge } from './judge'
import type { Tell } from './kinds'
import { entriesOf } from './tuned'

interface Case {
  readonly name: string
  readonly dir: string | null
  /** Unigram has no exact form there: how many are the same is said, and no more */
  readonly isExact: boolean
}

const cases: readonly Case[] = [
  { name: 'starter', dir: join(import.meta.dirname, '../../../resources/starter/model'), isExact: true },
  { name: 'smollm2', dir: sharedData('tokenizers/smollm2'), isExact: true },
  { name: 'qwen2', dir: sharedData('tokenizers/qwen2-assembled'), isExact: true },
  { name: 'phi-3', dir: sharedData('tokenizers/phi-3-mini'), isExact: true },
  { name: 'llm-jp (Unigram)', dir: sharedData('tokenizers/llm-jp/ver2.2'), isExact: false }
]

export async function checkTexts(judge: Judge, out: string, tell: Tell): Promise<void> {
  const lines = japaneseLines(1000)
  if (lines === null) return console.log(`texts: ${skippedNote}`)
  for (const { name, dir, isExact } of cases) {
    if (dir === null) continue
    const tokenizer = await Tokenizer.load(dir)
    const file = await vocabularyFile(name, dir, tokenizer.idLimit, out)
    const ours = await tokenizer.encodeBatch(lines)
    const theirs = await judge.tokens(file, lines)
    const same = ours.filter((ids, at) => JSON.stringify([...ids]) === JSON.stringify(theirs[at])).length
    tell(`${name}: lines in tokens`, same, lines.length, isExact)
  }
}

/** The smallest model that has this vocabulary. */
async function vocabularyFile(name: string, from: string, vocab: number, out: string): Promise<string> {
  const dir = randomModel(
    {
      ...{ name: `words-${vocab}`, modelType: 'llama', hidden: 32, intermediate: 32, layers: 1, heads: 1 },
      ...{ kvHeads: 1, headDim: 32, vocab, tied: true, theta: 10_000, positions: 64, epsilon: 1e-6 }
    },
    out
  )
  mkdirSync(dir, { recursive: true })
  for (const file of readdirSync(from))
    if (file.startsWith('token')) cpSync(join(from, file), join(dir, file))
  const session = await engine().Session.open(
    openOptions({ modelDir: dir, baseQuantization: 'none', train: undefined, maxContext: 0 })
  )
  const file = join(out, `words-${vocab}.gguf`)
  await session.saveGguf({ file, type: 'F16', entries: await entriesOf(dir, [0]) })
  await session.close()
  return file
}

function japaneseLines(count: number): readonly string[] | null {
  const folder = sharedData('datasets/ja-instruction')
  if (folder === null) return null
  const texts = readdirSync(folder).filter((name) => /\.(jsonl?|csv|txt)$/.test(name))
  const lines = texts
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\\n|\n/))
    .map((line) => line.trim())
    .filter((line) => /[ぁ-んァ-ヶ一-龠]/.test(line))
  return [demandingSample, '  two  spaces', ...lines].slice(0, count)
}
