// Files that were made to stop their reader, through both doors as real processes: a window that is served, and the command
// line. Each is rows or a sentence, what is beside it is read, the window answers all the while, and nothing is left over.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataView } from '../../main/contract/window/data'
import { startServed, type Served } from '../e2e/served'
import { runNeiro } from '../cli/neiro-process'
import { hostileFiles, writeHostile, type HostileFile } from '../fixtures/hostile-files'
import { strangeFiles } from '../fixtures/strange-files'
import { faq } from '../services/dataset/project'
import { signedIn, type SignedIn } from './signed-in'

const dir = mkdtempSync(join(tmpdir(), 'neiro-hostile-'))
let served: Served
let page: SignedIn
beforeAll(async () => {
  served = await startServed(join(dir, 'home'), { language: 'en' })
  page = await signedIn(served.url)
}, 60_000)
afterAll(async () => {
  page.close()
  await served.stop()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

async function uploaded(name: string, content: string | Buffer): Promise<string> {
  const { origin } = new URL(served.url)
  const reply = await fetch(`${origin}/upload?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    // an old connection may be closed on the other side just now
    headers: { cookie: page.cookie, origin, connection: 'close' },
    body: new Uint8Array(Buffer.from(content))
  })
  expect(reply.status).toBe(200)
  return ((await reply.json()) as { id: string }).id
}

/** The longest that the window has waited for an answer meanwhile, ms. */
async function answering<T>(work: Promise<T>): Promise<{ readonly result: T; readonly longest: number }> {
  let longest = 0
  let done = false
  const ended = work.finally(() => (done = true))
  while (!done) {
    const asked = performance.now()
    await page.call('app.info', {})
    longest = Math.max(longest, performance.now() - asked)
    await Promise.race([ended.catch(() => undefined), new Promise((later) => setTimeout(later, 20))])
  }
  return { result: await ended, longest }
}

const expected = ({ name, examples, codes }: HostileFile): [string, number, string | null] => [
  name,
  examples,
  codes?.[0] ?? null
]

describe('a served window', () => {
  test.each(hostileFiles.map((file) => [file.name, file] as const))(
    '%s',
    async (name, file) => {
      const { id: project } = await page.call<{ id: string }>('projects.create', {
        ...{ name, company: '', sample: false }
      })
      const fileIds = [await uploaded(name, file.content()), await uploaded('beside.csv', faq(7))]
      const { result, longest } = await answering(page.call<DataView>('data.add', { project, fileIds }))
      const [view, beside] = result.files
      expect(view?.examples).toBe(file.examples)
      if (file.codes) expect(file.codes).toContain(view?.error?.code)
      else expect(view?.error).toBeNull()
      expect(beside).toMatchObject({ examples: 7, error: null })
      // far below what a person waits for; a process that was held up answers after seconds
      expect(longest).toBeLessThan(2000)
      const { text } = await page.call<{ text: string }>('data.refusedFile', { project })
      expect(text).not.toMatch(/^"?[=@]/m)
      expect(text).not.toMatch(/\{[a-z]+\}/)
    },
    60_000
  )

  // every third of them: all go through both doors in `npm run strangers`
  const some = strangeFiles.filter((_, i) => i % 3 === 0)

  test('and many more at once', async () => {
    const { id: project } = await page.call<{ id: string }>('projects.create', {
      ...{ name: 'more', company: '', sample: false }
    })
    const fileIds: string[] = []
    for (const { name, content } of some) fileIds.push(await uploaded(name, content()))
    fileIds.push(await uploaded('beside.csv', faq(7)))
    const { result, longest } = await answering(page.call<DataView>('data.add', { project, fileIds }))
    const became = result.files.map(({ file, examples, error }) => [file, examples, error?.code ?? null])
    expect(became).toEqual([...some.map(expected), ['beside.csv', 7, null]])
    expect(longest).toBeLessThan(2000)
    // whatever came in can be looked at
    const { total } = await page.call<{ total: number }>('data.rows', {
      project,
      offset: 0,
      limit: 1,
      search: ''
    })
    expect(total).toBe(result.examples)
  }, 180_000)

  test('rows of 60 MB that are asked for at once end nothing', async () => {
    const { id: project } = await page.call<{ id: string }>('projects.create', {
      ...{ name: 'large', company: '', sample: false }
    })
    const big = 'x'.repeat(900_000)
    const rows = Array.from({ length: 80 }, (_, i) => `{"question":"q${i}","answer":"${big}"}\n`)
    await page.call('data.add', { project, fileIds: [await uploaded('large.jsonl', rows.join(''))] })
    const asked = Array.from({ length: 6 }, () =>
      page.call('data.rows', { project, offset: 0, limit: 80, search: '' }).then(
        () => 'rows',
        (error: Error) => error.message
      )
    )
    for (const answer of await Promise.all(asked))
      expect(answer).toMatch(/^rows$|REPLY_TOO_LARGE|CLOSED|BUSY/)
    const again = await signedIn(served.url, page.cookie)
    expect(await again.call('app.info', {})).toBeDefined()
    again.close()
  }, 60_000)

  test('an encoding called constructor is a sentence', async () => {
    const { id: project } = await page.call<{ id: string }>('projects.create', {
      ...{ name: 'encoding', company: '', sample: false }
    })
    const view = await page.call<DataView>('data.add', {
      project,
      fileIds: [await uploaded('a.csv', faq(3))]
    })
    const overrides = { encoding: 'constructor' }
    const reading = page.call('data.setOverrides', { project, file: view.files[0]?.id, overrides })
    await expect(reading).rejects.toThrow(/ENCODING|BAD_ARGUMENT/)
  }, 60_000)
})

describe('the command line', () => {
  test('all of them at once, and one beside them', async () => {
    const folder = mkdtempSync(join(dir, 'all-'))
    const all = [...hostileFiles, ...strangeFiles]
    for (const file of all) writeHostile(folder, file)
    writeFileSync(join(folder, 'beside.csv'), faq(7))
    const list = join(dir, 'refused.csv')
    const env = { NEIRO_HOME: join(dir, 'cli-home') }
    const { status, stdout } = await runNeiro(['data', folder, '--json', '--save-refused', list], { env })
    // some of the files cannot be used at all
    expect(status).toBe(1)
    const events = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
    const sum = all.reduce((sum, { examples }) => sum + examples, 7)
    expect(events.find(({ event }) => event === 'data')).toMatchObject({ examples: sum })
    // none of those that are of no use goes by without a sentence
    const unusable = events.filter(({ event }) => event === 'unusable')
    expect(unusable.map(({ file }) => file).sort()).toEqual(
      all.flatMap(({ name, codes }) => (codes ? [name] : [])).sort()
    )
    for (const { message, hint } of unusable) expect(`${message}${hint}`).toMatch(/^[A-Z"“[a-z].{20}/s)
    expect(readFileSync(list, 'utf8')).not.toMatch(/"[=@]/)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('neiro-data.tmp'))).toEqual([])
  }, 120_000)
})
