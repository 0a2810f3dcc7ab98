// Step "rehearse": the demo's tuning on another tenth of the sample, without a run folder: does the recipe carry
// the tone over to whatever is held out, or only to the tenth that the sample names? --fold 0 is that tenth.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, Session } from '../../addon/index'
import type { Settings } from '../../main/contract/settings'
import { addonFile } from './places'
import { facts, parseTone, tone } from '../../main/services/evaluation/tone'
import { readSample, type SampleRow } from '../../main/services/recipes/built-in-sample'
import { readRecipe } from '../../main/services/recipes/recipe'
import { ChatTemplate } from '../../main/services/tokens/chat-template'
import { encodeAll } from '../../main/services/tokens/cut'
import { LoadedModelText } from '../../main/services/tokens/loaded-model-text'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { planTraining } from '../../main/trainer/batching'
import { adam } from '../../main/trainer/engine-session'
import { loadAddon } from '../../main/trainer/load-addon'
import { learningRateAt } from '../../main/trainer/schedule'
import { answerWith } from './answer'
import { joinBatches } from './lessons'
import { modelDir, sampleDir, toneFile } from './places'
import { chatTemplate } from './tokenizer/tokenizer-files'

const patterns = parseTone(readFileSync(toneFile, 'utf8'), toneFile)
const template = new ChatTemplate(chatTemplate, {})

interface Score {
  readonly tone: number
  readonly facts: number
  readonly both: number
  readonly asked: number
  readonly misses: readonly string[]
}

async function ask(
  session: Session,
  tokenizer: Tokenizer,
  rows: readonly SampleRow[],
  adapter: boolean
): Promise<Score> {
  const score = { tone: 0, facts: 0, both: 0, asked: rows.length, misses: [] as string[] }
  for (const row of rows) {
    const turns = [{ role: 'user', content: row.question }] as const
    const answer = await answerWith(session, { tokenizer, template }, turns, adapter)
    const hasTone = tone(answer, row.language, patterns)
    const hasFacts = facts(answer, row.facts)
    score.tone += Number(hasTone)
    score.facts += Number(hasFacts)
    score.both += Number(hasTone && hasFacts)
    if (!hasFacts || !hasTone) {
      score.misses.push(
        `${row.id} ${hasTone ? 'T' : '-'}${hasFacts ? 'F' : '-'} ${row.question} -> ${answer}`
      )
    }
  }
  return score
}

const share = (score: Score): string =>
  `tone ${score.tone}/${score.asked}, facts ${score.facts}/${score.asked}, both ${score.both}/${score.asked}`

async function encodeRows(
  rows: readonly SampleRow[],
  tokenizer: Tokenizer,
  settings: Settings
): Promise<readonly Batch[]> {
  const examples = rows.map(({ question, answer }, row) => ({
    kind: 'conversation' as const,
    messages: [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: answer }
    ],
    source: { file: 'sample', row }
  }))
  const modelText = new LoadedModelText(tokenizer, () => template, {
    bosToken: null,
    eosToken: '<|im_end|>'
  })
  const { maxSeqLength } = settings
  const encoded = await encodeAll(examples, { modelText, maxSeqLength, lossOn: 'responses' })
  return encoded.examples.map(({ tokens, labels }) => ({
    tokens,
    labels,
    lengths: Int32Array.of(tokens.length)
  }))
}

/** Tunes without the tenth of this number and asks it; the answers after the last update count. */
export async function rehearse(fold: number, threads: number, change: Partial<Settings> = {}): Promise<void> {
  const recipe = await readRecipe(join(sampleDir, 'recipe.yaml'))
  const settings = { ...recipe.settings, ...change }
  const sample = await readSample(sampleDir)
  const isHeldOut = (row: SampleRow): boolean => Number(row.id.slice(3)) % 10 === fold
  const tokenizer = await Tokenizer.load(modelDir)
  const train = await encodeRows(
    sample.filter((row) => !isHeldOut(row)),
    tokenizer,
    settings
  )
  const held = sample.filter(isHeldOut)
  const heldOut = joinBatches(await encodeRows(held, tokenizer, settings))
  const session = await loadAddon(addonFile).Session.open({
    modelDir,
    baseQuantization: settings.baseQuantization,
    seed: settings.seed,
    threads,
    maxTokensPerMicroBatch: 8192,
    maxContext: 512,
    train: {
      kind: 'lora',
      rank: settings.loraRank,
      alpha: settings.loraAlpha,
      rsLora: settings.rsLora,
      dropout: settings.loraDropout,
      targetModules: [...settings.targetModules]
    }
  })
  console.log(`rehearse ${fold}: base ${share(await ask(session, tokenizer, held, false))}`)
  const plan = planTraining(
    train.map((batch) => batch.tokens.length),
    settings
  )
  const every = Math.ceil(plan.totalSteps / 10)
  let seconds = 0
  let tokens = 0
  for (let step = 1; step <= plan.totalSteps; step++) {
    const result = await session.step(
      plan.at(step).microBatches.map((part) => joinBatches(part.map((i) => train[i] as Batch))),
      {
        ...adam,
        step,
        learningRate: learningRateAt(settings, step, plan.totalSteps),
        weightDecay: settings.weightDecay,
        maxGradNorm: settings.maxGradNorm
      }
    )
    seconds += result.seconds
    tokens += result.tokens
    if (step % every === 0 || step === plan.totalSteps) {
      const { nllSum, learntTokens } = await session.evaluate(heldOut, { adapter: true })
      console.log(
        `  step ${step}/${plan.totalSteps} loss ${result.loss.toFixed(3)} held out ${(nllSum / learntTokens).toFixed(3)}`
      )
    }
  }
  const tuned = await ask(session, tokenizer, held, true)
  await session.close()
  for (const miss of tuned.misses) console.log(`  ${miss}`)
  console.log(
    `rehearse ${fold}: tuned ${share(tuned)}; ${seconds.toFixed(0)} s, ${Math.round(tokens / seconds)} tokens/s`
  )
}
