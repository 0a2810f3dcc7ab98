// A model over which a process was lost is known as such after a restart of the app: no process more is lost over it, until
// its files are others or somebody chooses it anew.
import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forkProgram } from '../../main/processes/child-program'
import { readModel } from '../../main/services/models/read-model'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import { ModelsSetAside } from '../../main/services/tokens/models-set-aside'
import type { Workshop } from '../../main/workshop/workshop'
import { starterModelDir } from '../fixtures/places'
import { TestPlace } from './bench-places'

const place = new TestPlace()
const home = mkdtempSync(join(tmpdir(), 'neiro-aside-'))
const dir = join(home, 'model')
let workshop: Workshop
/** processes that were begun; the next ones break down where this is set */
let begun = 0
let breaks = true

beforeAll(async () => {
  cpSync(starterModelDir, dir, { recursive: true })
  workshop = await place.open({
    start: (options) => {
      const child = forkProgram(options)
      begun++
      if (breaks) child.on('message', () => process.kill(child.pid as number, 'SIGSEGV'))
      return child
    }
  })
})
afterAll(() => {
  place.close()
  rmSync(home, { recursive: true, force: true })
})

/** As after a start of the app, or in a command of the command line. */
const started = (triesAnew = false): ModelTexts =>
  new ModelTexts((source, names, onLost) => workshop.openModelText(source, names, onLost), {
    models: new ModelsSetAside(join(home, 'models-set-aside.json')),
    triesAnew
  })
const asked = async (texts: ModelTexts): Promise<string> =>
  texts.get(await readModel(dir)).then(
    async (text) => String((await text.encode(['質問'])).length),
    (error: { code: string }) => error.code
  )

test('lost once, it is asked nothing more, whoever starts', async () => {
  expect(await asked(started())).toBe('MODEL_TEXT_CRASH')
  expect(begun).toBe(1)
  breaks = false
  const restarted = started()
  expect(await asked(restarted)).toBe('MODEL_TEXT_CRASH')
  expect(begun).toBe(1)

  // chosen anew
  await restarted.tryAgain(dir)
  expect(await asked(restarted)).toBe('1')
  expect(await asked(started())).toBe('1')
})

test('with other files it is another model; a command tries it whenever it names it', async () => {
  for (const again of [
    async () => {
      utimesSync(join(dir, 'tokenizer.json'), 1e9, 1e9)
      return asked(started())
    },
    () => asked(started(true))
  ]) {
    breaks = true
    expect(await asked(started())).toBe('MODEL_TEXT_CRASH')
    breaks = false
    expect(await asked(started())).toBe('MODEL_TEXT_CRASH')
    expect(await again()).toBe('1')
  }
})
