// neiro plan: what a training will need, before it starts. Same options as tune; writes nothing that stays.
import type { MemoryPlan, OpenOptions } from '../../../addon/index'
import { gpuTrouble, whyNoGpu } from '../../words/gpu'
import { choiceWord } from '../../words/settings'
import type { Words } from '../../words/cli'
import { memoryShares, type MemoryShare } from '../../contract/memory-shares'
import type { Recipe, Settings } from '../../contract/settings'
import { virtualTokensOf } from '../../contract/virtual-tokens'
import type { TrainingWork } from '../../services/runs/estimate-time'
import type { RunPlan } from '../../services/runs/planner'
import { textRoom } from '../../services/runs/text-room'
import { trainingOptions, type TrainingInput } from '../../services/runs/training-options'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { recipeFlags } from '../flags'
import { bytes, duration, printable, whole } from '../format'
import { recipeFrom } from '../recipe-arguments'
import { table } from '../table'
import { begun, encode } from '../training'

export const plan: Command = {
  name: 'plan',
  usage: '[recipe.yaml] --model DIR [--data FILE…]',
  positionals: { min: 0, max: 1 },
  settings: true,
  flags: recipeFlags,
  examples: [
    'neiro plan --model ./Qwen2.5-0.5B',
    'neiro plan --model ./Qwen2.5-0.5B --base-quantization nf4 --max-seq-length 512 --batch-size 1',
    'neiro plan recipe.yaml'
  ],
  events: [
    ['plan', 'memory machine fit model time onGpus'],
    ['prepared', 'train heldOut trainTokens learntTokens cut cutExamples refused files'],
    ['doubt', 'code details message hint']
  ],
  run: runPlan
}

async function runPlan(args: Arguments, context: Context): Promise<number> {
  const { out, parts } = context
  const recipe = await recipeFrom(args, { data: false }, context)
  const { settings, input, work } =
    recipe.data.length > 0 ? await fromData(context, recipe) : await fromModel(context, recipe)
  const result = await parts.planner.plan(settings, input, work)
  out.event('plan', { ...result })
  report(context, recipe, trainingOptions(settings, input), work, result)
  return 0
}

interface Question {
  readonly settings: Settings
  readonly input: TrainingInput
  readonly work: TrainingWork
}

/** Tokenised as tune would: the plan is then for exactly that run. */
async function fromData(context: Context, recipe: Recipe): Promise<Question> {
  const { job, input, work } = await encode(context, recipe)
  return { settings: job.settings, input, work }
}

async function fromModel(context: Context, said: Recipe): Promise<Question> {
  const { parts } = context
  const { recipe, model, startDir } = await begun(said, context)
  const { settings } = recipe
  const room = textRoom(model.maxPositionEmbeddings, virtualTokensOf(settings))
  const length = Math.min(settings.maxSeqLength, room)
  return {
    settings,
    input: {
      modelDir: model.dir,
      // a micro-batch of the longest examples there may be
      trainLengths: Array.from({ length: settings.batchSize }, () => length),
      heldOutLengths: [],
      maxContext: 0,
      threads: parts.threads(),
      ...(startDir !== undefined && { startDir })
    },
    work: { examples: 0, trainTokens: 0, heldOutTokens: 0 }
  }
}

const categories = [
  'weights',
  'adapter',
  'gradients',
  'optimizer',
  'activations',
  'workspace',
  'runtime'
] as const

function report(
  context: Context,
  recipe: Recipe,
  open: OpenOptions,
  work: TrainingWork,
  result: RunPlan
): void {
  const { out, language } = context
  const words = context.words.plan
  const { memory, machine, model, time, onGpus } = result
  out.line()
  out.line(
    words.model(
      model.family,
      whole(model.parameters),
      whole(memory.adapter / 4),
      choiceWord('baseQuantization', recipe.settings.baseQuantization, language)
    )
  )
  const where = whereText(memory, context)
  if (where !== null) out.line(where)
  out.line()
  out.line(out.style(words.memoryTitle(whole(open.maxTokensPerMicroBatch)), 'bold'))
  const rows = memoryShares(memory, { memory: machine.memoryBytes, free: machine.availableBytes }).flatMap(
    (one) => [
      ...(memory.onGpu ? [[` ${words.where[one.where]}`, '', '']] : []),
      ...rowsOf(one, words),
      [
        `  ${one.where === 'gpu' ? printable(memory.gpuName) : words.machine}`,
        bytes(one.memory),
        words.free(bytes(one.free))
      ]
    ]
  )
  for (const line of table(rows, ['left', 'right', 'left'])) out.line(line)
  const verdict = context.words.fit[result.fit]
  out.line(
    `  → ${out.style(verdict, result.fit === 'fits' ? 'green' : result.fit === 'tight' ? 'yellow' : 'red')}`
  )
  out.line()
  out.line(out.style(words.timeTitle, 'bold'))
  out.line(`  ${words.speed(whole(time.tokensPerSecond))}`)
  if (work.examples === 0) out.line(`  ${words.noData}`)
  else {
    out.line(`  ${words.time(whole(time.totalSteps), whole(time.tokens), duration(time.seconds, language))}`)
    out.line(`  ${onGpus ? words.onGpus(onGpus.gpus, duration(onGpus.seconds, language)) : words.noGpus}`)
  }
}

function rowsOf({ parts, memory }: MemoryShare, words: Words['plan']): readonly string[][] {
  const share = (part: number): string => bar(part / Math.max(parts.total, memory))
  return [
    ...categories
      .filter((category) => parts[category] > 0)
      .map((category) => [`  ${words.categories[category]}`, bytes(parts[category]), share(parts[category])]),
    [`  ${words.total}`, bytes(parts.total), '']
  ]
}

/** Which device, and why not the GPU; null where there is nothing to choose from. */
function whereText(
  { onGpu, gpuName, notOnGpu, gpuWanted, gpuFree }: MemoryPlan,
  context: Context
): string | null {
  const { words, language } = context
  if (onGpu) return words.plan.onThisGpu(printable(gpuName))
  if (notOnGpu === 'GPU_MEMORY')
    return words.plan.notOnGpu(printable(gpuName), bytes(gpuWanted), bytes(gpuFree))
  if (notOnGpu === 'GPU_WITHOUT_INT8') return words.plan.onCpu(whyNoGpu(notOnGpu, language))
  const trouble = notOnGpu && gpuTrouble({ noGpu: { reason: notOnGpu, name: gpuName } }, language)
  return trouble ? words.plan.onCpu(printable(trouble)) : null
}

/** Ten cells are the whole machine (or the whole plan where that is more). */
function bar(share: number): string {
  const cells = Math.round(share * 20)
  return '█'.repeat(Math.floor(cells / 2)) + (cells % 2 === 1 ? '▌' : '')
}
