// neiro advise: does it need training at all? The base alone, with an instruction, with near examples and with retrieval
// answer the same questions; the recommendation follows from what was measured.
import { join, resolve } from 'node:path'
import type { CandidateSpec } from '../../contract/candidates'
import type { Example } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { settingRows } from '../../contract/settings'
import { readData } from '../../services/dataset/read/read-paths'
import { splitInTurns } from '../../services/dataset/set/split'
import { adviceOf, enoughShare } from '../../services/evaluation/advice'
import { heldOutOf } from '../../services/evaluation/held-out'
import { draftOf } from '../../services/evaluation/tone-draft'
import { fewestItems } from '../../contract/evaluation'
import { resolveData } from '../../services/recipes/built-in-sample'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import {
  baseQuantizationFlag,
  dataFlag,
  deviceFlag,
  limitFlag,
  maxNewTokensFlag,
  modelFlag,
  runFlag,
  systemPromptFlag,
  threadsFlag
} from '../flags'
import { readingFlags, readingFrom } from '../reading-arguments'
import { reportAdvice } from '../report-advice'
import { findTalker } from '../target'

export const advise: Command = {
  name: 'advise',
  usage: '--model DIR --data FILE… | --run NAME',
  positionals: { min: 0, max: 0 },
  flags: [
    modelFlag,
    runFlag,
    dataFlag,
    ...readingFlags,
    limitFlag,
    { name: 'prompt', kind: 'text', value: 'TEXT' },
    { name: 'documents', kind: 'files', value: 'FILE' },
    maxNewTokensFlag,
    systemPromptFlag,
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag
  ],
  examples: [
    'neiro advise --model starter --data faq.csv',
    'neiro advise --run latest --documents manual.docx --limit 50'
  ],
  events: [['advice', 'code result memory (scores with 95 % intervals, seconds and bytes of an answer)']],
  run: runAdvise
}

const standardLimit = 30
const [shown, passages] = [3, 3]

async function runAdvise(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts, places } = context
  const tuned = await findTalker(args, context)
  const { runDir } = tuned
  if (runDir === null && !args.has('data')) throw new UsageError('DATA_NOT_SAID')
  const own = runDir === null ? await ownSplit(args, context) : null
  const examples = own?.heldOut ?? (runDir === null ? [] : await heldOutOf(runDir))
  const evaluated = await withEngine(context, async (_, signal) => {
    const learnt = own?.train ?? (await parts.evaluations.learntOf(tuned))
    return {
      learnt,
      ...(await parts.evaluations.evaluate(
        {
          ...{ tuned, examples, maxNewTokens: args.number('max-new-tokens') },
          // in a place of its own: more ways and other questions would leave the comparison of the window half done
          keptIn: runDir === null ? join(places.neiroHome, 'advice') : join(runDir, runFiles.advice),
          ...(own && { learnt })
        },
        {
          limit: args.number('limit') ?? standardLimit,
          candidates: await waysFrom(args, learnt),
          signal,
          onLine: (stage, done, total) => out.live(words.eval.progress[stage](done, total))
        }
      ))
    }
  })
  out.clearLive()
  const held = { tuned, opened: evaluated }
  const result = await parts.evaluations.resultOf(held, runDir, '', [], own ? evaluated.learnt : undefined)
  const memory = await withEngine(context, () => parts.evaluations.memoryOf(held))
  reportAdvice(context, { code: adviceOf(result), result, memory }, { fewestItems, enoughShare })
  return 0
}

/** As a training would split it. */
async function ownSplit(
  args: Arguments,
  { places, parts }: Context
): Promise<{ readonly train: readonly Example[]; readonly heldOut: readonly Example[] }> {
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  const { dataPaths, heldOutPaths } = await resolveData({ data: args.texts('data') }, sample)
  const read = async (paths: readonly string[]): Promise<readonly Example[]> =>
    (await readData(paths, readingFrom(args), parts.workshop.reader)).examples
  const all = await read(dataPaths)
  if (heldOutPaths && heldOutPaths.length > 0) return { train: all, heldOut: await read(heldOutPaths) }
  const { heldOutRatio, seed } = settingRows
  return splitInTurns(all, heldOutRatio.default, seed.default)
}

/** Without an instruction of the user's own one is drafted from what the examples have in common. */
async function waysFrom(args: Arguments, learnt: readonly Example[]): Promise<readonly CandidateSpec[]> {
  const documents = args.texts('documents').map((path) => resolve(path))
  return [
    { kind: 'prompt', prompt: args.text('prompt') ?? (await draftOf(learnt)) },
    { kind: 'examples', count: shown },
    { kind: 'retrieval', count: passages, ...(documents.length > 0 && { documents }) }
  ]
}
