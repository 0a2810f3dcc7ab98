// The recipe that a command line means: a recipe file with flags on top, or flags alone.
import { existsSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { defaultSettings, mostWeight, type Recipe } from '../contract/settings'
import { isHubName } from '../services/models/hub/hub-name'
import { applyFlags, readRecipe, sampleWord, starterWord } from '../services/recipes/recipe'
import { flagName } from '../services/recipes/setting-values'
import { isWeight } from '../services/runs/weighed-lots'
import { startKeys } from '../contract/start-keys'
import type { RunStore } from '../services/runs/run-store'
import { UsageError, type Arguments } from './arguments'
import type { Context } from './context'
import { findRun } from './find-run'
import { readingFrom } from './reading-arguments'

/** `model`: where none is said. */
interface Needs {
  readonly data: boolean
  readonly model?: string | undefined
}

export async function recipeFrom(
  args: Arguments,
  needs: Needs,
  { parts: { store } }: Pick<Context, 'parts'>
): Promise<Recipe> {
  const file = args.positionals[0]
  const base = file === undefined ? recipeFromFlags(args, needs) : await readRecipe(resolve(file))
  const reading = readingFrom(args, base.reading)
  const recipe: Recipe = {
    ...base,
    name: args.text('name') ?? base.name,
    ...(await started(args, base, store)),
    data: args.has('data') ? paths(args.texts('data')) : base.data,
    ...(args.has('held-out') && { heldOut: paths(args.texts('held-out')) }),
    ...(args.has('weight') && { weights: weightsOf(args.texts('weight')) }),
    ...(await judged(args, store)),
    ...(Object.keys(reading).length > 0 && { reading }),
    ...(args.has('system-prompt') && { systemPrompt: args.text('system-prompt') }),
    questions: args.has('question') ? args.texts('question') : base.questions
  }
  return applyFlags(recipe, args.settings)
}

/** faq.csv=2 */
function weightsOf(said: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    said.map((text): [string, number] => {
      const at = text.lastIndexOf('=')
      const weight = at > 0 ? Number(text.slice(at + 1) || NaN) : NaN
      if (!isWeight(weight))
        throw new UsageError('WRONG_FLAG_VALUE', {
          name: '--weight',
          expected: `FILE=0..${mostWeight}`,
          got: text
        })
      return [text.slice(0, at), weight]
    })
  )
}

function recipeFromFlags(args: Arguments, needs: Needs): Recipe {
  const model = args.text('model') ?? (args.has('start') ? '' : needs.model)
  const data = args.texts('data')
  if (model === undefined) {
    throw new UsageError('MODEL_NOT_SAID')
  }
  if (needs.data && data.length === 0) {
    throw new UsageError('DATA_NOT_SAID')
  }
  const first = data[0]
  const name =
    first === undefined ? basename(resolve(args.text('start') ?? model)) : basename(first, extname(first))
  return { name, model, data, questions: [], settings: defaultSettings }
}

/** Model and start; what the start decides is nobody else's to say. Without a model it is the start's. */
async function started(
  args: Arguments,
  base: Recipe,
  store: RunStore
): Promise<Pick<Recipe, 'model' | 'start'>> {
  const said = args.text('model')
  const word = args.text('start')
  const start = word === undefined ? base.start : await startPlace(word, store)
  const own = start === undefined ? undefined : startKeys.map(flagName).find((name) => name in args.settings)
  if (own !== undefined) throw new UsageError('FLAGS_CLASH', { a: '--start', b: `--${own}` })
  const model = said ?? (word === undefined ? base.model : '')
  return { model: model === '' ? '' : modelPath(model), ...(start !== undefined && { start }) }
}

/** Who gives answers marks, beside the rules. */
async function judged(
  args: Arguments,
  store: RunStore
): Promise<Pick<Recipe, 'rewardRun' | 'rewardProgram'>> {
  const [run, program] = [args.text('reward-run'), args.text('reward-program')]
  return {
    ...(run !== undefined && { rewardRun: await startPlace(run, store) }),
    ...(program !== undefined && { rewardProgram: resolve(program) })
  }
}

/** A folder, or a run by its word. */
const startPlace = async (word: string, store: RunStore): Promise<string> =>
  existsSync(resolve(word)) ? resolve(word) : (await findRun(word, store)).dir

/** On the command line a path is relative to where one stands, in a recipe to the recipe. */
const path = (said: string, word: string): string => (said === word ? said : resolve(said))
const modelPath = (said: string): string => (isHubName(said) ? said : path(said, starterWord))
const paths = (said: readonly string[]): readonly string[] => said.map((one) => path(one, sampleWord))
