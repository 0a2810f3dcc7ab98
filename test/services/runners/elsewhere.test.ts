// What leaves this machine, from the first look to the folder that came back: said before, agreed to, kept, only then sent.
// The Ray cluster is a played one (played-cluster.ts).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { NeiroError } from '../../../main/contract/errors'
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { fileTokenKeeper } from '../../../main/services/models/token-keeper'
import { CloudKeys } from '../../../main/services/runners/cloud/cloud-keys'
import { Elsewhere } from '../../../main/services/runners/elsewhere'
import type { TrlRecipe } from '../../../main/services/runners/folder/trl-recipe'
import { leavingOf } from '../../../main/services/runners/leaving'
import { departuresOf } from '../../../main/services/runners/elsewhere-file'
import { readPlace } from '../../../main/services/runners/places'
import { RayTransport } from '../../../main/services/runners/ray/ray-transport'
import { RunStore } from '../../../main/services/runs/run-store'
import type { RunPlace } from '../../../main/services/runs/run-view'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'
import { PlayedCluster } from './played-cluster'
import { adapterThere, stepLine } from './played-place'

const programsDir = join(import.meta.dirname, '../../../resources/remote')

let home = ''
let store: RunStore
let place: RunPlace
let elsewhere: Elsewhere
let cluster: PlayedCluster

beforeEach(async () => {
  home = temporaryFolder()
  store = new RunStore({
    ...{ projects: { list: async () => [] }, home, storage: fixedStorage(home) },
    live: () => null
  })
  place = store.placeOf(null, await runFixture({ dir: join(home, 'runs', 'a'), questions: 0 }))
  writeFileSync(join(place.dir, 'recipe.yaml'), 'model: starter\ndata: [x.jsonl]\n')
  elsewhere = elsewhereWith(null)
  cluster = new PlayedCluster()
  await cluster.start()
})
afterEach(() => cluster.stop())

function elsewhereWith(policy: object | null): Elsewhere {
  const policyFile = join(home, 'policy.json')
  if (policy) writeFileSync(policyFile, JSON.stringify(policy))
  return new Elsewhere({
    ...{ store, places: { remoteDir: programsDir, policyFile }, pollMs: 5 },
    shelf: {} as never,
    modelTexts: { dirFor: async (dir: string) => dir } as never,
    engine: {
      call: async (name: string) =>
        name === 'inspectModel' ? { parameters: 1e6, hiddenSize: 64, layers: 2 } : { adapter: 4e4 }
    } as never,
    // what the adapter is at first, as the engine would write it
    withEngine: (work) =>
      work({
        call: async (name: string, args: unknown) => {
          if (name !== 'saveAdapter') return undefined
          const { dir } = args as { dir: string }
          mkdirSync(dir)
          writeFileSync(join(dir, 'adapter_model.safetensors'), 'noise')
        }
      } as never),
    origins: { of: async () => null },
    wayOut: async () => ({ proxy: '', certificates: '', env: {} }),
    keys: new CloudKeys(fileTokenKeeper(join(home, 'cloud-keys')), {})
  })
}

const rayPlace = () => readPlace(`ray:${cluster.address}`)
const look = (to = rayPlace()) => elsewhere.look(place, { to, language: 'en' as const })
const started = async () => (await elsewhere.runnerOf(place))?.startRun(place)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => NeiroError.of(error).code
  )

test('what was only shown is no run: it is not listed, and is gone where nobody answers', async () => {
  withData('はい')
  const listed = async (): Promise<number> => (await store.list()).length
  const leaving = await look()
  expect(await listed()).toBe(0)
  await elsewhere.agree(place, leaving)
  expect(await listed()).toBe(1)
  await store.emptyBins(Date.now() + 2 * 24 * 3600_000)
  expect(await listed()).toBe(1)
  rmSync(join(place.dir, 'elsewhere.json'))
  await store.emptyBins()
  expect(existsSync(place.dir)).toBe(true)
  await store.emptyBins(Date.now() + 2 * 24 * 3600_000)
  expect(existsSync(place.dir)).toBe(false)
})

function withData(...answers: readonly string[]): void {
  mkdirSync(join(place.dir, 'data'), { recursive: true })
  const lines = answers.map((content) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: '質問' },
        { role: 'assistant', content }
      ]
    })
  )
  writeFileSync(join(place.dir, 'data/train.jsonl'), `${lines.join('\n')}\n`)
}

describe('before anything leaves', () => {
  test('what would is said, and nothing is connected to', async () => {
    const leaving = await look()
    expect(leaving.said.join('\n')).toContain('every text of 37 examples to learn from and 6 held out')
    expect(leaving.said.join('\n')).toContain('the weights of the base model llama')
    expect(leaving.examples).toEqual({ train: 37, heldOut: 6 })
    expect(cluster.connections).toBe(0)
    expect(await departuresOf(place.dir)).toEqual([])
    // without a word of the user it does not go, whoever starts it
    expect(await elsewhere.runnerOf(place)).toBeNull()
    expect(cluster.connections).toBe(0)
  })

  test('rules of answers leave with the words in them, points have no labels that could', () => {
    const said = (recipe: Partial<TrlRecipe>): string =>
      leavingOf({
        ...{ to: rayPlace(), hasSystemPrompt: false, goesOn: false, modelBytes: null, bytes: 1, personal: 0 },
        ...{ language: 'en' },
        recipe: { lessons: { train: { examples: 3 } }, model: { name: 'm' }, ...recipe } as TrlRecipe
      }).said.join('\n')
    const rules = 'the rules for answers, with the words that stand in them'
    expect(said({ answers: {} as never, labels: null })).toContain(rules)
    expect(said({ answers: null, labels: null })).not.toContain(rules)
    const labels = { problem: 'regression', names: ['reward'], weights: null }
    expect(said({ answers: null, labels, learns: 'labels' })).toContain('the names of 1 labels')
    expect(said({ answers: null, labels, learns: 'points' })).not.toContain('labels')
  })

  test('personal data that is still there is counted, and kept here where the office says so', async () => {
    withData('お電話は 090-1234-5678 へ', 'ありがとうございます', 'a.tanaka@example-shop.co.jp まで')
    const leaving = await look()
    expect(leaving.personal).toBe(2)
    expect(leaving.said.at(-1)).toContain('2 examples')
    elsewhere = elsewhereWith({ unmaskedData: false })
    expect(await codeOf(look())).toBe('UNMASKED_FORBIDDEN')
    elsewhere = elsewhereWith({ trainElsewhere: false })
    expect(await codeOf(elsewhere.checkPolicy(rayPlace()))).toBe('ELSEWHERE_FORBIDDEN')
    expect(cluster.connections).toBe(0)
  })

  test('what was agreed to is kept word for word, each time anew', async () => {
    const leaving = await look()
    await elsewhere.agree(place, leaving)
    await elsewhere.agree(place, await look(readPlace(`folder:${join(home, 'out')}`)))
    const kept = await departuresOf(place.dir)
    expect(kept.map(({ place: { kind } }) => kind)).toEqual(['ray', 'folder'])
    expect(kept[0]).toMatchObject({ said: leaving.said, personal: 0, examples: { train: 37, heldOut: 6 } })
  })

  test('what is not what was agreed to does not leave', async () => {
    await elsewhere.agree(place, await look())
    const folder = join(place.dir, 'elsewhere', 'a')
    writeFileSync(join(folder, 'recipe.json'), readFileSync(join(folder, 'recipe.json'), 'utf8') + ' ')
    expect(await codeOf(started())).toBe('OTHER_THAN_AGREED')
    expect(cluster.asked).toEqual([])
  })
})

describe('the folder', () => {
  const out = (): string => join(home, 'out')

  async function handedOver(): Promise<void> {
    await elsewhere.agree(place, await look(readPlace(`folder:${out()}`)))
    await elsewhere.handOver(place)
  }

  function learnt(state = 'finished'): void {
    const write = (name: string, text: string): void => {
      mkdirSync(join(out(), 'output/adapter'), { recursive: true })
      writeFileSync(join(out(), 'output', name), text)
    }
    write('status.json', JSON.stringify({ state, step: 40, total_steps: 40, checkpoint: 40 }))
    write('metrics.jsonl', `${JSON.stringify(stepLine(40))}\n{"kind":"step","step":"evil"}\n`)
    const entries = Object.entries(adapterThere).map(([name, text]) => {
      write(`adapter/${name}`, text)
      return { name, size: text.length, sha256: createHash('sha256').update(text).digest('hex') }
    })
    write('adapter/sealed.json', JSON.stringify({ files: entries }))
  }

  test('is whole and readable: programs, recipe, lessons, order, base, start', async () => {
    await handedOver()
    expect(readdirSync(out()).sort()).toEqual(
      [
        ...[
          'README.md',
          'accelerate',
          'answers.py',
          'checks.py',
          'data',
          'earlier.py',
          'job.slurm',
          'methods.py',
          'model'
        ],
        ...[
          'order.py',
          'pieces.py',
          'points.py',
          'precision.py',
          'ray_driver.py',
          'recipe.json',
          'report.py'
        ],
        ...[
          'requirements.txt',
          'ruff.toml',
          'rules.py',
          'scores.py',
          'spread.py',
          'start',
          'start.sh',
          'train.py'
        ]
      ].sort()
    )
    // what decides what is learnt is known by its content, what is fitted to another machine is not
    const { files } = JSON.parse(readFileSync(join(out(), 'recipe.json'), 'utf8')) as TrlRecipe
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        ...['data/train.jsonl', 'data/held-out.jsonl', 'data/order.jsonl', 'model/config.json', 'train.py'],
        'start/adapter_model.safetensors'
      ])
    )
    for (const name of ['job.slurm', 'start.sh', 'requirements.txt', 'model/model.safetensors'])
      expect(files).not.toHaveProperty([name])
    for (const [name, sum] of Object.entries(files))
      expect(
        createHash('sha256')
          .update(readFileSync(join(out(), name)))
          .digest('hex'),
        name
      ).toBe(sum)
    if (process.platform !== 'win32') expect(statSync(join(out(), 'start.sh')).mode & 0o111).toBe(0o111)
    const lines = readFileSync(join(out(), 'data/train.jsonl'), 'utf8').trim().split('\n')
    expect(lines).toHaveLength(37)
    const orders = readFileSync(join(out(), 'data/order.jsonl'), 'utf8').trim().split('\n')
    for (const order of orders)
      expect((JSON.parse(order) as number[]).toSorted((a, b) => a - b)).toEqual([...lines.keys()])
    expect(existsSync(join(place.dir, 'elsewhere'))).toBe(false)
    // somebody's work is never written over
    await elsewhere.agree(place, await look(readPlace(`folder:${out()}`)))
    expect(await codeOf(elsewhere.handOver(place))).toBe('TARGET_EXISTS')
  })

  test('comes back as the run that it is', async () => {
    await handedOver()
    expect(await codeOf(elsewhere.takeBack(out()))).toBe('NO_RESULT_YET')
    learnt()
    expect((await elsewhere.takeBack(out())).dir).toBe(place.dir)
    expect(await store.view(place)).toMatchObject({ state: 'finished', step: 40, lastLoss: -1 })
    expect(readFileSync(join(place.dir, 'adapter/adapter_model.safetensors'), 'utf8')).toBe('weights')
  })

  test('of another run, changed on its way, or none at all is refused', async () => {
    await handedOver()
    learnt()
    writeFileSync(join(out(), 'output/adapter/adapter_model.safetensors'), 'other')
    expect(await codeOf(elsewhere.takeBack(out()))).toBe('RESULT_NOT_WHOLE')
    learnt()
    const recipe = join(out(), 'recipe.json')
    writeFileSync(recipe, readFileSync(recipe, 'utf8').replace('"max_steps"', '"max_steps" '))
    expect(await codeOf(elsewhere.takeBack(out()))).toBe('NOT_THIS_RUN')
    expect(await codeOf(elsewhere.takeBack(home))).toBe('NO_TRAINING_FOLDER')
  })
})

describe('a Ray cluster', () => {
  test('is sent one package and one job, and read through its log files', async () => {
    await elsewhere.agree(place, await look())
    cluster.finished(10)
    expect(await started()).toEqual({ outcome: 'finished', step: 10 })
    expect(cluster.asked.slice(0, 3).map((one) => one.replace(/_ray_pkg_\w+/, 'PKG'))).toEqual([
      'GET /api/packages/gcs/PKG.zip',
      'PUT /api/packages/gcs/PKG.zip',
      'POST /api/jobs/'
    ])
    const [[name = '', content = Buffer.alloc(0)] = []] = [...cluster.packages]
    expect(content.subarray(0, 2).toString()).toBe('PK')
    const job = JSON.parse(String(cluster.files['job'])) as Record<string, unknown>
    expect(job).toMatchObject({
      entrypoint: `python ray_driver.py ${String(job['submission_id'])}`,
      runtime_env: { working_dir: `gcs://${name}` }
    })
    // Ray fails at a list of none
    expect(job['runtime_env']).not.toHaveProperty('py_modules')
    expect((await store.view(place)).state).toBe('finished')
  })

  test('that refuses, that is none, and that is not there are told apart', async () => {
    const { where } = rayPlace()
    const ticket = { job: 'j' }
    cluster.status = 'MELTED'
    expect(await codeOf(new RayTransport(where).look(ticket))).toBe('PLACE_REFUSED')
    cluster.status = 'FAILED'
    expect(await new RayTransport(where).look(ticket)).toEqual({ alive: false, why: 'said there' })
    expect(await new RayTransport(where).read(ticket, 'nothing.json')).toBeNull()
    await cluster.stop()
    expect(await codeOf(new RayTransport(where).look(ticket))).toBe('PLACE_UNREACHABLE')
  })
})
