// A data folder that cannot be written (a read-only disk; here a place where the system lets nobody make anything): what
// goes elsewhere works, what needs the folder says so in a sentence.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runNeiro } from './neiro-process'

const place = mkdtempSync(join(tmpdir(), 'neiro-no-home-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const env = { NEIRO_HOME: '/sys/neiro', LC_ALL: 'en_US.UTF-8' }
const data = join(place, 'faq.csv')
writeFileSync(
  data,
  `question,answer\n${Array.from({ length: 12 }, (_, n) => `How much is number ${n}?,It is ${n} yen.`).join('\n')}\n`
)

describe.runIf(process.platform !== 'win32')('a new data folder', () => {
  test('is for its user alone, and so is the log in it; a torn list is said until it is taken away', async () => {
    const home = join(place, 'of-its-own', 'neiro')
    const run = (...args: string[]): ReturnType<typeof runNeiro> =>
      runNeiro(args, { env: { ...env, NEIRO_HOME: home } })
    expect((await run('runs')).status).toBe(0)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    const torn = join(home, 'runs-elsewhere.torn.json')
    writeFileSync(torn, '[')
    expect((await run('runs')).stderr).toContain(`The damaged file was kept here: ${torn}`)
    rmSync(torn)
    expect((await run('runs')).stderr).toBe('')
  })
})

describe.runIf(process.platform === 'linux')('names that no drive can hold', () => {
  const deep = join(place, ...Array<string>(30).fill('d'.repeat(200)))
  const long = join(place, 'あ'.repeat(100))
  test.each([
    ['of data', ['data', deep]],
    ['of saved data', ['data', data, '--save', `${long}.jsonl`]],
    ['of a list', ['data', data, '--save-refused', deep]],
    ['of a run', ['tune', '--model', 'starter', '--data', data, '--out', long]],
    ['of the data folder', ['runs'], deep]
  ])('%s: a sentence', async (_, args, home = join(place, 'home')) => {
    const { status, stderr } = await runNeiro(args, { env: { ...env, NEIRO_HOME: home } })
    expect(stderr).toMatch(/is\s+too\s+long\s+for\s+this\s+drive\./)
    expect(stderr).not.toContain('.tmp-')
    // what is too long is named, and is not all that is seen
    expect(stderr).toMatch(/ddd|あああ/)
    expect(stderr.length).toBeLessThan(1500)
    expect(status).toBe(1)
  })
})

describe.runIf(process.platform === 'linux')('without a data folder', () => {
  test('a training into a folder of the user’s own trains, says that it is not listed, and is used from there', async () => {
    const out = join(place, 'run')
    const quick = ['--epochs', '1', '--lora-rank', '2', '--out', out]
    const tuned = await runNeiro(['tune', '--model', 'starter', '--data', data, ...quick], { env })
    expect(tuned.stderr).not.toMatch(/INTERNAL|UNEXPECTED/)
    expect(tuned.status, tuned.stderr).toBe(0)
    expect(tuned.stderr).toContain(`this run will not be in the list. It is here: ${out}`)
    expect(existsSync(join(out, 'adapter', 'adapter_model.safetensors'))).toBe(true)
    const exported = await runNeiro(['export', 'peft', '--run', out, '--out', join(place, 'adapter')], {
      env
    })
    expect(exported.stderr).toBe('')
    expect(exported.status).toBe(0)
  }, 120_000)

  test('the sample is there as well', async () => {
    const { status, stdout } = await runNeiro(['plan', '--model', 'starter', '--data', 'sample'], { env })
    expect([status, stdout]).toEqual([0, expect.stringContaining('examples to learn from')])
  })

  test.each([['tune', '--model', 'starter', '--data', data], ['serve']])(
    'neiro %s %s: a sentence',
    async (...args) => {
      const { status, stderr } = await runNeiro(args, {
        env,
        ...(args[0] === 'serve' && { interruptAt: ['Ctrl-C'] })
      })
      expect(stderr).not.toMatch(/INTERNAL|UNEXPECTED|ENOENT|EACCES/)
      if (args[0] === 'tune') {
        expect(stderr).toContain('cannot be written to')
        expect(status).toBe(1)
      }
    }
  )

  test('a file where the data folder, or the folder of runs, should be', async () => {
    const file = join(place, 'file')
    writeFileSync(file, '')
    for (const home of [file, join(file, 'deep')]) {
      const args = ['tune', '--model', 'starter', '--data', data]
      const { status, stderr } = await runNeiro(args, { env: { ...env, NEIRO_HOME: home } })
      expect(stderr).toContain('WRONG_KIND_OF_PLACE')
      expect(status).toBe(1)
    }
  })
})
