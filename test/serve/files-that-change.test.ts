// What lies there is not what was chosen, or not for long: a pipe in a file's place, and a file that is cut while it is read. By
// both doors as real processes: a window that is served, and the command line. Nobody waits for ever, nothing passes in silence.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync
} from 'node:fs'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FolderListing } from '../../main/contract/window/app'
import type { DataView } from '../../main/contract/window/data'
import { runNeiro } from '../cli/neiro-process'
import { startServed, type Served } from '../e2e/served'
import { faq } from '../services/dataset/project'
import { signedIn, type SignedIn } from './signed-in'

describe.runIf(process.platform === 'linux')('what lies there changes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-changes-'))
  const home = join(dir, 'home')
  let served: Served
  let page: SignedIn
  beforeAll(async () => {
    served = await startServed(home, { language: 'en' })
    page = await signedIn(served.url)
  }, 60_000)
  afterAll(async () => {
    page.close()
    await served.stop()
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  /** A folder of the user with a file beside what is to change. */
  function folder(name: string): string {
    const made = join(home, name)
    mkdirSync(made)
    writeFileSync(join(made, 'beside.csv'), faq(7))
    return made
  }

  async function chosen(path: string): Promise<string> {
    const listing = { id: null, kind: 'data-files', path: dirname(path) }
    const { entries } = await page.call<FolderListing>('files.browse', listing)
    return entries.find(({ name }) => name === basename(path))?.id ?? 'not shown'
  }

  const project = async (): Promise<string> =>
    (await page.call<{ id: string }>('projects.create', { name: 'p', company: '', sample: false })).id

  const became = (view: DataView): (string | number | null)[][] =>
    view.files.map(({ file, examples, error }) => [file, examples, error?.code ?? null])

  test('window: a pipe where the chosen file was', async () => {
    const place = folder('pipe')
    const file = join(place, 'faq.csv')
    writeFileSync(file, faq(3))
    const fileIds = [await chosen(file), await chosen(join(place, 'beside.csv'))]
    rmSync(file)
    execFileSync('mkfifo', [file])
    const view = await page.call<DataView>('data.add', { project: await project(), fileIds })
    expect(became(view)).toEqual([
      ['faq.csv', 0, 'NOT_A_FILE'],
      ['beside.csv', 7, null]
    ])
  }, 30_000)

  test('window: a file that is cut while it is read', async () => {
    const place = folder('cut')
    const file = join(place, 'faq.csv')
    writeFileSync(file, faq(3))
    // it is copied first, which is fast
    truncateSync(file, 2e9)
    const fileIds = [await chosen(file), await chosen(join(place, 'beside.csv'))]
    const adding = page.call<DataView>('data.add', { project: await project(), fileIds })
    await cutWhileRead(file, () => [served.pid, ...served.children()])
    expect(became(await adding)).toEqual([
      ['faq.csv', 0, 'CHANGED_WHILE_READ'],
      ['beside.csv', 7, null]
    ])
  }, 60_000)

  test('command line: the same two', async () => {
    const place = folder('both')
    execFileSync('mkfifo', [join(place, 'pipe.csv')])
    const file = join(place, 'faq.csv')
    writeFileSync(file, manyRows())
    const paths = ['faq.csv', 'pipe.csv', 'beside.csv'].map((name) => join(place, name))
    const reading = runNeiro(['data', ...paths, '--json'], { env: { NEIRO_HOME: join(dir, 'cli') } })
    await cutWhileRead(file, everyProcess)
    const { status, stdout } = await reading
    expect(status).toBe(1)
    expect(stdout).not.toMatch(/INTERNAL|UNEXPECTED/)
    const events = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
    expect(events.filter(({ event }) => event === 'unusable').map(({ file, code }) => [file, code])).toEqual([
      ['faq.csv', 'CHANGED_WHILE_READ'],
      ['pipe.csv', 'NOT_A_FILE']
    ])
    expect(events.find(({ event }) => event === 'data')).toMatchObject({ examples: 7 })
  }, 60_000)
})

/** So many rows that they are still being read when somebody has seen that they are. */
const manyRows = (): string =>
  `question,answer\n${Array.from({ length: 1_500_000 }, (_, i) => `question ${i},answer ${i}\n`).join('')}`

/** Half of it goes as soon as one of the processes has read more of it than its head. */
async function cutWhileRead(path: string, processes: () => readonly number[]): Promise<void> {
  while (!processes().some((pid) => readSoFar(pid, path) > 2e6))
    await new Promise((again) => setTimeout(again, 5))
  truncateSync(path, 5e6)
}

/** Bytes that a process has read of a file that it holds open. */
function readSoFar(pid: number, path: string): number {
  try {
    const open = readdirSync(`/proc/${pid}/fd`).find((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === path)
    if (open === undefined) return 0
    return Number(/^pos:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${open}`, 'utf8'))?.[1] ?? 0)
  } catch {
    // the process is of somebody else, or gone
    return 0
  }
}

const everyProcess = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger)
