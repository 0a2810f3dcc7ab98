// A training as a YAML file: read, checked against the settings table, changed by flags, written back.
// The file is written in the words on disk (learning_rate); camelCase names are understood too.
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path'
import { Document, LineCounter, isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml'
import { NeiroError } from '../../contract/errors'
import type { DataOverrides } from '../../contract/records'
import { readOrdinary } from '../../files/ordinary-file'
import { isHubName } from '../models/hub/hub-name'
import { settingsWords } from '../../words/settings'
import {
  defaultSettings,
  isFor,
  mostWeight,
  settingRows,
  type Recipe,
  type SettingKey,
  type Settings
} from '../../contract/settings'
import { isWeight } from '../runs/weighed-lots'
import { foldName, nearest } from './nearest'
import { readingFromDisk, readingKeys, readingToDisk } from './reading'
import {
  checkSetting,
  diskName,
  expectedOf,
  flagName,
  refuseForeign,
  settingFromText,
  settingKeys,
  type SettingValue
} from './setting-values'

/** the built-in model and data; everything else is a path */
export const starterWord = 'starter'
export const sampleWord = 'sample'

const maxRecipeBytes = 1024 * 1024
const recipeKeys = [
  'name',
  'model',
  'start',
  'data',
  'held_out',
  'weights',
  'reward_run',
  'reward_program',
  'reading',
  'system_prompt',
  'questions',
  'settings'
] as const
type RecipeKey = (typeof recipeKeys)[number]

export async function readRecipe(file: string): Promise<Recipe> {
  const bytes = await readOrdinary(file, maxRecipeBytes).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof NeiroError && error.code === 'FILE_TOO_LARGE')
      throw broken(file, `${error.details['size'] ?? ''} bytes`, 1)
    throw error instanceof NeiroError
      ? error
      : error.code === 'ENOENT'
        ? new NeiroError('RECIPE_NOT_FOUND', { file })
        : new NeiroError('RECIPE_NOT_READ', { file, reason: error.code ?? error.message })
  })
  return parseRecipe(new TextDecoder().decode(bytes), file)
}

/** Checks the text of a recipe; relative paths in it are relative to `file`'s folder. */
export function parseRecipe(text: string, file: string): Recipe {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const error = document.errors[0]
  if (error) throw broken(file, firstLine(error.message), error.linePos?.[0].line ?? 1)
  const root = document.contents
  if (!isMap(root)) throw broken(file, 'name: …, model: …, data: …', 1)

  const lineOf = (key: unknown): number => (isNode(key) && key.range ? lines.linePos(key.range[0]).line : 1)
  return new RecipeReader(file, document, lineOf).read(root)
}

class RecipeReader {
  constructor(
    private readonly file: string,
    private readonly document: Document.Parsed,
    private readonly lineOf: (key: unknown) => number
  ) {}

  read(root: YAMLMap): Recipe {
    const values = this.entries(root, recipeKeys, 'UNKNOWN_RECIPE_KEY')
    const text = (key: RecipeKey): string | undefined => this.text(key, values.get(key))
    const model = text('model')
    const data = this.texts('data', values.get('data'))
    if (model === undefined) throw this.missing('model', 'starter')
    if (data.length === 0) throw this.missing('data', '[file.csv]')
    const heldOut = this.texts('held_out', values.get('held_out'))
    const reading = this.reading(root)
    const systemPrompt = text('system_prompt')
    const start = text('start')
    const [rewardRun, rewardProgram] = [text('reward_run'), text('reward_program')]
    return {
      name: text('name') ?? basename(this.file, extname(this.file)),
      model: isHubName(model, dirname(this.file)) ? model : this.path(model, starterWord),
      ...(start !== undefined && { start: this.path(start) }),
      data: data.map((path) => this.path(path, sampleWord)),
      ...(heldOut.length > 0 && { heldOut: heldOut.map((path) => this.path(path, sampleWord)) }),
      ...(values.get('weights') != null && { weights: this.weights(values.get('weights')) }),
      ...(rewardRun !== undefined && { rewardRun: this.path(rewardRun) }),
      ...(rewardProgram !== undefined && { rewardProgram: this.path(rewardProgram) }),
      ...(Object.keys(reading).length > 0 && { reading }),
      ...(systemPrompt !== undefined && { systemPrompt }),
      questions: this.texts('questions', values.get('questions')),
      settings: this.settings(root)
    }
  }

  private reading(root: YAMLMap): DataOverrides {
    const node = this.part(root, 'reading')
    if (!node) return {}
    const values = this.entries(node, readingKeys, 'UNKNOWN_RECIPE_KEY')
    return readingFromDisk(values, (name, expected, got) => this.wrong(name, expected, JSON.stringify(got)))
  }

  private part(root: YAMLMap, name: 'reading' | 'settings'): YAMLMap | null {
    const node = root.items.find((item) => foldName(keyText(item.key)) === name)?.value
    if (node == null || (isScalar(node) && node.value === null)) return null
    if (!isMap(node)) throw this.wrong(name, '{ name: value }', 'text')
    return node
  }

  private settings(root: YAMLMap): Settings {
    const node = this.part(root, 'settings')
    if (!node) return defaultSettings
    const names = settingKeys.map(diskName)
    const values = this.entries(node, names, 'UNKNOWN_SETTING')
    const changed = settingKeys
      .filter((key) => values.has(diskName(key)))
      .map((key): [SettingKey, SettingValue] => [
        key,
        checkSetting(key, values.get(diskName(key)), diskName(key))
      ])
    const settings = withSettings(defaultSettings, changed)
    refuseForeign(
      changed.map(([key]) => key),
      settings,
      diskName
    )
    return settings
  }

  /** Values by their name on disk; a name that is none of `names`, or comes twice, is an error. */
  private entries(
    map: YAMLMap,
    names: readonly string[],
    code: 'UNKNOWN_SETTING' | 'UNKNOWN_RECIPE_KEY'
  ): Map<string, unknown> {
    const byFold = new Map(names.map((name) => [foldName(name), name]))
    const values = new Map<string, unknown>()
    for (const item of map.items) {
      const written = keyText(item.key)
      const name = byFold.get(foldName(written))
      if (name === undefined) throw this.unknown(code, written, names, this.lineOf(item.key))
      if (values.has(name)) throw broken(this.file, `${written}: twice`, this.lineOf(item.key))
      values.set(name, this.valueOf(item.value, this.lineOf(item.key)))
    }
    return values
  }

  private valueOf(node: unknown, line: number): unknown {
    try {
      return isNode(node) ? node.toJS(this.document) : node
    } catch (error) {
      // aliases that point nowhere, or that would grow without end
      throw broken(this.file, firstLine(String((error as Error).message)), line)
    }
  }

  private unknown(code: string, name: string, names: readonly string[], line: number): NeiroError {
    // a setting written one level too high is no misspelling
    const setting = settingKeys.find((key) => foldName(key) === foldName(name))
    if (code === 'UNKNOWN_RECIPE_KEY' && setting) {
      return new NeiroError('SETTING_MISPLACED', {
        file: this.file,
        line: String(line),
        name: diskName(setting)
      })
    }
    const right = nearest(name, names)
    return new NeiroError(code, { file: this.file, line: String(line), name, nearest: right })
  }

  private text(name: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    throw this.wrong(name, '"text"', JSON.stringify(value))
  }

  private texts(name: string, value: unknown): readonly string[] {
    if (value === undefined || value === null) return []
    if (typeof value === 'string') return [value]
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
    throw this.wrong(name, '["text", …]', JSON.stringify(value))
  }

  private weights(value: unknown): Readonly<Record<string, number>> {
    const entries = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value ?? {}) : []
    const isRight = entries.length > 0 && entries.every(([, weight]) => isWeight(weight))
    if (!isRight) throw this.wrong('weights', `{ file.csv: 0..${mostWeight} }`, JSON.stringify(value))
    return Object.fromEntries(entries) as Readonly<Record<string, number>>
  }

  private path(path: string, word?: string): string {
    return path === word || isAbsolute(path) ? path : resolve(dirname(this.file), path)
  }

  private missing(name: string, example: string): NeiroError {
    return new NeiroError('RECIPE_INCOMPLETE', { file: this.file, name, example })
  }

  private wrong(name: string, expected: string, got: string): NeiroError {
    return new NeiroError('RECIPE_WRONG_TYPE', { file: this.file, name, expected, got })
  }
}

/** The recipe with settings replaced. Flags are named as on the command line: { 'learning-rate': '1e-4' }. */
export function applyFlags(recipe: Recipe, flags: Readonly<Record<string, string | boolean>>): Recipe {
  const byFold = new Map(settingKeys.map((key) => [foldName(key), key]))
  const changed = Object.entries(flags).map(([flag, text]): [SettingKey, SettingValue] => {
    const key = byFold.get(foldName(flag))
    if (key === undefined) {
      const right = nearest(flag, settingKeys.map(flagName))
      throw new NeiroError('UNKNOWN_FLAG', {
        name: `--${flag}`,
        nearest: `--${right}`
      })
    }
    return [key, settingFromText(key, text, `--${flagName(key)}`)]
  })
  const settings = withSettings(recipe.settings, changed)
  const given = changed.map(([key]) => key)
  refuseForeign(given, settings, (key) => `--${flagName(key)}`)
  // another method than the recipe's makes nothing of what the recipe sets for its own
  const set = settingKeys.filter((key) => String(settings[key]) !== String(defaultSettings[key]))
  refuseForeign(set, settings, diskName)
  return { ...recipe, settings }
}

/** The file: stable order, every setting of the method with what it is and what it accepts above it. */
export function recipeToYaml(recipe: Recipe): string {
  const document = new Document({
    name: recipe.name,
    model: recipe.model,
    ...(recipe.start !== undefined && { start: recipe.start }),
    data: recipe.data,
    ...(recipe.heldOut && { held_out: recipe.heldOut }),
    ...(recipe.weights && { weights: recipe.weights }),
    ...(recipe.rewardRun !== undefined && { reward_run: recipe.rewardRun }),
    ...(recipe.rewardProgram !== undefined && { reward_program: recipe.rewardProgram }),
    ...(recipe.reading && { reading: readingToDisk(recipe.reading) }),
    ...(recipe.systemPrompt !== undefined && { system_prompt: recipe.systemPrompt }),
    questions: recipe.questions,
    settings: Object.fromEntries(
      settingKeys
        .filter((key) => isFor(key, recipe.settings))
        .map((key) => [diskName(key), recipe.settings[key]])
    )
  })
  document.commentBefore = ' Neiro recipe · レシピ: neiro tune recipe.yaml'
  const settings = document.get('settings')
  if (isMap(settings)) {
    for (const item of settings.items) {
      const key = settingKeys.find((candidate) => diskName(candidate) === keyText(item.key))
      if (key && isNode(item.key)) item.key.commentBefore = ` ${commentOf(key)}`
    }
  }
  return document.toString({ lineWidth: 0 })
}

function commentOf(key: SettingKey): string {
  const row = settingRows[key]
  const { ja, en } = settingsWords
  return `${row.term}: ${ja[key].label} · ${en[key].label} (${expectedOf(row)})`
}

function withSettings(settings: Settings, changed: readonly [SettingKey, SettingValue][]): Settings {
  return { ...settings, ...Object.fromEntries(changed) }
}

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key)
const firstLine = (text: string): string => text.split('\n')[0] ?? ''

function broken(file: string, reason: string, line: number): NeiroError {
  return new NeiroError('BROKEN_RECIPE', { file, line: String(line), reason })
}
