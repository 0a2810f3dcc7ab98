// Which run another one goes on from, and which model somebody chose at the beginning, also after the project was moved.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { recipeToYaml } from '../../../main/services/recipes/recipe'
import { chosenModelOf, marksGivenBy, otherRunsOf } from '../../../main/services/runs/other-runs'
import { changeRunFile } from '../../../main/services/runs/run-file'
import { readJob, writeJob } from '../../../main/services/runs/run-folder'
import { readRun } from '../../../main/services/runs/run-view'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

/** PLACE/runs/NAME, named so, on this model. */
async function runAt(place: string, name: string, modelDir?: string): Promise<string> {
  const dir = join(place, 'runs', name)
  cpSync(await runFixture(), dir, { recursive: true })
  await changeRunFile(dir, name, () => ({ name: `名前 ${name}` }))
  const job = await readJob(dir)
  if (modelDir !== undefined) await writeJob(dir, { ...job, open: { ...job.open, modelDir } })
  return dir
}

test('a run on what another one learnt whole says so, the chosen model is that of the first', async () => {
  const place = temporaryFolder()
  const first = await runAt(place, 'first')
  const second = await runAt(place, 'second', join(first, 'model'))
  const third = await runAt(place, 'third', join(second, 'best'))
  expect(await otherRunsOf(first, await readJob(first))).toEqual({})
  expect((await readRun(second)).baseRun).toEqual({ dir: first, name: '名前 first', method: 'sft' })
  expect((await readRun(third)).baseRun).toMatchObject({ dir: second, name: '名前 second' })
  const { open, baseModelName } = await readJob(first)
  for (const dir of [first, second, third])
    expect(await chosenModelOf(dir)).toMatchObject({ dir: open.modelDir, name: baseModelName })
})

test('in a project that was moved it is the one beside it', async () => {
  const [old, now] = [temporaryFolder(), temporaryFolder()]
  const first = await runAt(old, 'first')
  await runAt(old, 'second', join(first, 'model'))
  cpSync(join(old, 'runs'), join(now, 'runs'), { recursive: true })
  rmSync(join(old, 'runs'), { recursive: true })
  const second = join(now, 'runs', 'second')
  expect((await readRun(second)).baseRun).toMatchObject({ dir: join(now, 'runs', 'first') })
})

test('a run that learns on with an adapter names whose it was; an adapter from elsewhere is nobody’s', async () => {
  const place = temporaryFolder()
  const first = await runAt(place, 'first')
  const second = await runAt(place, 'second')
  expect((await readRun(second)).startRun).toBe(undefined)
  const recipe = { name: '', data: ['a.csv'], questions: [], model: 'starter', settings: defaultSettings }
  const beginsWith = (start: string): void => {
    writeFileSync(join(second, 'recipe.yaml'), recipeToYaml({ ...recipe, start }))
    mkdirSync(join(second, 'start'), { recursive: true })
  }
  beginsWith(join(place, 'adapter-from-elsewhere'))
  expect((await readRun(second)).startRun).toBe(undefined)
  beginsWith(first)
  expect((await readRun(second)).startRun).toEqual({ dir: first, name: '名前 first', method: 'sft' })
  expect(await chosenModelOf(second)).toMatchObject({ isStarter: true })
})

test('who gave marks is told of a run, also after the project was moved; what is gone is named where it was', async () => {
  const [old, now] = [temporaryFolder(), temporaryFolder()]
  const judge = await runAt(old, 'judge')
  const marked = await runAt(old, 'marked')
  const program = join(old, 'marks.py')
  const recipe = { name: '', data: ['a.csv'], questions: [], model: 'starter', settings: defaultSettings }
  writeFileSync(join(marked, 'recipe.yaml'), recipeToYaml(recipe))
  expect(await marksGivenBy(marked)).toEqual({})
  const by = { rewardRun: judge, rewardProgram: program }
  writeFileSync(join(marked, 'recipe.yaml'), recipeToYaml({ ...recipe, ...by }))
  expect(await marksGivenBy(marked)).toEqual({ run: judge, program })
  cpSync(join(old, 'runs'), join(now, 'runs'), { recursive: true })
  rmSync(join(old, 'runs'), { recursive: true })
  const moved = join(now, 'runs', 'marked')
  expect(await marksGivenBy(moved)).toEqual({ run: join(now, 'runs', 'judge'), program })
  rmSync(join(now, 'runs', 'judge'), { recursive: true })
  expect(await marksGivenBy(moved)).toEqual({ run: judge, program })
})
