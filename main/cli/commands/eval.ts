// neiro eval: base and tuned on the same held-out questions: scores, and answers side by side.
import type { Example } from '../../contract/records'
import type { Recipe } from '../../contract/settings'
import { readData } from '../../services/dataset/read/read-paths'
import { splitExamples } from '../../services/dataset/set/split'
import { compareSideBySide } from '../../services/evaluation/side-by-side'
import { resolveData } from '../../services/recipes/built-in-sample'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import {
  adapterFlag,
  baseQuantizationFlag,
  dataFlag,
  limitFlag,
  maxNewTokensFlag,
  modelFlag,
  runFlag,
  systemPromptFlag,
  threadsFlag
} from '../flags'
import { reportAnswers, reportScores } from '../report-answers'
import { sampleScores } from '../sample-scores'
import { findTarget } from '../target'

export const evaluate: Command = {
  name: 'eval',
  summary: {
    ja: 'もとのモデルと学習後を、同じ質問でくらべます',
    en: 'compare base and tuned on the same questions'
  },
  usage: '--run NAME | --model DIR [--adapter DIR] --data FILE…',
  positionals: { min: 0, max: 0 },
  about: {
    ja: '--run では、その学習でとりわけた検証用のお手本を使います。損失とパープレキシティはすべての件数で、答えは --limit 件まで（温度 0 で）出します。アダプターがなければ、もとのモデルだけを評価します。',
    en: 'With --run, the part that this training held out is used. Loss and perplexity are over all examples, answers (greedy) for the first --limit of them. Without an adapter the base alone is evaluated.'
  },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    dataFlag,
    limitFlag,
    maxNewTokensFlag,
    systemPromptFlag,
    baseQuantizationFlag,
    threadsFlag
  ],
  examples: [
    ['neiro eval --run latest', { ja: '最後の学習の結果', en: 'the result of the newest training' }],
    [
      'neiro eval --model ./base --adapter ./adapter --data test.jsonl --limit 20',
      { ja: 'ほかで作ったアダプターを、自分のデータで', en: 'an adapter from elsewhere, on your own data' }
    ]
  ],
  events: [
    ['answer', 'question expected base tuned'],
    [
      'scores',
      'base tuned refused (each: loss perplexity learntTokens examples exact; of the sample also tone facts)'
    ]
  ],
  run: runEval
}

const standardLimit = 10
const standardAnswer = 200
const standardLength = 1024

async function runEval(args: Arguments, context: Context): Promise<number> {
  const { out, words } = context
  const target = await findTarget(args, context)
  const examples = await examplesFor(args, context, target.recipe)
  const result = await withEngine(context, (host, signal) =>
    compareSideBySide({
      host,
      model: target.model,
      adapterDir: target.adapterDir,
      baseQuantization: target.baseQuantization,
      threads: args.number('threads') ?? 0,
      examples,
      limit: args.number('limit') ?? standardLimit,
      maxNewTokens: args.number('max-new-tokens') ?? standardAnswer,
      maxSeqLength: target.recipe?.settings.maxSeqLength ?? standardLength,
      systemPrompt: args.text('system-prompt') ?? target.recipe?.systemPrompt,
      signal,
      onProgress: (stage, done, total) => out.live(words.eval.progress[stage](done, total))
    })
  )
  out.clearLive()
  const scores = await sampleScores(context, result)
  reportAnswers(context, result, { marks: scores?.marks })
  reportScores(context, result, scores)
  return 0
}

/** Named data, else what the run held out, by the same seeded split as its training. */
async function examplesFor(
  args: Arguments,
  context: Context,
  recipe: Recipe | null
): Promise<readonly Example[]> {
  const sample = { sampleDir: context.places.sampleDir, intoDir: context.places.samplePartsDir }
  if (args.has('data')) {
    const { dataPaths, heldOutPaths } = await resolveData({ data: args.texts('data') }, sample)
    // of the built-in sample, what is held out is what there is to evaluate on
    const onlySample = args.texts('data').every((path) => path === 'sample')
    return (await readData(onlySample ? (heldOutPaths ?? dataPaths) : dataPaths)).examples
  }
  if (recipe === null) {
    throw new UsageError('DATA_NOT_SAID')
  }
  const { dataPaths, heldOutPaths } = await resolveData(recipe, sample)
  if (heldOutPaths) return (await readData(heldOutPaths)).examples
  const { examples } = await readData(dataPaths)
  return splitExamples(examples, recipe.settings.heldOutRatio, recipe.settings.seed).heldOut
}
