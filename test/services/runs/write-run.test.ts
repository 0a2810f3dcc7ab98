// From a recipe and data files to a run folder, with a tiny model; and nothing left behind where it fails.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { defaultSettings, type Recipe, type Settings } from '../../../main/contract/settings'
import type { Job } from '../../../main/contract/trainer-protocol'
import { readModel, type Model } from '../../../main/services/models/read-model'
import { parseRecipe } from '../../../main/services/recipes/recipe'
import { encodeRun, type EncodedRun } from '../../../main/services/runs/encode-run'
import { readRecipeData, type RecipeData } from '../../../main/services/runs/recipe-data'
import { readRun } from '../../../main/services/runs/run-view'
import { readKept } from '../../../main/services/runs/run-data'
import { writeRun } from '../../../main/services/runs/write-run'
import { readingHere } from '../../../main/services/dataset/read/reading-here'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { lotsOf, type ExampleLots, type SplitLots } from '../../../main/services/tokens/example-lots'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { batchOf } from '../../../main/batches/example-set'
import { readPrepared } from '../../../main/files/prepared-file'
import { readJob } from '../../../main/trainer/run-input'
import { canMount, noMountNote, onSmallDisk } from '../../fixtures/small-disk'
import { tinyModel } from '../../fixtures/tiny-model'
import { temporaryFolder } from '../../trainer/run-fixture'

let home = ''
let modelDir = ''
let model: Model
let data = ''
beforeEach(async () => {
  home = temporaryFolder()
  modelDir = tinyModel('llama', home)
  model = await readModel(modelDir)
  data = join(home, 'faq.jsonl')
  const rows = Array.from({ length: 20 }, (_, i) => ({ question: `質問${i}`, answer: `答え${i}です。` }))
  writeFileSync(data, rows.map((row) => JSON.stringify(row)).join('\n'))
})

/** Rows of texts and labels; the scheme is guessed from them. */
function labelledData(labelsOf: (i: number) => string): string {
  const file = join(home, 'mails.csv')
  writeFileSync(
    file,
    ['本文,分類', ...Array.from({ length: 20 }, (_, i) => `文章${i}です,${labelsOf(i)}`)].join('\n')
  )
  return file
}

test('class weights: of one label a text each counts by how rare it is; of several or of numbers they are refused', async () => {
  const sorts = (labelsOf: (i: number) => string): Promise<{ dir: string }> =>
    prepare({
      recipe: recipe(
        { data: [labelledData(labelsOf)], questions: [] },
        { method: 'classification', classWeights: 'balanced', heldOutRatio: 0 }
      )
    })
  const { dir } = await sorts((i) => (i % 4 === 0 ? 'rare' : 'usual'))
  const job = await readJob(dir)
  expect(job.score).toEqual({
    ...{ problem: 'single_label_classification', labels: ['rare', 'usual'] },
    weights: [2, 20 / 30]
  })
  for (const labelsOf of [(i: number) => (i % 3 ? 'a;b' : 'a'), (i: number) => `${i / 8}`])
    await expect(sorts(labelsOf)).rejects.toMatchObject({ code: 'NO_CLASS_WEIGHTS' })
})

function recipe(changes: Partial<Recipe> = {}, settings: Partial<Settings> = {}): Recipe {
  return {
    name: '敬語の応対',
    model: modelDir,
    data: [data],
    questions: ['質問1', '?'],
    settings: { ...defaultSettings, batchSize: 3, maxSeqLength: 128, ...settings },
    ...changes
  }
}
/** From a recipe to a folder, as every door does it. */
async function prepare(
  o: { recipe?: Recipe; split?: SplitLots; dir?: string; runsDir?: string; startDir?: string } = {}
): Promise<{ dir: string; run: EncodedRun; data: RecipeData | null }> {
  const used = o.recipe ?? recipe()
  const places = { sampleDir: join(home, 'sample'), intoDir: join(home, 'parts') }
  const processes = { reader: readingHere, keeper: new KeepingHere() }
  const data = o.split ? null : await readRecipeData(used, places, processes)
  const split = (o.split ?? data?.split) as SplitLots
  const modelText = await LoadedModelText.load(model)
  const target = { runsDir: o.runsDir ?? join(home, 'runs'), name: used.name, dir: o.dir }
  try {
    const { dir, run } = await writeRun(target, async (staging) => ({
      run: await encodeRun(
        { recipe: used, model, modelText, split, startDir: o.startDir, threads: 0 },
        staging
      ),
      own: { preset: 'quick', part: 0.5, totalSteps: 7 }
    }))
    return { dir, run, data }
  } finally {
    await data?.end()
  }
}
const jobOf = (dir: string): Job => JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as Job

describe('a prepared run', () => {
  test('is asked with the instruction that all of its conversations open with, and with none where they differ', async () => {
    const talk = (n: number, ...system: readonly string[]): Example => ({
      kind: 'conversation',
      messages: [
        ...system.map((content) => ({ role: 'system' as const, content })),
        { role: 'user', content: `質問${n}` },
        { role: 'assistant', content: `答え${n}です。` }
      ],
      source: { file: 'window', row: n }
    })
    const of = async (...train: readonly Example[]): Promise<{ dir: string; run: EncodedRun }> =>
      prepare({ split: { train: lotsOf(train), heldOut: lotsOf([]) } })
    const tokenizer = await Tokenizer.load(modelDir)
    const text: Example = { kind: 'text', text: '文章です。', source: { file: 'window', row: 9 } }
    const { dir, run } = await of(talk(1, '窓口です。'), talk(2, '窓口です。'), text)
    expect(run.recipe.systemPrompt).toBe('窓口です。')
    expect(await tokenizer.decode(run.job.questions[0] ?? [])).toContain('窓口です。')
    expect(parseRecipe(readFileSync(join(dir, 'recipe.yaml'), 'utf8'), dir).systemPrompt).toBe('窓口です。')
    expect((await readRun(dir)).systemPrompt).toBe('窓口です。')
    for (const other of [talk(2), talk(2, 'another'), talk(2, '窓口です。', '窓口です。')]) {
      const { dir, run } = await of(talk(1, '窓口です。'), other)
      expect([run.recipe.systemPrompt, (await readRun(dir)).systemPrompt]).toEqual([undefined, undefined])
      expect(await tokenizer.decode(run.job.questions[0] ?? [])).not.toContain('窓口です。')
    }
  })

  test('takes examples that were read and split elsewhere', async () => {
    const example = (n: number): Example => ({
      kind: 'conversation',
      messages: [
        { role: 'user', content: `質問${n}` },
        { role: 'assistant', content: `答え${n}です。` }
      ],
      source: { file: 'window', row: n }
    })
    const split = { train: lotsOf([example(1), example(2), example(3)]), heldOut: lotsOf([example(4)]) }
    const { dir, run } = await prepare({ split })
    expect(run.work).toMatchObject({ examples: 3 })
    expect(run.heldOut?.examples).toBe(1)
    const tokenizer = await Tokenizer.load(modelDir)
    const heldOut = await readPrepared(join(dir, 'prepared/held-out.safetensors'))
    expect(await tokenizer.decode(batchOf(heldOut, [0]).tokens)).toContain('答え4です。')
  })

  test('that goes on from an adapter has it beside it, wherever the other run is later', async () => {
    const startDir = join(home, 'adapter')
    mkdirSync(startDir)
    for (const name of ['adapter_config.json', 'adapter_model.safetensors'])
      writeFileSync(join(startDir, name), name)
    const { dir } = await prepare({ recipe: recipe({ start: '/elsewhere' }), startDir })
    expect(readdirSync(join(dir, 'start'))).toHaveLength(2)
    expect(jobOf(dir).open).toMatchObject({ adapterDir: 'start' })
    expect((await readJob(dir)).open).toMatchObject({ adapterDir: join(dir, 'start') })
    const again = parseRecipe(readFileSync(join(dir, 'recipe.yaml'), 'utf8'), join(dir, 'recipe.yaml'))
    expect(again.start).toBe(join(dir, 'start'))
  })

  test('holds everything that the trainer needs, and reads as one that can be resumed', async () => {
    const { dir, run } = await prepare()
    expect(dir).toMatch(/runs[/\\]\d{4}-\d\d-\d\d-敬語の応対$/)
    expect(readdirSync(dir).sort()).toEqual([
      ...['data', 'job.json', 'prepared', 'recipe.yaml', 'run.json', 'state.json']
    ])
    expect(run).toMatchObject({ cut: 0, refused: [] })
    expect(await readRun(dir)).toMatchObject({
      ...{ state: 'paused', name: '敬語の応対', step: 0, totalSteps: 7, modelName: model.name },
      ...{ preset: 'quick', questions: ['質問1', '?'], trainExamples: 18, heldOutExamples: 2 }
    })
    const train = await readPrepared(join(dir, 'prepared/train.safetensors'))
    const heldOut = await readPrepared(join(dir, 'prepared/held-out.safetensors'))
    expect([train.lengths.length, heldOut.lengths.length]).toEqual([18, 2])
    const { tokens, labels } = batchOf(train, [...train.lengths.keys()])
    expect(run.work.trainTokens).toBe(tokens.length)
    expect(run.train.learntTokens).toBe(labels.filter((id) => id >= 0).length)
    expect(run.train.learntTokens).toBeLessThan(run.work.trainTokens)
    const job = jobOf(dir)
    const longest = [...train.lengths].sort((a, b) => b - a).slice(0, 3)
    expect(job.open.maxTokensPerMicroBatch).toBe(longest.reduce((sum, length) => sum + length, 0))
    expect(job.open).toMatchObject({
      modelDir,
      seed: 42,
      train: { kind: 'lora', rank: 16, alpha: 32, dropout: 0.05 }
    })
    expect(job.stopTokens).toContain(2)
  })

  test('says how many examples lose their end at the length limit', async () => {
    const { run } = await prepare()
    expect(run.train).toMatchObject({ cut: 0, cutExamples: 0, longest: Math.max(...run.train.lengths) })
    const { longest } = run.train
    const short = recipe()
    const settings = { ...short.settings, maxSeqLength: longest - 1 }
    const { run: cut } = await prepare({ recipe: { ...short, settings } })
    const tooLong = run.train.lengths.filter((length) => length >= longest).length
    expect(cut.train).toMatchObject({ cutExamples: tooLong, longest })
  })

  test('its recipe names its own examples, exactly those it learns from: who trains it again has the same run', async () => {
    const { dir } = await prepare()
    const file = join(dir, 'recipe.yaml')
    const again = parseRecipe(readFileSync(file, 'utf8'), file)
    expect(again).toEqual({
      ...recipe(),
      data: [join(dir, 'data', 'train.jsonl')],
      heldOut: [join(dir, 'data', 'held-out.jsonl')]
    })
    // whatever becomes of the user's file meanwhile
    writeFileSync(data, '')
    const second = await prepare({ recipe: again })
    for (const name of ['prepared/train.safetensors', 'prepared/held-out.safetensors', 'job.json'])
      expect(readFileSync(join(second.dir, name))).toEqual(readFileSync(join(dir, name)))
    expect(await readKept(second.dir, 'held-out')).toHaveLength(2)
  })

  test('asks the questions as a user would, with room for the answer', async () => {
    const { dir } = await prepare({ recipe: recipe({ systemPrompt: '丁寧に' }) })
    const job = jobOf(dir)
    const tokenizer = await Tokenizer.load(modelDir)
    const texts = await tokenizer.decodeBatch(job.questions, false)
    expect(texts[0]).toContain('質問1')
    expect(texts[0]).toContain('丁寧に')
    expect(texts[0]).toMatch(/<\|assistant\|>$/)
    const longest = Math.max(...job.questions.map((question) => question.length))
    expect(job.open.maxContext).toBe(Math.min(longest + job.maxAnswerTokens, model.maxPositionEmbeddings))
    expect(jobOf((await prepare({ recipe: recipe({ questions: [] }) })).dir).open.maxContext).toBe(0)
  })

  test('the same recipe gives the same files of tokens', async () => {
    const [one, other] = [await prepare(), await prepare()]
    expect(other.dir).toBe(`${one.dir}-2`)
    for (const file of [
      'prepared/train.safetensors',
      'prepared/held-out.safetensors',
      'job.json',
      'recipe.yaml'
    ]) {
      expect(readFileSync(join(other.dir, file))).toEqual(readFileSync(join(one.dir, file)))
    }
    const third = await prepare({ recipe: recipe({}, { seed: 43 }) })
    const held = 'prepared/held-out.safetensors'
    expect(readFileSync(join(third.dir, held))).not.toEqual(readFileSync(join(one.dir, held)))
  })

  test('takes held-out files, or none at all', async () => {
    const apart = join(home, 'apart.jsonl')
    writeFileSync(apart, '{"question":"別","answer":"はい"}')
    const { run, data: read } = await prepare({ recipe: recipe({ heldOut: [apart] }) })
    expect([run.train.examples, run.heldOut?.examples]).toEqual([20, 1])
    expect(read?.files).toHaveLength(2)
    const none = await prepare({ recipe: recipe({}, { heldOutRatio: 0 }) })
    expect([none.run.train.examples, none.run.heldOut]).toEqual([20, null])
    expect(jobOf(none.dir).heldOut).toBeNull()
    expect(readdirSync(join(none.dir, 'prepared'))).toEqual(['train.safetensors'])
  })

  test('what is known of the tokens is not asked again, and gives the same run', async () => {
    const examples = Array.from({ length: 300 }, (_, row): Example => ({
      kind: 'conversation',
      messages: [
        { role: 'user', content: `質問${row}` },
        { role: 'assistant', content: 'はい'.repeat(row % 9) }
      ],
      source: { file: 'x', row }
    }))
    const modelText = await LoadedModelText.load(model)
    const outcomes = await modelText.outcomes(examples, '')
    const known = outcomes.map((outcome, at) => (at % 3 === 0 ? undefined : outcome))
    const train: ExampleLots = {
      count: examples.length,
      async *lots() {
        yield { examples: examples.slice(0, 100), outcomes: known.slice(0, 100) }
        yield { examples: examples.slice(100), outcomes: known.slice(100) }
      }
    }
    const none = lotsOf([])
    const source = { recipe: recipe(), model, modelText, threads: 0 }
    const alone = await encodeRun({ ...source, split: { train: lotsOf(examples), heldOut: none } }, null)
    const asked = vi.spyOn(modelText, 'outcomes')
    expect(await encodeRun({ ...source, split: { train, heldOut: none } }, null)).toEqual(alone)
    expect(asked.mock.calls.flatMap(([some]) => some)).toHaveLength(100)
    // without a folder nothing is written
    expect(alone.train.files).toEqual([])
  })

  test('never asks the model for more than it can read', async () => {
    const { dir } = await prepare({ recipe: recipe({}, { maxSeqLength: 100_000, packing: true }) })
    expect(jobOf(dir).settings.maxSeqLength).toBe(model.maxPositionEmbeddings)
  })

  test('answers that lose their end are counted in the run, for whoever looks at it later', async () => {
    expect((await readRun((await prepare()).dir)).cutExamples).toBeUndefined()
    const long = '長'.repeat(600)
    const rows = Array.from({ length: 20 }, (_, at) => `{"question":"質問${at}","answer":"${at}${long}"}`)
    writeFileSync(data, rows.join('\n'))
    const { dir, run } = await prepare()
    expect(run.train.cutExamples).toBeGreaterThan(0)
    expect((await readRun(dir)).cutExamples).toBe(run.train.cutExamples)
  })

  test('rows that cannot be learnt are reported, with their place', async () => {
    writeFileSync(data, `${readFileSync(data, 'utf8')}\n{"question":"${'長'.repeat(300)}","answer":"はい"}`)
    const { dir, run } = await prepare()
    expect(run.refused).toHaveLength(1)
    expect(run.refused[0]).toMatchObject({ reason: 'ANSWER_CUT_OFF', source: { row: 21 } })
    // and they are no examples of the run
    expect(readFileSync(join(dir, 'data/train.jsonl'), 'utf8')).not.toContain('長長')
    expect((await readRun(dir)).trainExamples + (await readRun(dir)).heldOutExamples).toBe(20)
  })
})

describe('where it fails nothing is left', () => {
  const left = (): string[] => (existsSync(join(home, 'runs')) ? readdirSync(join(home, 'runs')) : [])

  test('data that cannot be learnt from', async () => {
    writeFileSync(data, '{"question":"一つ","answer":"だけ"}')
    await expect(prepare()).rejects.toMatchObject({ code: 'TOO_FEW_EXAMPLES' })
    writeFileSync(data, '')
    await expect(prepare()).rejects.toMatchObject({ name: 'NeiroError' })
    expect(left()).toEqual([])
  })

  test('a folder in use, and one that is a file', async () => {
    const used = join(home, 'mine')
    mkdirSync(used)
    writeFileSync(join(used, 'thesis.txt'), 'precious')
    await expect(prepare({ dir: used })).rejects.toMatchObject({ code: 'RUN_EXISTS' })
    await expect(prepare({ dir: data })).rejects.toMatchObject({ code: 'RUN_EXISTS' })
    expect(readdirSync(used)).toEqual(['thesis.txt'])
    expect(readdirSync(home).filter((name) => name.includes('.tmp-'))).toEqual([])
  })

  test('an empty folder may be used', async () => {
    const empty = join(home, 'empty')
    mkdirSync(empty)
    expect((await prepare({ dir: empty })).dir).toBe(empty)
    expect(existsSync(join(empty, 'job.json'))).toBe(true)
  })

  test.skipIf(!canMount)(canMount ? 'a full disk, and a read-only one' : noMountNote, () =>
    onSmallDisk(8, async (disk) => {
      const runsDir = join(disk.dir, 'runs')
      await expect(prepare({ runsDir })).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(existsSync(runsDir) ? readdirSync(runsDir) : []).toEqual([])
      disk.resize(800)
      const { dir } = await prepare({ runsDir })
      disk.makeReadOnly()
      await expect(prepare({ runsDir })).rejects.toMatchObject({ code: 'READ_ONLY' })
      expect(readdirSync(runsDir).map((name) => join(runsDir, name))).toEqual([dir])
    })
  )
})
