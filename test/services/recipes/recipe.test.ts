// The recipe file: what is written is read back the same, and what is wrong is named with the right word.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataShapes, delimiters, textSplits, type DataOverrides } from '../../../main/contract/records'
import { textForms } from '../../../main/contract/setting-texts'
import { NeiroError } from '../../../main/contract/errors'
import {
  defaultSettings,
  isFor,
  scheduleKinds,
  adapterKinds,
  settingRows,
  type Recipe,
  type SettingKey,
  type Settings
} from '../../../main/contract/settings'
import { wordsOf } from '../../../main/words/errors'
import { methodKeys, type MethodKey } from '../../../main/contract/methods'
import { settingsWords } from '../../../main/words/settings'
import { applyFlags, parseRecipe, readRecipe, recipeToYaml } from '../../../main/services/recipes/recipe'
import { diskName, flagName, settingKeys } from '../../../main/services/recipes/setting-values'

const file = '/somewhere/recipes/shop.yaml'

/** Deterministic chance, so that a failing case can be seen again. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function randomSettings(next: () => number): Settings {
  const entries = settingKeys.map((key) => {
    const row = settingRows[key]
    switch (row.kind) {
      case 'integer':
        return [key, row.min + Math.floor(next() * (row.max - row.min + 1))]
      case 'number':
        return [key, row.min + next() ** 8 * (row.max - row.min)]
      case 'switch':
        return [key, next() < 0.5]
      case 'choice':
        return [key, row.choices[Math.floor(next() * row.choices.length)]]
      case 'list': {
        const some = row.choices.filter(() => next() < 0.5)
        return [key, some.length > 0 ? some : row.choices]
      }
      case 'text':
        return [key, next() < 0.5 ? '' : textForms[row.form].example]
    }
  })
  return Object.fromEntries(entries) as Settings
}

function randomReading(next: () => number): DataOverrides {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T
  return {
    encoding: pick(['utf-8', 'shift_jis']),
    ...(next() < 0.5 && { delimiter: pick(delimiters) }),
    ...(next() < 0.5 && {
      headerRows: pick<Record<string, number>>([{ '': 3 }, { '': 0 }, { 質問: 2, b: 0 }])
    }),
    ...(next() < 0.5 && { leftOutSheets: ['目次', 'yes'] }),
    ...(next() < 0.5 && { shape: pick(dataShapes) }),
    ...(next() < 0.5 && { split: pick(textSplits) }),
    ...(next() < 0.5 && {
      mapping: { question: pick(oddTexts), answer: '12' },
      ...(next() < 0.5 && { joined: { question: ['本文', 'yes'] } })
    })
  }
}

const oddTexts = [
  'サポート窓口',
  'yes',
  '~',
  '12',
  '# no comment',
  ' - item',
  'a: b',
  'it\'s "so"',
  '二行\nの文\n',
  '{x}',
  '*a',
  ''
]

function failure(action: () => unknown): NeiroError {
  try {
    action()
  } catch (error) {
    if (error instanceof NeiroError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('round trip', () => {
  test('every setting at random values, every odd text, comes back the same', () => {
    const next = random(7)
    for (let round = 0; round < 200; round++) {
      const pick = (): string => oddTexts[Math.floor(next() * oddTexts.length)] ?? ''
      const recipe: Recipe = {
        name: pick(),
        model: next() < 0.5 ? 'starter' : resolve('/models', `m ${round}`),
        data: next() < 0.5 ? ['sample'] : [resolve('/data/質問.csv'), resolve('/data/b#.jsonl')],
        ...(next() < 0.5 && { heldOut: [resolve('/data/held.jsonl')] }),
        ...(next() < 0.7 && { reading: randomReading(next) }),
        ...(next() < 0.5 && { systemPrompt: pick() }),
        questions: [pick(), pick()].slice(0, Math.floor(next() * 3)),
        settings: randomSettings(next)
      }
      // what says nothing to the method is not written
      const entries = Object.entries(recipe.settings).filter(([key]) =>
        isFor(key as SettingKey, recipe.settings)
      )
      const settings = { ...defaultSettings, ...Object.fromEntries(entries) }
      expect(parseRecipe(recipeToYaml(recipe), file)).toEqual({ ...recipe, settings })
    }
  })

  test('the file is stable and says of every setting what it accepts', () => {
    const said = new Set<SettingKey>()
    const choices = [
      ...methodKeys.map((method) => `method: ${method}`),
      ...adapterKinds.map((adapter) => `adapter: ${adapter}`),
      ...scheduleKinds.map((schedule) => `schedule: ${schedule}`)
    ]
    for (const choice of choices) {
      const recipe = parseRecipe(`model: starter\ndata: sample\nsettings: { ${choice} }`, file)
      const yaml = recipeToYaml(recipe)
      expect(recipeToYaml(parseRecipe(yaml, file))).toBe(yaml)
      for (const key of settingKeys.filter((key) => isFor(key, recipe.settings))) {
        expect(yaml).toContain(`  ${diskName(key)}:`)
        expect(yaml).toContain(settingsWords.ja[key].label)
        said.add(key)
      }
    }
    expect([...said].sort()).toEqual([...settingKeys].sort())
  })
})

describe('reading', () => {
  test('how files are read: columns by name or number, several joined; what is wrong is named', () => {
    const reading = (text: string): DataOverrides | undefined =>
      parseRecipe(`model: m\ndata: d.csv\nreading: ${text}\n`, file).reading
    expect(
      reading('{ columns: { question: [件名, 本文], answer: 2 }, header_row: 3, delimiter: tab }')
    ).toEqual({
      mapping: { question: '件名', answer: '2' },
      joined: { question: ['本文'] },
      headerRows: { '': 3 },
      delimiter: '\t'
    })
    expect(reading('')).toBeUndefined()
    for (const [wrong, name] of [
      ['{ delimiter: "," }', 'delimiter'],
      ['{ header_row: -1 }', 'header_row'],
      ['{ columns: [a, b] }', 'columns'],
      ['{ columns: { answer: [1] } }', 'columns'],
      ['{ encoding: 932 }', 'encoding'],
      ['{ split: pages }', 'split']
    ] as const)
      expect(failure(() => reading(wrong))).toMatchObject({ code: 'RECIPE_WRONG_TYPE', details: { name } })
    expect(failure(() => reading('{ delimeter: tab }'))).toMatchObject({
      code: 'UNKNOWN_RECIPE_KEY',
      details: { name: 'delimeter', nearest: 'delimiter' }
    })
  })

  test('what is left out has its default; the name is that of the file', () => {
    const recipe = parseRecipe('model: starter\ndata: sample\n', file)
    expect(recipe).toEqual({
      name: 'shop',
      model: 'starter',
      data: ['sample'],
      questions: [],
      settings: defaultSettings
    })
  })

  test('where adapters attach: names as always, and all of them in one word', () => {
    const names = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']
    for (const list of [names, ['qkv_proj', 'down_proj'], ['all-linear']]) {
      const text = `model: m\ndata: d.csv\nsettings:\n  target_modules: [${list.join(', ')}]\n`
      expect(parseRecipe(text, file).settings.targetModules).toEqual(list)
    }
    expect(defaultSettings.targetModules).toEqual(['all-linear'])
  })

  test('relative paths are relative to the recipe, words are left as they are', () => {
    const recipe = parseRecipe('model: ../base\ndata: [sample, faq.csv]\nheld_out: held.csv', file)
    expect(recipe.model).toBe(resolve('/somewhere/base'))
    expect(recipe.data).toEqual(['sample', resolve('/somewhere/recipes/faq.csv')])
    expect(recipe.heldOut).toEqual([resolve('/somewhere/recipes/held.csv')])
    expect(parseRecipe('model: ./starter\ndata: sample', file).model).toBe(
      resolve('/somewhere/recipes/starter')
    )
  })

  test('camelCase names are the same settings; twice the same is an error', () => {
    const recipe = parseRecipe('model: starter\ndata: sample\nsettings: { learningRate: 0.5 }', file)
    expect(recipe.settings.learningRate).toBe(0.5)
    const text = 'model: starter\ndata: sample\nsettings:\n  learningRate: 0.5\n  learning_rate: 0.1'
    expect(failure(() => parseRecipe(text, file)).code).toBe('BROKEN_RECIPE')
  })

  test('a byte order mark is no part of the first key', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'recipe-')), 'bom.yaml')
    writeFileSync(path, '\uFEFFmodel: starter\ndata: sample\n')
    expect((await readRecipe(path)).model).toBe('starter')
  })
})

describe('errors name the place and the right word', () => {
  const cases: readonly [string, string, string, Record<string, string>][] = [
    [
      'a misspelt setting',
      'settings:\n  learnig_rate: 1',
      'UNKNOWN_SETTING',
      { nearest: 'learning_rate', line: '4' }
    ],
    ['part of a name', 'settings:\n  rank: 8', 'UNKNOWN_SETTING', { nearest: 'lora_rank' }],
    ['a misspelt key', 'heldot: x', 'UNKNOWN_RECIPE_KEY', { nearest: 'held_out', line: '3' }],
    ['a setting at the top', 'lora_rank: 8', 'SETTING_MISPLACED', { name: 'lora_rank', line: '3' }],
    ['too large', 'settings: { lora_rank: 257 }', 'SETTING_OUT_OF_RANGE', { name: 'lora_rank', got: '257' }],
    ['not whole', 'settings: { lora_rank: 1.5 }', 'SETTING_OUT_OF_RANGE', { got: '1.5' }],
    ['not a number', 'settings: { learning_rate: fast }', 'SETTING_OUT_OF_RANGE', { got: '"fast"' }],
    ['not finite', 'settings: { learning_rate: .inf }', 'SETTING_OUT_OF_RANGE', { name: 'learning_rate' }],
    ['no switch', 'settings: { packing: 1 }', 'SETTING_OUT_OF_RANGE', { expected: 'true | false' }],
    ['no choice', 'settings: { schedule: cosin }', 'SETTING_OUT_OF_RANGE', { got: '"cosin"' }],
    [
      'no module',
      'settings: { target_modules: [q_proj, q] }',
      'SETTING_OUT_OF_RANGE',
      { name: 'target_modules' }
    ],
    ['a module twice', 'settings: { target_modules: [q_proj, q_proj] }', 'SETTING_OUT_OF_RANGE', {}],
    ['no module at all', 'settings: { target_modules: [] }', 'SETTING_OUT_OF_RANGE', {}],
    ['settings as text', 'settings: high', 'RECIPE_WRONG_TYPE', { name: 'settings' }],
    ['questions as a map', 'questions: { a: b }', 'RECIPE_WRONG_TYPE', { name: 'questions' }],
    ['broken YAML', 'questions: [a', 'BROKEN_RECIPE', {}]
  ]
  for (const [what, text, code, details] of cases) {
    test(what, () => {
      const error = failure(() => parseRecipe(`model: starter\ndata: sample\n${text}\n`, file))
      expect(error.code).toBe(code)
      expect(error.details).toMatchObject(details)
      for (const language of ['ja', 'en'] as const) {
        const words = wordsOf(error, language)
        expect(words.message + words.hint).not.toMatch(/\{\w+\}/)
      }
    })
  }

  test('model and data must be said', () => {
    expect(failure(() => parseRecipe('data: sample', file)).details['name']).toBe('model')
    expect(failure(() => parseRecipe('model: starter', file)).details['name']).toBe('data')
    expect(failure(() => parseRecipe('', file)).code).toBe('BROKEN_RECIPE')
    expect(failure(() => parseRecipe('just words', file)).code).toBe('BROKEN_RECIPE')
  })

  test('aliases that grow without end are refused', () => {
    const level = (n: number): string =>
      `&a${n} [${Array(12)
        .fill(`*a${n - 1}`)
        .join(', ')}]`
    const text = `model: starter\ndata: sample\nquestions:\n  - &a0 x\n${[1, 2, 3, 4, 5, 6].map((n) => `  - ${level(n)}`).join('\n')}`
    expect(failure(() => parseRecipe(text, file)).code).toMatch(/BROKEN_RECIPE|RECIPE_WRONG_TYPE/)
  })

  test('a file that is not there, and one that is too large to be a recipe', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'recipe-'))
    await expect(readRecipe(join(dir, 'none.yaml'))).rejects.toMatchObject({ code: 'RECIPE_NOT_FOUND' })
    writeFileSync(join(dir, 'huge.yaml'), Buffer.alloc(2 * 1024 * 1024, 35))
    await expect(readRecipe(join(dir, 'huge.yaml'))).rejects.toMatchObject({ code: 'BROKEN_RECIPE' })
  })
})

describe('a setting that is not for the method', () => {
  const text = (settings: string): string => `model: starter\ndata: sample\nsettings: {${settings}}`

  test('is an error in the recipe, wherever the method stands; without it the recipe is read', () => {
    for (const settings of ['method: full, lora_rank: 8', 'lora_rank: 8, method: full'])
      expect(failure(() => parseRecipe(text(settings), file)).toData()).toEqual({
        code: 'SETTING_NOT_FOR_METHOD',
        details: { name: 'lora_rank', method: 'full' }
      })
    expect(failure(() => parseRecipe(text('method: full, base_quantization: nf4'), file)).code).toBe(
      'SETTING_NOT_FOR_METHOD'
    )
    expect(parseRecipe(text('method: full, epochs: 2'), file).settings).toEqual({
      ...defaultSettings,
      method: 'full',
      epochs: 2
    })
  })

  test('is an error as a flag, and so is a method to which the recipe’s own settings mean nothing', () => {
    const recipe = parseRecipe(text('epochs: 2'), file)
    expect(failure(() => applyFlags(recipe, { method: 'full', 'lora-rank': '16' })).details).toEqual({
      name: '--lora-rank',
      method: 'full'
    })
    const small = parseRecipe(text('lora_rank: 8'), file)
    expect(failure(() => applyFlags(small, { method: 'full' })).details['name']).toBe('lora_rank')
    expect(applyFlags(recipe, { method: 'full' }).settings.method).toBe('full')
  })

  test('is not written', () => {
    const settings = { ...defaultSettings, method: 'full' as const, loraRank: 64 }
    const recipe = { name: 'x', model: 'starter', data: ['sample'], questions: [], settings }
    expect(recipeToYaml(recipe)).not.toMatch(/lora|quantization/)
    expect(recipeToYaml(recipe)).toContain('method: full')
  })
})

describe('flags', () => {
  const recipe = parseRecipe('model: starter\ndata: sample', file)

  test('every setting has a flag that takes its default as text', () => {
    for (const key of settingKeys.filter((key) => isFor(key, defaultSettings))) {
      const text = Array.isArray(defaultSettings[key])
        ? defaultSettings[key].join(',')
        : String(defaultSettings[key])
      const method = methodKeys.find((method) => isFor(key, { ...defaultSettings, method })) as MethodKey
      const own = { ...recipe, settings: { ...recipe.settings, method } }
      expect(applyFlags(recipe, { method, [flagName(key)]: text })).toEqual(key === 'method' ? recipe : own)
    }
  })

  test('values replace, a bare switch means on', () => {
    const changed = applyFlags(recipe, {
      'learning-rate': '1e-4',
      packing: true,
      'target-modules': 'q_proj, v_proj'
    })
    expect(changed.settings).toEqual({
      ...defaultSettings,
      learningRate: 1e-4,
      packing: true,
      targetModules: ['q_proj', 'v_proj']
    })
    expect(recipe.settings).toEqual(defaultSettings)
  })

  test('misspelt, empty and out of range', () => {
    expect(failure(() => applyFlags(recipe, { 'learning-rat': '1' })).details['nearest']).toBe(
      '--learning-rate'
    )
    expect(failure(() => applyFlags(recipe, { epochs: '' })).code).toBe('SETTING_OUT_OF_RANGE')
    expect(failure(() => applyFlags(recipe, { 'lora-rank': '0x10z' })).details['name']).toBe('--lora-rank')
    expect(failure(() => applyFlags(recipe, { 'lora-rank': true })).code).toBe('SETTING_OUT_OF_RANGE')
  })
})

test('settings that are texts may stand as lists and maps; one for another adapter is refused by name', () => {
  const recipe = (settings: string): Recipe =>
    parseRecipe(`model: starter\ndata: sample\nsettings:\n${settings}`, file)
  const { settings } = recipe('  layers: [0, 2]\n  rank_pattern: { q_proj: 8 }\n  exclude_modules: [o_proj]')
  expect(settings).toMatchObject({ layers: '0, 2', rankPattern: 'q_proj=8', excludeModules: 'o_proj' })
  expect(recipe('  layers: 3').settings.layers).toBe('3')
  expect(() => recipe('  adapter: ia3\n  lora_rank: 8')).toThrow(
    expect.objectContaining({
      code: 'SETTING_NOT_FOR_CHOICE',
      details: { name: 'lora_rank', setting: 'adapter', choice: 'ia3' }
    })
  )
  expect(() => recipe('  schedule: linear\n  schedule_cycles: 3')).toThrow(
    expect.objectContaining({
      code: 'SETTING_NOT_FOR_CHOICE',
      details: { name: 'schedule_cycles', setting: 'schedule', choice: 'linear' }
    })
  )
  expect(() => recipe('  layers: 5-2')).toThrow(expect.objectContaining({ code: 'SETTING_OUT_OF_RANGE' }))
})
