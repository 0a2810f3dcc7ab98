// However many rows there are, no process holds them: the command line itself is given a heap in which they have no place,
// and its helpers are watched.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
/** of the command line's own objects, MB; without any row it needs about 30 */
const heap = 44

let dir = ''
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'neiro-many-'))))

async function manyRows(rows: number): Promise<string> {
  const path = join(dir, `${rows}.csv`)
  const file = createWriteStream(path)
  file.write('question,answer\n')
  for (let row = 0; row < rows; row += 1000) {
    const lines = Array.from({ length: 1000 }, (_, i) => {
      const n = row + i
      // every fourth has no answer; the words are as long as a sentence's
      return `"Question number ${n} about the delivery of an order","${n % 4 === 0 ? '' : `Answer ${n}: within ${n % 9} days, and we shall write to you.`}"\n`
    })
    file.write(lines.join(''))
  }
  file.end()
  await finished(file)
  return path
}
afterAll(() => rmSync(dir, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly output: string
  /** most that any process of it had in memory, MB */
  readonly most: number
}

function neiro(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, cli, ...args, '--lang', 'en'], {
      env: { ...process.env, NEIRO_HOME: join(dir, 'home'), NO_COLOR: '1' }
    })
    let output = ''
    let most = 0
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-20_000)))
    const look = setInterval(() => (most = Math.max(most, mostOf(child.pid))), 200)
    child.on('close', (status) => {
      clearInterval(look)
      done({ status, output, most })
    })
  })
}

/** The peaks of a process and of all that it has started, where the system tells. */
function mostOf(parent: number | undefined): number {
  if (process.platform !== 'linux') return 0
  const statusOf = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/status`, 'utf8')
    } catch {
      return ''
    }
  }
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const own = all.map(statusOf).filter((status) => new RegExp(`^P?Pid:\\t${parent}$`, 'm').test(status))
  return Math.max(0, ...own.map((status) => Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024))
}

test('refused rows are saved as they come', async () => {
  const list = join(dir, 'refused.csv')
  const rows = 200_000
  const { status, output, most } = await neiro('data', await manyRows(rows), '--save-refused', list)
  expect({ status, output }).toMatchObject({ status: 0 })
  expect(output).toContain('150,000 examples')
  expect(readFileSync(list, 'utf8').split('\n')).toHaveLength(rows / 4 + 2)
  expect(most).toBeLessThan(260)
}, 120_000)

test('a run is tokenised without its examples ever being held', async () => {
  const { status, output, most } = await neiro('plan', '--model', 'starter', '--data', await manyRows(60_000))
  expect({ status, output }).toMatchObject({ status: 0 })
  expect(output).toMatch(/40500 examples to learn from.*4500 held out/)
  expect(most).toBeLessThan(400)
}, 180_000)
