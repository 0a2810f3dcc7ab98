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
import {
  learnable,
  rowLengths,
  TokenCounts,
  type Wanted,
  wholeLengths
} from '../../../main/services/runs/token-counts'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { LengthsOfSets } from '../../../main/services/dataset/view/set-lengths'
import { kept } from '../dataset/kept/write-kept'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

const words = (systemPrompt: string): Wanted => ({
  systemPrompt,
  kinds: ['conversation', 'text'],
  synthetic: true
})

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
    const examples = [talk(1, 'a'), talk(2, 'aaaa'), unanswered, long]
    const file = { id: 's1', name: 'x', heldOutRows: null, tables: [], kept: await kept(examples, []) }
    const set = await new KeepingHere().open({ id: 'x', files: [file], edits: [], normalisations: [] })
    let looks = 0
    let fingerprint = '1'
    const counts = new TokenCounts(
      {
        fingerprintOf: async () => fingerprint,
        learntSet: async () => {
          looks++
          return set
        }
      },
      new ModelTexts(LoadedModelText.load),
      new LengthsOfSets()
    )
    const all = await counts.of('/p', words(''), model, 0)
    const { counted } = all.train
    const of = (at: number): number[] => [
      ...counted.lengths.subarray(counted.starts[at], counted.starts[at + 1])
    ]
    const [one, two, none, text] = [0, 1, 2, 3].map(of)
    // bytes are tokens here
    expect((two?.[0] ?? 0) - (one?.[0] ?? 0)).toBe(3)
    // without an answer nothing can be learnt; a long text goes on in further rows
    expect(none).toEqual([])
    expect(learnable(all.train).positions).toEqual(Uint32Array.of(0, 1, 3))
    expect(text?.length).toBe(1)
    expect([...wholeLengths(all.train)]).toEqual([one, two, text].flat())
    const [begin, rows] = [(text?.[0] ?? 0) - 600, rowLengths({ counted, positions: Uint32Array.of(3) }, 256)]
    expect(begin).toBeGreaterThanOrEqual(0)
    expect(rows).toEqual([256, 256, 88 + begin])
    expect(all.heldOut.positions).toHaveLength(0)
    const lots = all.lotsOf(learnable(all.train))
    const learnt: Example[] = []
    for await (const lot of lots.lots()) learnt.push(...lot.examples)
    expect(learnt).toEqual([examples[0], examples[1], examples[3]])
    expect(lots.count).toBe(3)
    const withPrompt = await counts.of('/p', words('sys'), model, 0)
    expect(wholeLengths(withPrompt.train)[0]).toBeGreaterThan(one?.[0] ?? 0)
    // counted once for each state of data, prompt and model
    expect(await counts.of('/p', words(''), model, 0)).toBe(await counts.of('/p', words(''), model, 0))
    expect(looks).toBe(2)
    fingerprint = '2'
    await counts.of('/p', words(''), model, 0)
    expect(looks).toBe(3)
    // another share of it held out is another set
    expect((await counts.of('/p', words(''), model, 0.3)).heldOut.positions).toHaveLength(1)
    expect(looks).toBe(4)
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
      home: home,
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
    const changed = { ...job, baseModelName: 'golden-llama', baseModelMark: '2:of-another' }
    writeFileSync(join(other, 'job.json'), JSON.stringify(changed))
    expect((await jobOf(other, shelf)).open.modelDir).toBe('/nowhere/qwen')
    writeFileSync(join(other, 'job.json'), JSON.stringify({ ...job, baseModelName: 'golden-llama' }))
    expect((await jobOf(other, shelf)).open.modelDir).toBe(same)
  })
})
