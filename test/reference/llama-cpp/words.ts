// How llama.cpp cuts words before it merges, under every name that is known here (tokenizer.ggml.pre): the same cuts as
// ours. NEIRO_RECORD=FILE keeps what it said, for the tests without it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ggufTokenizer } from '../../../main/services/tokens/gguf/gguf-tokenizer'
import { wordCutNames } from '../../../main/services/tokens/gguf/pre-tokenizers'
import { readGgufHead } from '../../../main/services/tokens/gguf/read-head'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { randomModel } from '../../bench/random-model'
import { openOptions } from '../../fixtures/sessions'
import { awkwardTexts, foreignTexts, wordOf, wordVocabulary } from '../../fixtures/word-vocabulary'
import { engine } from '../../golden-runner/engine'
import type { Judge } from './judge'
import type { Tell } from './kinds'

export async function checkWords(judge: Judge, out: string, tell: Tell): Promise<void> {
  const { tokens, merges } = wordVocabulary(awkwardTexts)
  const dir = randomModel(
    {
      ...{ name: 'words', modelType: 'llama', hidden: 32, intermediate: 32, layers: 1, heads: 1 },
      ...{
        kvHeads: 1,
        headDim: 32,
        vocab: tokens.length,
        tied: true,
        theta: 10_000,
        positions: 64,
        epsilon: 1e-6
      }
    },
    out
  )
  const session = await engine().Session.open(
    openOptions({ modelDir: dir, baseQuantization: 'none', train: undefined, maxContext: 0 })
  )
  const all = awkwardTexts.map((_, at) => at)
  const [foreign, usual] = [all.slice(0, foreignTexts), all.slice(foreignTexts)]
  const recorded: Record<string, readonly (readonly string[])[]> = {}
  for (const name of wordCutNames) {
    const file = join(out, `words-${name}.gguf`)
    await session.saveGguf({
      ...{ file, type: 'F16' },
      entries: [
        { key: 'tokenizer.ggml.model', type: 'text', value: 'gpt2' },
        { key: 'tokenizer.ggml.pre', type: 'text', value: name },
        { key: 'tokenizer.ggml.tokens', type: 'texts', value: tokens },
        { key: 'tokenizer.ggml.token_type', type: 'i32s', value: new Int32Array(tokens.length).fill(1) },
        { key: 'tokenizer.ggml.merges', type: 'texts', value: merges },
        { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false }
      ]
    })
    const { tokenizerJson } = ggufTokenizer(readGgufHead(file), file)
    const ours = await (await Tokenizer.fromText(tokenizerJson)).encodeBatch(awkwardTexts)
    const theirs = await judge.tokens(file, awkwardTexts)
    const same = (which: readonly number[]): number =>
      which.filter((at) => JSON.stringify([...(ours[at] ?? [])]) === JSON.stringify(theirs[at])).length
    // its patterns know capitals of A to Z only, no marks among letters, and no NFC
    tell(`words as ${name}`, same(usual), usual.length, true)
    tell(`words as ${name}, foreign capitals and marks`, same(foreign), foreign.length, false)
    recorded[name] = theirs.map((ids) => ids.map((id) => wordOf(tokens[id] ?? '')))
  }
  await session.close()
  const file = process.env['NEIRO_RECORD']
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(byWords(recorded))}\n`)
}

/** Names that cut alike together. */
function byWords(recorded: Readonly<Record<string, readonly (readonly string[])[]>>): readonly unknown[] {
  const groups = new Map<string, string[]>()
  for (const [name, words] of Object.entries(recorded)) {
    const key = JSON.stringify(words)
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return [...groups].map(([words, names]) => ({ names, words: JSON.parse(words) as unknown }))
}
