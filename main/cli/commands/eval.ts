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
import { readingFlags, readingFrom } from '../reading-arguments'
import { reportEvaluation } from '../report-evaluation'
import { findTarget } from '../target'

export const evaluate: Command = {
  name: 'eval',
  usage: '--run NAME | --model DIR [--adapter DIR] --data FILE…',
  positionals: { min: 0, max: 0 },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    dataFlag,
    ...readingFlags,
    limitFlag,
    maxNewTokensFlag,
    systemPromptFlag,
    baseQuantizationFlag,
    threadsFlag
  ],
  examples: [
    'neiro eval --run latest',
    'neiro eval --model ./base --adapter ./adapter --data test.jsonl --limit 20'
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
  const named = args.has('data') ? await namedExamples(args, context) : null
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
async function namedExamples(args: Arguments, { places, parts }: Context): Promise<readonly Example[]> {
  const data = args.texts('data')
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  const { dataPaths, heldOutPaths } = await resolveData({ data }, sample)
  const onlySample = data.every((path) => path === sampleWord)
  const paths = onlySample ? (heldOutPaths ?? dataPaths) : dataPaths
  return (await readData(paths, readingFrom(args), parts.workshop.reader)).examples
}
