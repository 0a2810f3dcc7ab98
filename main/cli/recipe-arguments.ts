// The recipe that a command line means: a recipe file with flags on top, or flags alone.
import { basename, extname, resolve } from 'node:path'
import { defaultSettings, type Recipe } from '../contract/settings'
import { isHubName } from '../services/models/hub/hub-name'
import { applyFlags, readRecipe, sampleWord, starterWord } from '../services/recipes/recipe'
import { UsageError, type Arguments } from './arguments'
import { readingFrom } from './reading-arguments'

export async function recipeFrom(args: Arguments, needs: { readonly data: boolean }): Promise<Recipe> {
  const file = args.positionals[0]
  const base = file === undefined ? recipeFromFlags(args, needs) : await readRecipe(resolve(file))
  const reading = readingFrom(args, base.reading)
  const recipe: Recipe = {
    ...base,
    name: args.text('name') ?? base.name,
    model: modelPath(args.text('model') ?? base.model),
    data: args.has('data') ? paths(args.texts('data')) : base.data,
    ...(args.has('held-out') && { heldOut: paths(args.texts('held-out')) }),
    ...(Object.keys(reading).length > 0 && { reading }),
    ...(args.has('system-prompt') && { systemPrompt: args.text('system-prompt') }),
    questions: args.has('question') ? args.texts('question') : base.questions
  }
  return applyFlags(recipe, args.settings)
}

function recipeFromFlags(args: Arguments, needs: { readonly data: boolean }): Recipe {
  const model = args.text('model')
  const data = args.texts('data')
  if (model === undefined) {
    throw new UsageError('MODEL_NOT_SAID')
  }
  if (needs.data && data.length === 0) {
    throw new UsageError('DATA_NOT_SAID')
  }
  const first = data[0]
  const name = first === undefined ? basename(resolve(model)) : basename(first, extname(first))
  return { name, model, data, questions: [], settings: defaultSettings }
}

/** On the command line a path is relative to where one stands, in a recipe to the recipe. */
const path = (said: string, word: string): string => (said === word ? said : resolve(said))
const modelPath = (said: string): string => (isHubName(said) ? said : path(said, starterWord))
const paths = (said: readonly string[]): readonly string[] => said.map((one) => path(one, sampleWord))
