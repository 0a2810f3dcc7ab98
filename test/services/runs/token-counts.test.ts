// Lengths of examples in tokens of a model, and the model folder of a run that came from elsewhere.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelInfo } from '../../../addon/index'
import type { Example } from '../../../main/contract/records'
import { defaultSettings } from '../../../main/contract/settings'
import type { Job } from '../../../main/contract/trainer-protocol'
import { recipeToYaml } from '../../../main/services/recipes/recipe'
import { ModelShelf } from '../../../main/services/models/model-shelf'
import { jobOf } from '../../../main/services/runs/run-model'
import { Encodings } from '../../../main/services/tokens/encodings'
import { rowLengths, TokenCounts } from '../../../main/services/runs/token-counts'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

const talk = (row: number, answer: string): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'x', row }
})

describe('counts', () => {
  test('are of each example as the model will read it', async () => {
    const model = tinyModel()
    const long: Example = { kind: 'text', text: 'x'.repeat(600), source: { file: 'x', row: 9 } }
    const unanswered = { ...talk(3, ''), messages: [{ role: 'user', content: 'q' }] } as Example
    let reads = 0
    let fingerprint = '1'
    const counts = new TokenCounts(
      {
        fingerprintOf: async () => fingerprint,
        examplesOf: async () => {
          reads++
          return { train: [talk(1, 'a'), talk(2, 'aaaa'), unanswered, long], heldOut: [] }
        }
      },
      new ModelTexts(LoadedModelText.load),
      new Encodings()
    )
    const { train, heldOut } = await counts.of('/p', '', model, 0.1)
    const [one, two, none, text] = train.map(({ rows }) => rows)
    // bytes are tokens here
    expect((two?.[0] ?? 0) - (one?.[0] ?? 0)).toBe(3)
    // without an answer nothing can be learnt; a long text goes on in further rows
    expect(none).toEqual([])
    expect(text?.length).toBe(1)
    const [begin, rows] = [(text?.[0] ?? 0) - 600, rowLengths(train.slice(3), 256)]
    expect(begin).toBeGreaterThanOrEqual(0)
    expect(rows).toEqual([256, 256, 88 + begin])
    expect(heldOut).toEqual([])
    const withPrompt = await counts.of('/p', 'sys', model, 0.1)
    expect(withPrompt.train[0]?.rows[0]).toBeGreaterThan(one?.[0] ?? 0)
    // counted once for each state of data, prompt and model
    expect(await counts.of('/p', '', model, 0.1)).toBe(await counts.of('/p', '', model, 0.1))
    expect(reads).toBe(2)
    fingerprint = '2'
    await counts.of('/p', '', model, 0.1)
    expect(reads).toBe(3)
    // another share of it held out is another set
    await counts.of('/p', '', model, 0.2)
    expect(reads).toBe(4)
  })
})

describe('the model of a run', () => {
  const jobIn = (dir: string): Job => JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as Job

  test('that is gone is the starter, or one of the same name on the list', async () => {
    const home = temporaryFolder()
    const [old, starter] = [tinyModel('llama', home), tinyModel('llama', home)]
    const modelTexts = new ModelTexts(LoadedModelText.load)
    const engine = new ScriptedHost({
      inspectModel: () => ({ parameters: 1, unreadTensors: [] as readonly string[] }) as ModelInfo
    })
    const shelf = new ModelShelf({
      file: join(home, 'models.json'),
      starterModelDir: starter,
      engine,
      modelTexts
    })
    const run = await runFixture({ modelDir: old })
    const recipe = { name: 'a', data: ['data/train.jsonl'], questions: [], settings: defaultSettings }
    writeFileSync(join(run, 'recipe.yaml'), recipeToYaml({ ...recipe, model: 'starter' }))
    expect((await jobOf(run, shelf)).open.modelDir).toBe(old)
    rmSync(old, { recursive: true })
    expect((await jobOf(run, shelf)).open.modelDir).toBe(starter)
    expect(jobIn(run).open.modelDir).toBe(starter)

    const other = await runFixture({ modelDir: '/nowhere/qwen' })
    writeFileSync(join(other, 'recipe.yaml'), recipeToYaml({ ...recipe, model: '/nowhere/qwen' }))
    // nothing of that name: the trainer says that the model has moved
    expect((await jobOf(other, shelf)).open.modelDir).toBe('/nowhere/qwen')
    const same = join(home, 'golden-llama')
    renameSync(tinyModel('llama', home), same)
    await shelf.add(same)
    const job = jobIn(other)
    writeFileSync(join(other, 'job.json'), JSON.stringify({ ...job, baseModelName: 'golden-llama' }))
    expect((await jobOf(other, shelf)).open.modelDir).toBe(same)
  })
})
