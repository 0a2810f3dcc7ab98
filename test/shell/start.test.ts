// The built entry of the desktop app, run under the stand-in: a start that fails, and a failure in the middle, say
// so and end. What a user would see as a box stands on stderr here.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ownFolder } from '../fixtures/own-folder'

const root = resolve(import.meta.dirname, '../..')

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly log: string
}

/** Runs the app until it ends by itself. */
function run(home: string, env: Record<string, string>, first = ''): Promise<Ended> {
  const register = resolve(root, 'test/electron-stand-in/register.mjs')
  const injected = first ? ['--import', `data:text/javascript,${encodeURIComponent(first)}`] : []
  const child = spawn(
    process.execPath,
    ['--import', register, ...injected, join(root, 'out/main/index.js')],
    {
      env: { ...process.env, HOME: home, NEIRO_HOME: join(home, 'neiro'), ...env },
      stdio: ['ignore', 'inherit', 'pipe']
    }
  )
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const logFile = join(home, 'neiro/neiro.log')
  return new Promise((ended) =>
    child.on('close', (code) =>
      ended({ code, said, log: existsSync(logFile) ? readFileSync(logFile, 'utf8') : '' })
    )
  )
}

/** An app that was not wholly installed: without its pages. */
function torn(home: string): string {
  const dir = join(home, 'app')
  mkdirSync(dir)
  writeFileSync(join(dir, 'package.json'), '{"version":"0"}')
  return dir
}

test.each([
  ['ja', '[Neiro を起動できませんでした]', 'もう一度起動してください。'],
  ['en', '[Neiro could not start]', 'Start Neiro again']
])('a start that fails is said (%s), and the app ends', async (locale, title, hint) => {
  const home = ownFolder()
  const { code, said, log } = await run(home, { NEIRO_ROOT: torn(home), STAND_IN_LOCALE: locale })
  expect(code).toBe(1)
  expect(said).toContain(title)
  expect(said).toContain(hint)
  expect(said).toContain(join(home, 'neiro/neiro.log'))
  expect(log).toMatch(/error start: .*ENOENT/)
})

test('so is one whose page is missing', async () => {
  const home = ownFolder()
  const app = torn(home)
  mkdirSync(join(app, 'out/renderer'), { recursive: true })
  const { code, said } = await run(home, { NEIRO_ROOT: app, STAND_IN_LOCALE: 'en' })
  expect(code).toBe(1)
  expect(said).toContain('Reason: no page in')
})

test.each([
  ['a failure', "setTimeout(() => { throw new Error('it broke') })"],
  ['a promise that nobody awaits', "void Promise.reject(new Error('it broke'))"]
])('%s in the middle is said and ends the app', async (_, breaking) => {
  const home = ownFolder()
  const { code, said, log } = await run(
    home,
    { STAND_IN_LOCALE: 'en' },
    // when the app listens, however slow its start is
    `const wait = setInterval(() => {
       if (process.listenerCount('uncaughtException') === 0) return
       clearInterval(wait)
       ${breaking}
     }, 20)`
  )
  expect(code).toBe(1)
  expect(said).toContain('[An unexpected error occurred, and Neiro has to close]')
  expect(said).toContain('Reason: it broke')
  expect(log).toMatch(/error broke: Error: it broke/)
})
