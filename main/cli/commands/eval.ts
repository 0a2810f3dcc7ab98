// neiro eval: base and tuned on the same held-out questions: scores, and answers side by side.
import type { Example } from '../../contract/records'
import { readData } from '../../services/dataset/read/read-paths'
import { heldOutOf, learntAmong } from '../../services/evaluation/evaluations'
import { resolveData } from '../../services/recipes/built-in-sample'
import { sampleWord } from '../../services/recipes/recipe'
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
import { reportEvaluation } from '../report-evaluation'
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
    ['answer', 'before question expected base tuned'],
    [
      'scores',
      'base tuned refused learnt (each: loss perplexity learntTokens examples exact; of the sample also tone facts)'
    ]
  ],
  run: runEval
}

const standardLimit = 10

async function runEval(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts } = context
  const tuned = await findTarget(args, context)
  const { runDir } = tuned
  const named = args.has('data') ? await namedExamples(args.texts('data'), context) : null
  if (named === null && runDir === null) throw new UsageError('DATA_NOT_SAID')
  // what the run itself kept, never its data split anew: that may have changed since
  const examples = named ?? (runDir === null ? [] : await heldOutOf(runDir))
  const evaluated = await withEngine(context, (_, signal) =>
    parts.evaluations.evaluate(
      { tuned, examples, maxNewTokens: args.number('max-new-tokens') },
      {
        limit: args.number('limit') ?? standardLimit,
        signal,
        onLine: (stage, done, total) => out.live(words.eval.progress[stage](done, total))
      }
    )
  )
  out.clearLive()
  const learnt = named && (runDir === null ? null : await learntAmong(named, runDir))
  await reportEvaluation(context, evaluated, named ? { learnt } : {})
  return 0
}

/** Of the built-in sample, what is held out is what there is to evaluate on. */
async function namedExamples(data: readonly string[], { places }: Context): Promise<readonly Example[]> {
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  const { dataPaths, heldOutPaths } = await resolveData({ data }, sample)
  const onlySample = data.every((path) => path === sampleWord)
  return (await readData(onlySample ? (heldOutPaths ?? dataPaths) : dataPaths)).examples
}
