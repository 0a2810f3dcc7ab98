// Tiny models that have learnt twenty short texts by heart: what they continue is sure enough to survive rounding.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, GgufEntry, Session, TrainMode } from '../../../addon/index'
import { ggufEntries } from '../../../main/services/exports/gguf/entries'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { ggufVocabulary } from '../../../main/services/tokens/gguf/vocabulary'
import { batchOf, openOptions, stepOptions } from '../../fixtures/sessions'
import { engine } from '../../golden-runner/engine'

export const promptCount = 20
export const answerTokens = 8

export interface Tuned {
  readonly session: Session
  readonly prompts: readonly (readonly number[])[]
  /** greedy, by our engine */
  readonly answers: readonly (readonly number[])[]
  readonly entries: GgufEntry[]
  readonly loss: number
}

const adapter: Extract<TrainMode, { kind: 'lora' }> = {
  kind: 'lora',
  rank: 16,
  alpha: 32,
  rsLora: false,
  dropout: 0,
  targetModules: ['all-linear']
}

export interface Tuning {
  readonly steps: number
  /** of the first step; it goes down to nothing */
  readonly learningRate: number
  readonly rsLora?: boolean
  /** what it learns by heart; absent: random tokens of the golden models' vocabulary */
  readonly texts?: Batch
}

export async function tuned(
  dir: string,
  { steps, learningRate, rsLora = false, texts = randomTexts() }: Tuning
): Promise<Tuned> {
  const session = await engine().Session.open(
    openOptions({
      modelDir: dir,
      baseQuantization: 'none',
      train: { ...adapter, rsLora },
      maxTokensPerMicroBatch: texts.tokens.length
    })
  )
  let loss = NaN
  for (let step = 1; step <= steps; step++)
    loss = (
      await session.step(
        [texts],
        stepOptions(step, { weightDecay: 0, learningRate: learningRate * (1 - (step - 1) / steps) })
      )
    ).loss
  const prompts = beginnings(texts)
  return { session, prompts, answers: await greedy(session, prompts), entries: await entriesOf(dir), loss }
}

const lengthOf = (at: number): number => 16 + (at % 5)
const randomTexts = (): Batch =>
  batchOf(
    Array.from({ length: promptCount }, (_, at) => lengthOf(at)),
    7
  )

/** Texts that a model knows the words of, cut to the same lengths, learnt from their second half on. */
export async function ownTexts(dir: string, texts: readonly string[]): Promise<Batch> {
  const encoded = await (await Tokenizer.load(dir)).encodeBatch(texts)
  const cut = encoded
    .filter(({ length }) => length >= lengthOf(4))
    .slice(0, promptCount)
    .map((ids, at) => [...ids.subarray(0, lengthOf(at))])
  if (cut.length < promptCount) throw new Error('too few texts of this length')
  const labels = cut.flatMap((ids) => ids.map((id, at) => (at < ids.length / 2 ? -100 : id)))
  return {
    tokens: Int32Array.from(cut.flat()),
    labels: Int32Array.from(labels),
    lengths: Int32Array.from(cut, ({ length }) => length)
  }
}

function beginnings({ tokens, lengths }: Batch): number[][] {
  let first = 0
  return [...lengths].map((length) => {
    const prompt = [...tokens.subarray(first, first + Math.ceil(length / 2))]
    first += length
    return prompt
  })
}

export async function greedy(
  session: Session,
  prompts: readonly (readonly number[])[],
  { count = answerTokens, stops = [] }: { readonly count?: number; readonly stops?: readonly number[] } = {}
): Promise<readonly (readonly number[])[]> {
  const answers: number[][] = []
  for (const prompt of prompts) {
    await session.generateBegin({
      prompt: Int32Array.from(prompt),
      maxNewTokens: count,
      stopTokens: Int32Array.from(stops),
      sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 1 },
      adapter: true
    })
    answers.push([...(await session.generateNext(count)).tokens])
  }
  return answers
}

/** Metadata of a file of this model; the template plays no part here. */
export async function entriesOf(dir: string, ends: readonly number[] = [2]): Promise<GgufEntry[]> {
  const config = JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8')) as { vocab_size: number }
  const vocabulary = await ggufVocabulary(dir, config.vocab_size)
  const text = {
    vocabulary,
    template: '{{ messages }}',
    begin: null,
    addsBegin: false,
    ends,
    unknown: null,
    padding: null
  }
  return ggufEntries({ name: 'tried', baseName: 'tried', licence: null, text })
}
