// neiro leak: does the tuned model say again what its data must not give away?
import { baseRunName } from '../../words/run-name'
import { checkUpWords } from '../../words/findings'
import { RowsAside } from '../../services/dataset/read/rows-aside'
import { keepLeak } from '../../services/doctor/leak/kept-leak'
import { leakReport, mostAsked } from '../../services/doctor/leak/leak-tests'
import { everything } from '../../services/doctor/personal/mask'
import { Probes } from '../../services/doctor/leak/probes'
import { resolveData } from '../../services/recipes/built-in-sample'
import { keptExamples, keepsData } from '../../services/runs/run-data'
import { leakWords } from '../../words/leak'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { withEngine, type Context } from '../context'
import {
  adapterFlag,
  baseQuantizationFlag,
  dataFlag,
  deviceFlag,
  limitFlag,
  modelFlag,
  runFlag,
  systemPromptFlag,
  threadsFlag
} from '../flags'
import { printable, whole } from '../format'
import { readingFlags, readingFrom } from '../reading-arguments'
import { findTalker } from '../target'

export const leak: Command = {
  name: 'leak',
  usage: '--run NAME | --model DIR [--adapter DIR] [--data FILE…]',
  positionals: { min: 0, max: 0 },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    dataFlag,
    ...readingFlags,
    { name: 'secret', kind: 'texts', value: 'TEXT' },
    { name: 'own-number', kind: 'texts', value: 'EXAMPLE' },
    limitFlag,
    systemPromptFlag,
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag
  ],
  examples: [
    'neiro leak --run latest --data mails.csv',
    'neiro leak --run latest --data mails.csv --secret "青い鳥は7番地に住む"'
  ],
  events: [
    ['leak', 'kind words file row said base'],
    ['leaks', 'asked values repeated inRun notThere']
  ],
  run: runLeak
}

async function runLeak(args: Arguments, context: Context): Promise<number> {
  const { out, words, parts, language } = context
  const tuned = await findTalker(args, context)
  const { runDir } = tuned
  const probes = await probesFrom(args, context, runDir)
  if (probes.values === 0) {
    out.event('leaks', { asked: 0, values: 0, repeated: 0, inRun: null, notThere: probes.notThere.length })
    out.line(words.leak.nothing)
    sayNotThere(probes.notThere, context)
    return 0
  }
  const report = await withEngine(context, (_, signal) =>
    leakReport(tuned, probes, {
      ...{ most: args.number('limit') ?? mostAsked, turns: parts.turns, signal },
      onProgress: (done, total) => out.live(words.leak.progress(done, total))
    })
  )
  out.clearLive()
  const { repeated, inRun } = report
  const { personal } = checkUpWords[language]
  const base = baseRunName(tuned.baseRun, language)
  out.line(words.leak.asked(whole(report.asked), whole(report.values)))
  out.line(repeated.length === 0 ? words.leak.none : words.leak.repeated(whole(repeated.length)))
  for (const one of repeated) {
    out.event('leak', { ...one })
    const kind = one.kind === 'planted' ? words.leak.planted : personal[one.kind]
    out.line(
      `  ${kind}  ${printable(one.words)}  ${one.file}:${one.row}${one.base ? `  ${words.leak.base(base)}` : ''}`
    )
  }
  const { asked, values, notThere } = report
  out.event('leaks', { asked, values, repeated: repeated.length, inRun, notThere: notThere.length })
  sayNotThere(notThere, context)
  if (inRun === 0) out.line(words.leak.clean)
  else if (inRun !== null) out.warning(words.leak.inRun(whole(inRun)))
  // after all is said: what cannot be kept is not lost
  if (runDir !== null) await keepLeak(runDir, report)
  return repeated.some(({ base }) => !base) ? 1 : 0
}

function sayNotThere(notThere: readonly string[], { out, language }: Context): void {
  if (notThere.length > 0) out.warning(leakWords[language].notThereWords(notThere.map(printable)))
}

async function probesFrom(args: Arguments, context: Context, runDir: string | null): Promise<Probes> {
  const probes = new Probes({
    planted: args.texts('secret'),
    masked: { ...everything, own: args.texts('own-number') }
  })
  if (!args.has('data')) {
    if (runDir === null || !keepsData(runDir)) throw new UsageError('DATA_NOT_SAID')
    for await (const example of keptExamples(runDir, 'train')) probes.look(example)
    return probes
  }
  const { places, parts } = context
  const sample = { sampleDir: places.sampleDir, intoDir: places.samplePartsDir }
  const { dataPaths } = await resolveData({ data: args.texts('data') }, sample)
  const read = await RowsAside.read(dataPaths, readingFrom(args), parts.workshop.reader)
  try {
    for (const { error } of read.files) if (error) throw error
    for await (const some of read.examples()) for (const example of some) probes.look(example)
  } finally {
    await read.end()
  }
  return probes
}
