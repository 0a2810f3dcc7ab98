// The leak test of a project's run: what was masked is what is asked for, and a model that says it is named.
import { expect, test, vi } from 'vitest'
import type { LeakView } from '../../../main/contract/leak'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { LeakTests } from '../../../main/services/doctor/leak/leak-tests'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { CheckUps } from '../../../main/services/doctor/check-ups'
import { room, writeFile } from '../dataset/project'
import { temporaryFolder } from '../../trainer/run-fixture'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storedState } from '../../fixtures/stored-run'

const secrets = ['090-1234-5678', 'm.tanaka@mail.example']

/** Only where its files are matters here: what it says comes from the engine. */
const tunedIn = (runDir: string): TunedModel =>
  ({ runDir, mark: '', isTuned: true, open: {}, openBase: {} }) as unknown as TunedModel

test('what was masked in the project is what is asked for, and the files of the run are searched for it', async () => {
  const here = room()
  const { dir } = here
  const rows = [
    ['電話は何番ですか。', `担当（${secrets[0]}）までお電話ください。`],
    ['メールはありますか。', `${secrets[1]} へお送りください。`],
    ['在庫はありますか。', '店頭でお求めいただけます。']
  ]
  await here.add(writeFile(dir, 'faq.csv', `質問,回答\n${rows.map((cells) => cells.join(',')).join('\n')}\n`))
  const keeper = new KeepingHere()
  const ups = new CheckUps({
    data: Object.assign(here.data, { tooLongOf: async () => new Uint32Array(0) }),
    ...{ keeper, goalOf: async () => 'tone' as const, language: () => 'ja' as const }
  })
  await ups.repair({ dir, finding: 'personal-data', keep: 'first' })
  const runDir = temporaryFolder()
  writeFileSync(join(runDir, 'train.jsonl'), '担当（［電話番号1］）まで')
  const tuned = tunedIn(runDir)
  const told: LeakView[] = []
  let prompts = 0
  const parts: ConstructorParameters<typeof LeakTests>[0] = {
    turns: {
      // nothing is said, whatever it is asked
      use: async () => {
        prompts++
        return null
      }
    } as never,
    ...{ tuned: async () => tuned, data: here.data, keeper, dirOf: async () => dir },
    tell: (_, view) => told.push(view)
  }
  const leaks = new LeakTests(parts)
  const place = { id: 'r', project: 'project-1', dir: runDir }
  const state = (step: number): void =>
    writeFileSync(join(runDir, 'state.json'), JSON.stringify(storedState(step)))
  state(6)
  expect((await leaks.get(place)).state).toBe('none')
  expect((await leaks.start(place, ['青い鳥'])).state).toBe('running')
  await vi.waitFor(async () => expect((await leaks.get(place)).state).toBe('done'))
  const { report } = await leaks.get(place)
  // both of the masked ones, although the set holds neither any more; what was planted stands nowhere
  expect(report).toMatchObject({
    values: 2,
    asked: 2,
    repeated: [],
    inRun: 0,
    planted: 0,
    notThere: ['青い鳥']
  })
  expect(prompts).toBe(2)
  expect(told.at(-1)?.state).toBe('done')

  // one of them got into the files of the run after all
  writeFileSync(join(runDir, 'train.jsonl'), `担当（${secrets[0]}）まで`)
  await leaks.start(place, [])
  await vi.waitFor(async () => expect((await leaks.get(place)).report?.inRun).toBe(1))
  // it is masked since
  expect((await leaks.get(place)).report?.written).toEqual([
    { kind: 'phone', words: secrets[0], place: null }
  ])

  // the next life of the app knows how many, and no word of them; once the run has gone on, nothing is known
  const next = new LeakTests(parts)
  await vi.waitFor(async () => expect((await next.get(place)).kept?.inRun).toBe(1))
  expect(await next.get(place)).toMatchObject({
    state: 'none',
    report: null,
    kept: { asked: 2, values: 2, repeated: 0, on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }
  })
  for (const secret of secrets) expect(readFileSync(join(runDir, 'leak.json'), 'utf8')).not.toContain(secret)
  // as many updates more, and the best is what it was: it is the result that was asked
  state(9)
  expect((await next.get(place)).kept).not.toBeNull()
  const learnt = (bytes: string): void => {
    mkdirSync(join(runDir, 'adapter'), { recursive: true })
    writeFileSync(join(runDir, 'adapter/adapter_model.safetensors'), bytes)
  }
  expect((await leaks.get(place)).state).toBe('done')
  learnt('other weights')
  expect((await next.get(place)).kept).toBeNull()
  expect(await leaks.get(place)).toMatchObject({ state: 'none', report: null, kept: null })
  writeFileSync(join(runDir, 'leak.json'), '{"version": 1')
  expect((await next.get(place)).kept).toBeNull()
})

test('a value in the files of the run is named with where it stands in the data now', async () => {
  const here = room()
  const { dir } = here
  await here.add(writeFile(dir, 'faq.csv', `質問,回答\n電話は,${secrets[0]} です\n`))
  const runDir = temporaryFolder()
  writeFileSync(join(runDir, 'train.jsonl'), `${secrets[0]} です`)
  writeFileSync(join(runDir, 'state.json'), JSON.stringify({ version: 1, step: 6 }))
  const leaks = new LeakTests({
    turns: { use: async () => null } as never,
    ...{ tuned: async () => tunedIn(runDir), data: here.data, keeper: new KeepingHere() },
    ...{ dirOf: async () => dir, tell: () => undefined }
  })
  const place = { id: 'r', project: 'project-1', dir: runDir }
  await leaks.start(place, [])
  await vi.waitFor(async () => expect((await leaks.get(place)).state).toBe('done'))
  const where = { file: 'faq.csv', row: 2 }
  expect((await leaks.get(place)).report?.written).toEqual([
    { kind: 'phone', words: secrets[0], place: where }
  ])
})

test('whoever ends it has no report, and no failure', async () => {
  const tuned = tunedIn(temporaryFolder())
  const here = room()
  await here.add(writeFile(here.dir, 'faq.csv', `質問,回答\n電話は,${secrets[0]} です\n`))
  const leaks: LeakTests = new LeakTests({
    turns: {
      use: () =>
        new Promise((_, reject) => {
          leaks.cancel('r')
          reject(new Error('ended'))
        })
    } as never,
    ...{ tuned: async () => tuned, data: here.data, keeper: new KeepingHere(), dirOf: async () => here.dir },
    tell: () => undefined
  })
  const place = { id: 'r', project: 'project-1', dir: here.dir }
  await leaks.start(place, [])
  await vi.waitFor(async () =>
    expect(await leaks.get(place)).toMatchObject({ state: 'none', report: null, error: null })
  )
})
