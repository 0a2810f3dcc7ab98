// neiro tune: from a recipe or flags to a tuned adapter; pauses on Ctrl-C and resumes where it was.
import { resolve } from 'node:path'
import { UsageError, type Arguments } from '../arguments'
import { agreeToSend, handOver, type Wish } from '../elsewhere'
import { modelPlace } from '../model-place'
import { isCloud, spreads, type CloudTerms, type Spread } from '../../contract/elsewhere'
import { starterWord } from '../../services/recipes/recipe'
import { readPlace } from '../../services/runners/places'
import { moveModel } from '../../services/runs/run-model'
import { trainOn } from '../../services/runs/run-device'
import type { RunPlace } from '../../services/runs/run-view'
import type { Command } from '../command'
import { interruptedExit, type Context } from '../context'
import { findRun } from '../find-run'
import { agreeToProgram } from '../running-program'
import { modelFlag, recipeFlags, runProgramFlag } from '../flags'
import { recipeFrom } from '../recipe-arguments'
import { prepare, reportEnd, train } from '../training'

/** test/cli holds it to the recipe reader. */
export const exampleRecipe = `name: support-desk
model: ./Qwen2.5-0.5B          # starter = built-in
data: [faq.csv, mails.jsonl]   # sample = built-in
held_out: [test.jsonl]
weights: { faq.csv: 2 }        # learnt from twice in an epoch
reading: { columns: { question: [件名, 本文], answer: 回答 } }   # where it is not recognised
system_prompt: You answer for our support desk.
questions: [返品できますか, May I return it?]
settings:
  base_quantization: nf4
  learning_rate: 0.0002
  epochs: 3`

export const tune: Command = {
  name: 'tune',
  usage: '[recipe.yaml] [--model DIR | --start RUN] [--data FILE…] [--resume RUN [--model DIR] [--device X]]',
  positionals: { min: 0, max: 1 },
  settings: true,
  flags: [
    ...recipeFlags,
    {
      name: 'out',
      kind: 'text',
      value: 'DIR'
    },
    {
      name: 'resume',
      kind: 'text',
      value: 'RUN'
    },
    { name: 'on', kind: 'text', value: 'PLACE' },
    runProgramFlag,
    { name: 'send', kind: 'switch' },
    { name: 'model-there', kind: 'text', value: 'DIR' },
    { name: 'spread', kind: 'text', value: 'WAY', choices: spreads },
    { name: 'api-version', kind: 'text', value: 'DATE' },
    { name: 'price', kind: 'text', value: 'AMOUNT' },
    { name: 'unmasked', kind: 'switch' },
    { name: 'end', kind: 'switch' }
  ],
  examples: [
    'neiro tune --model starter --data sample',
    'neiro tune --model ./Qwen2.5-0.5B --data faq.csv mails.jsonl --base-quantization nf4',
    'neiro tune recipe.yaml --epochs 5 --question "返品できますか"',
    'neiro tune --method dpo --start latest --data preferred.jsonl',
    'neiro tune --method grpo --reward-run my-judge --data faq.csv',
    'neiro tune --method grpo --reward-program ./marks.py --data faq.csv',
    'neiro tune --resume latest',
    'neiro tune --resume latest --model /new/place/Qwen2.5-0.5B',
    'neiro tune recipe.yaml --on folder:./to-train',
    'neiro tune recipe.yaml --on ray:http://10.0.0.5:8265',
    'neiro tune --data faq.csv --on openai --model-there gpt-4.1-mini-2025-04-14 --price 5',
    'neiro tune --data faq.csv --on azure:https://our-company.openai.azure.com --model-there gpt-4.1-mini-2025-04-14'
  ],
  shown: exampleRecipe,
  events: [
    ['prepared', 'train heldOut trainTokens learntTokens cut cutExamples refused files'],
    ['doubt', 'code details message hint'],
    ['memory', 'needed available fit'],
    ['leaving', 'place said bytes personal'],
    ['agreed', 'run place'],
    ['handedOver', 'run dir'],
    ['started', 'run'],
    ['step', 'step epoch figures tokens learntTokens seconds skipped'],
    ['progress', 'run state step totalSteps training heldOut tokensPerSecond secondsLeft'],
    ['evaluation', 'step epoch figures by best'],
    ['sample', 'step question answer'],
    ['notice', 'step code message hint details'],
    ['finished', 'run result step loss best'],
    ['paused | killed | leftAlone', 'run step']
  ],
  run: runTune
}

async function runTune(args: Arguments, context: Context): Promise<number> {
  const resume = args.text('resume')
  if (resume !== undefined) refuseChanges(args)
  const wish = wishOf(args)
  if (resume === undefined && args.has('end'))
    throw new UsageError('FLAG_NEEDS', { name: '--end', other: '--resume' })
  if (wish) await context.parts.elsewhere.checkPolicy(wish.to)
  // a service has its own base: of a model here only the tokenizer is used, to look at the examples
  const model = wish?.cloud && starterWord
  const place =
    resume === undefined
      ? await prepare(context, await recipeFrom(args, { data: true, model }, context), {
          dir: outDir(args),
          ...(wish && { elsewhere: true })
        })
      : await resumed(resume, args, context)
  const isNew = resume === undefined
  if (wish) await agreed(context, place, isNew, () => agreeToSend(context, place, wish))
  await agreed(context, place, isNew, () => agreeToProgram(context, place, args.has(runProgramFlag.name)))
  if (wish?.to.kind === 'folder') {
    await handOver(context, place)
    return 0
  }
  if ((await train(context, place, { stop: args.has('end') })) === 'paused') return interruptedExit
  await reportEnd(context, place)
  return 0
}

/** A run that was made only for what is refused goes with the consent. */
async function agreed(
  { parts }: Context,
  place: RunPlace,
  isNew: boolean,
  ask: () => Promise<void>
): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (isNew) await parts.store.remove(place).catch(() => undefined)
    throw error
  }
}

/** Of a run that goes on, its place is known: it was agreed to before. */
function wishOf(args: Arguments): Wish | null {
  const on = args.text('on')
  if (on === undefined) {
    const lonely = onlyElsewhere.find((name) => args.has(name))
    if (lonely !== undefined) throw new UsageError('FLAG_NEEDS', { name: `--${lonely}`, other: '--on' })
    return null
  }
  const to = readPlace(on)
  const common = { to, unmasked: args.has('unmasked'), send: args.has('send') }
  return isCloud(to.kind)
    ? { ...common, cloud: cloudTerms(args) }
    : { ...common, modelThere: args.text('model-there'), spread: spreadOf(args) }
}

const onlyElsewhere = ['send', 'model-there', 'spread', 'api-version', 'price', 'unmasked']

function cloudTerms(args: Arguments): CloudTerms {
  const said = args.text('price')
  const price = said === undefined ? null : Number(said.replaceAll(',', ''))
  if (price !== null && !(price >= 0 && price < 1e9))
    throw new UsageError('NOT_A_PRICE', { value: said ?? '' })
  return {
    model: args.text('model-there')?.trim() ?? '',
    apiVersion: args.text('api-version') ?? null,
    price
  }
}

const spreadOf = (args: Arguments): Spread | undefined => spreads.find((one) => one === args.text('spread'))

const outDir = (args: Arguments): string | undefined => {
  const out = args.text('out')
  return out === undefined ? undefined : resolve(out)
}

/** Its model may have moved: --model names its new place. */
async function resumed(word: string, args: Arguments, context: Context): Promise<RunPlace> {
  const { parts } = context
  const { store } = parts
  const place = await store.place((await findRun(word, store)).id)
  const model = args.text('model')
  if (model !== undefined) await moveModel(place.dir, await modelPlace(model, context), parts.modelTexts)
  if (parts.device !== undefined) await trainOn(place.dir, parts.device)
  return place
}

/** A resumed run goes on exactly as it was prepared, wherever its model lies now, and on whatever device. */
function refuseChanges(args: Arguments): void {
  const fixed = recipeFlags.map(({ name }) => name).filter((name) => name !== modelFlag.name)
  const other = [...fixed, 'out', 'on', 'model-there', 'spread', 'api-version', 'price'].find((name) =>
    args.has(name)
  )
  const changed =
    other ??
    Object.keys(args.settings).find((key) => key !== 'device') ??
    (args.positionals[0] !== undefined ? 'recipe.yaml' : undefined)
  if (changed === undefined) return
  const b = changed === 'recipe.yaml' ? changed : `--${changed}`
  throw new UsageError('FLAGS_CLASH', {
    a: '--resume',
    b
  })
}
