// Step "tokenizer": counts the words of the corpus and of the sample's training part, learns the merges and
// writes the small files of the model folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dialogues } from './grammar/corpus'
import { modelDir, sampleFile } from './places'
import { configJson, generationConfigJson, shape } from './shape'
import { tokenizerConfig, tokenizerJson, specialId, specialTokens } from './tokenizer/tokenizer-files'
import { trainBpe, type Bpe } from './tokenizer/train-bpe'
import { cutWords } from './tokenizer/words'

const corpusSeed = 7
const corpusDialogues = 20_000
/** The sample is small: its courtesies must weigh enough to become tokens. Its held-out part is not read. */
const sampleWeight = 10

interface SampleRow {
  readonly split: string
  readonly question: string
  readonly answer: string
}

export function learnTokenizer(vocabularySize: number, dialogueCount = corpusDialogues): Bpe {
  const counts = new Map<string, number>()
  const count = (text: string, weight: number): void => {
    for (const word of cutWords(text)) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
  for (const { turns } of dialogues(corpusSeed, dialogueCount))
    for (const turn of turns) count(turn.content, 1)
  for (const line of readFileSync(sampleFile, 'utf8').trim().split('\n')) {
    const row = JSON.parse(line) as SampleRow
    if (row.split !== 'train') continue
    count(row.question, sampleWeight)
    count(row.answer, sampleWeight)
  }
  // the template's own words, so that a turn's head is three tokens
  for (const role of ['system', 'user', 'assistant']) count(role, dialogueCount)
  return trainBpe(counts, vocabularySize - specialTokens.length)
}

export function makeTokenizer(): void {
  const bpe = learnTokenizer(shape.vocabSize)
  if (bpe.vocabulary.length + specialTokens.length !== shape.vocabSize) {
    throw new Error(`the corpus has words for ${bpe.vocabulary.length} tokens only`)
  }
  const ids = { pad: specialId(bpe, '<|endoftext|>'), end: specialId(bpe, '<|im_end|>') }
  mkdirSync(modelDir, { recursive: true })
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(modelDir, name), JSON.stringify(content, null, 1) + '\n')
  write('tokenizer.json', tokenizerJson(bpe))
  write('tokenizer_config.json', tokenizerConfig(bpe, shape.maxPositions))
  write('config.json', configJson(shape, ids))
  write('generation_config.json', generationConfigJson(ids))
  console.log(`tokenizer: ${bpe.merges.length} merges, ${shape.vocabSize} tokens`)
}
