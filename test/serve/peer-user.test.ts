// Another user of the machine gets nothing at all, not even with the right cookie; everybody's own programs do.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isOthers } from '../../main/serve/peer-user'
import { serve } from '../../main/serve/server'
import { fakeApp } from './fake-app'
import { cookieFor } from './signed-in'

const folder = mkdtempSync(join(tmpdir(), 'neiro-peer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const line = (local: string, remote: string, user: number): string =>
  `   1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  ${user}        0 12345 1 0000000000000000 20 4 30 10 -1`
const socket = { remotePort: 0xabc, localPort: 0x1f90 }
const long = (address: string): string => `0000000000000000FFFF0000${address}`

test.each([
  ['ours', [line('0100007F:0ABC', '0100007F:1F90', 1000)], false],
  ['another user’s', [line('0100007F:0ABC', '0100007F:1F90', 1001)], true],
  ['another user’s in the longer form', ['', line(long('0100007F:0ABC'), long('0100007F:1F90'), 1001)], true],
  ['root’s', [line('0100007F:0ABC', '0100007F:1F90', 0)], false],
  ['our own end of it, which is another line', [line('0100007F:1F90', '0100007F:0ABC', 1001)], false],
  ['another connection', [line('0100007F:0ABD', '0100007F:1F90', 1001)], false],
  ['nobody knows whose', [], false]
])('%s', (_, lines, others) => {
  expect(isOthers(socket, 1000, () => lines.map((one) => `${head}\n${one}\n`))).toBe(others)
})

test('what the system said a moment ago is enough for those who stood in it; others are looked up at this moment', () => {
  const asked: boolean[] = []
  const tables = (now: boolean): readonly string[] => {
    asked.push(now)
    return [`${head}\n${line(now ? '0100007F:0ABC' : '0100007F:0ABD', '0100007F:1F90', 1001)}\n`]
  }
  expect(isOthers({ ...socket, remotePort: 0xabd }, 1000, tables)).toBe(true)
  expect(asked).toEqual([false])
  expect(isOthers(socket, 1000, tables)).toBe(true)
  expect(asked).toEqual([false, false, true])
})

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a program of another user is closed unheard, with the right cookie too; ours is answered',
  async () => {
    const pagesDir = join(folder, 'pages')
    mkdirSync(pagesDir)
    writeFileSync(join(pagesDir, 'index.html'), 'page')
    const served = await serve({
      app: fakeApp(),
      log: () => undefined,
      pagesDir,
      uploadsDir: join(folder, 'uploads'),
      port: 0
    })
    try {
      const cookie = await cookieFor(served.url)
      const ask = (uid: number): Promise<string> =>
        new Promise((done) => {
          const script = `fetch('http://127.0.0.1:${served.port}/', { headers: { cookie: '${cookie}' } }).then((reply) => reply.text(), () => 'closed').then((text) => process.stdout.write(text))`
          // not from a folder that the other user may not even look at
          const child = spawn(process.execPath, ['-e', script], {
            uid,
            gid: uid,
            cwd: '/',
            stdio: ['ignore', 'pipe', 'inherit']
          })
          let said = ''
          child.stdout.on('data', (data: Buffer) => (said += data.toString()))
          child.on('close', () => done(said))
        })
      // the server itself is root's here, as a test may be: root's own programs come in
      expect(await ask(0)).toBe('page')
      expect(await ask(65_534)).toBe('closed')
    } finally {
      await served.close()
    }
  }
)
