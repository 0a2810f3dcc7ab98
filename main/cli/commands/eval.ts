// neiro eval: base and tuned on the same held-out questions: scores, and answers side by side.
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { largestCount, type Candidate, type CandidateSpec } from '../../contract/candidates'
import { ballotSizes } from '../../contract/votes'
import type { Example } from '../../contract/records'
import { writeFileWhole } from '../../files/whole-file'
import { lineOf } from '../../services/dataset/kinds'
import { readData } from '../../services/dataset/read/read-paths'
import type { ServiceAnswers } from '../../services/evaluation/contestants'
import { forbiddenOf } from '../../services/evaluation/forbidden-words'
import { heldOutOf } from '../../services/evaluation/held-out'
import { ballotFile, ballotName } from '../../services/evaluation/report/ballot-file'
import { makeReport } from '../../services/evaluation/report/make-report'
import { nameThere } from '../../services/runners/cloud/cloud-answers'
import { remoteResult } from '../../services/runners/elsewhere-file'
import { placeText } from '../../services/runners/places'
import type { RunPlace } from '../../services/runs/run-view'
import { resolveData } from '../../services/recipes/built-in-sample'
import { sampleWord } from '../../services/recipes/recipe'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import {
  adapterFlag,
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
import { findRun } from '../find-run'
import { readingFlags, readingFrom } from '../reading-arguments'
import { reportEvaluation, reportSeen } from '../report-evaluation'
import { reportRating } from '../report-rating'
import { reportSorting } from '../report-sorting'
import type { TunedModel } from '../../services/runs/tuned-model'
import { reportVotes } from '../report-votes'
import { agreeToAsking, noteDeployments, serviceFlags } from '../services'
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
    { name: 'prompt', kind: 'texts', value: 'TEXT' },
    { name: 'examples', kind: 'integer', value: 'N' },
    { name: 'retrieval', kind: 'integer', value: 'N' },
    { name: 'documents', kind: 'files', value: 'FILE' },
    { name: 'with-run', kind: 'texts', value: 'NAME' },
    { name: 'forbidden', kind: 'texts', value: 'WORD' },
    { name: 'general', kind: 'switch' },
    { name: 'report', kind: 'text', value: 'FILE' },
    { name: 'signed-by', kind: 'text', value: 'NAME' },
    { name: 'remark', kind: 'text', value: 'TEXT' },
    { name: 'ballot', kind: 'texts', value: 'NAME' },
    { name: 'votes', kind: 'files', value: 'FILE' },
    { name: 'save-preferences', kind: 'text', value: 'FILE' },
    maxNewTokensFlag,
    systemPromptFlag,
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag,
    ...serviceFlags
  ],
  examples: [
    'neiro eval --run latest',
    'neiro eval --model ./base --adapter ./adapter --data test.jsonl --limit 20',
    'neiro eval --run latest --with-run at-openai --limit 20',
    "neiro eval --run latest --prompt 'ていねいに' --examples 3 --documents manual.docx --general --limit 50"
  ],
  events: [
    ['leaving', 'place said bytes personal'],
    ['agreed', 'run place'],
    ['answer', 'before question expected base tuned others'],
    [
      'scores',
      'base tuned refused seen (each: loss perplexity learntTokens examples exact; of the sample also tone facts)'
    ],
    ['seen', 'seen (of texts that are sorted: of exact near; null: nobody knows what was learnt)'],
    ['votes', 'filled open result (win rate with its 95 % interval; null while somebody has not finished)'],
    ['preferences', 'file pairs'],
    ['result', 'items candidates own verdict general (scores with 95 % intervals, traits of the tone, facts)']
  ],
  run: runEval
}

const standardLimit = 10

async function runEval(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts } = context
  await noteDeployments([args.text('run') ?? [], args.texts('with-run')].flat(), args, context)
  const tuned = await findTarget(args, context, { there: true })
  const { runDir } = tuned
  const preferences = args.text('save-preferences')
  if (preferences !== undefined) return savePreferences(runDir, resolve(preferences), context)
  if (tuned.score?.rates) return evalRating(args, context, tuned)
  if (tuned.score) return evalSorting(args, context, tuned)
  const named = args.has('data') ? await namedExamples(args, context) : null
  if (named === null && runDir === null) throw new UsageError('DATA_NOT_SAID')
  // what the run itself kept, never its data split anew: that may have changed since
  const examples = named ?? (runDir === null ? [] : await heldOutOf(runDir))
  const evaluated = await withEngine(context, async (_, signal) =>
    parts.evaluations.evaluate(
      { tuned, examples, maxNewTokens: args.number('max-new-tokens') },
      {
        limit: args.number('limit') ?? standardLimit,
        candidates: await candidatesFrom(args, context),
        agree: (candidate, texts) => agreeToCandidate(candidate, texts, tuned, args, context),
        general: args.has('general'),
        signal,
        onLine: (stage, done, total) => out.live(words.eval.progress[stage](done, total))
      }
    )
  )
  out.clearLive()
  const held = { tuned, opened: evaluated }
  const name = runDir === null ? '' : basename(runDir)
  const kept = runDir === null ? [] : await forbiddenOf(parts, await parts.store.placeAt(runDir))
  const forbidden = [...new Set([...kept, ...args.texts('forbidden')])]
  const result = await parts.evaluations.resultOf(held, runDir, name, forbidden)
  if (runDir !== null && !named) await voteByFiles(await parts.store.placeAt(runDir), tuned, args, context)
  await reportEvaluation(context, evaluated, {
    ...{ named: named !== null, result },
    base: tuned.baseRun
  })
  const [file, by, comment = ''] = [args.text('report'), args.text('signed-by'), args.text('remark')]
  if (file === undefined) return 0
  // of data from elsewhere there is no run's folder to look into
  if (runDir === null || named) throw new UsageError('REPORT_NEEDS_RUN')
  const html = await makeReport(await parts.store.placeAt(runDir), {
    ...{ evaluations: parts.evaluations, project: '', signature: by === undefined ? null : { by, comment } },
    ...{ forbidden, language: context.language },
    placeOf: (id) => parts.store.place(id)
  })
  await writeFileWhole(resolve(file), /\.pdf$/i.test(file) ? await parts.printPdf(html) : html)
  out.line(words.eval.report(resolve(file)))
  return 0
}

/** Of texts that are sorted: what the run kept out, or rows with labels that are named. */
async function evalSorting(args: Arguments, context: Context, tuned: TunedModel): Promise<number> {
  const { out, words, parts } = context
  const { runDir } = tuned
  const examples = await namedOrHeldOut(args, context, tuned)
  const report = await withEngine(context, (_, signal) =>
    parts.sorting.report(tuned, examples, {
      signal,
      onText: (done, total) => out.live(words.sorting.progress(done, total))
    })
  )
  out.clearLive()
  reportSorting(context, report)
  const seen = runDir === null ? null : await parts.evaluations.seenIn(runDir, examples)
  out.event('seen', { seen })
  reportSeen(context, seen)
  return 0
}

/** Of pairs of replies that are given points: those that the run kept out, or those that are named. */
async function evalRating(args: Arguments, context: Context, tuned: TunedModel): Promise<number> {
  const { out, words, parts } = context
  const examples = await namedOrHeldOut(args, context, tuned)
  const report = await withEngine(context, (_, signal) =>
    parts.rating.report(tuned, examples, {
      signal,
      onPair: (done, total) => out.live(words.rating.progress(done, total))
    })
  )
  out.clearLive()
  reportRating(context, report)
  return 0
}

/** Ballots for others, and what they sent back. */
async function voteByFiles(
  place: RunPlace,
  { baseRun }: TunedModel,
  args: Arguments,
  { out, words, parts, language }: Context
): Promise<void> {
  const [voters, returned] = [args.texts('ballot'), args.texts('votes')]
  if (voters.length + returned.length === 0) return
  const votes = await parts.evaluations.votes(place)
  for (const voter of voters) {
    const { id, items } = await votes.whole(voter, ballotSizes[0])
    const file = resolve(ballotName(id, { project: '', voter }, language))
    await writeFileWhole(file, ballotFile(id, items, language))
    out.line(words.eval.ballot(voter, file))
  }
  for (const file of returned) await votes.takeIn(await readFile(resolve(file), 'utf8'))
  reportVotes(votes.tally(), { out, words, language }, baseRun)
}

/** What the blind votes of a run prefer, as a file that dpo, orpo and cpo learn from. */
async function savePreferences(runDir: string | null, file: string, context: Context): Promise<number> {
  const { out, words, parts } = context
  if (runDir === null) throw new UsageError('REPORT_NEEDS_RUN')
  const pairs = (await parts.evaluations.votes(await parts.store.placeAt(runDir))).preferences()
  await writeFileWhole(file, pairs.map((pair) => `${lineOf(pair)}\n`).join(''))
  out.event('preferences', { file, pairs: pairs.length })
  out.line(words.eval.preferencesSaved(file, pairs.length))
  return 0
}

/** Rows that are named, else what the run kept out. Throws DATA_NOT_SAID where there is neither. */
async function namedOrHeldOut(
  args: Arguments,
  context: Context,
  { runDir }: TunedModel
): Promise<readonly Example[]> {
  if (args.has('data')) return namedExamples(args, context)
  if (runDir === null) throw new UsageError('DATA_NOT_SAID')
  return heldOutOf(runDir)
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

/** The model that a service made of a run; none where it was trained on a machine. */
async function serviceOf(runDir: string): Promise<readonly CandidateSpec[]> {
  const there = await remoteResult(runDir)
  return there
    ? [{ kind: 'service', service: { place: placeText(there.place), model: nameThere(there) } }]
    : []
}

/** Throws CONSENT_NEEDED, CANCELLED, UNMASKED_NOT_SAID. */
async function agreeToCandidate(
  { service }: Candidate,
  texts: readonly string[],
  { runDir, systemPrompt }: TunedModel,
  args: Arguments,
  context: Context
): Promise<ServiceAnswers> {
  const kept = await context.parts.elsewhere.keeperOf(service)
  // without a run of its own it is kept with the one whose model is asked
  const asked = { texts, hasSystemPrompt: systemPrompt !== '' }
  return agreeToAsking(kept.there, runDir ?? kept.dir, asked, args, context)
}

/** Beside base and tuned: what the base can do with more in its prompt, and other runs. */
async function candidatesFrom(args: Arguments, { parts }: Context): Promise<readonly CandidateSpec[]> {
  const [examples, retrieval] = [args.number('examples'), args.number('retrieval')]
  for (const [flag, value] of Object.entries({ examples, retrieval }))
    if (value !== undefined && (value < 1 || value > largestCount))
      throw new UsageError('BAD_COUNT', { flag: `--${flag}`, most: String(largestCount) })
  const documents = args.texts('documents').map((path) => resolve(path))
  const runs: CandidateSpec[] = []
  for (const word of args.texts('with-run')) {
    const { id, dir } = await findRun(word, parts.store)
    const there = await serviceOf(dir)
    runs.push(...(there.length > 0 ? there : [{ kind: 'tuned' as const, run: id }]))
  }
  return [
    ...args.texts('prompt').map((prompt): CandidateSpec => ({ kind: 'prompt', prompt })),
    ...(examples === undefined ? [] : [{ kind: 'examples' as const, count: examples }]),
    ...(retrieval === undefined && documents.length === 0
      ? []
      : [
          {
            kind: 'retrieval' as const,
            ...(retrieval !== undefined && { count: retrieval }),
            ...(documents.length > 0 && { documents })
          }
        ]),
    ...runs
  ]
}
