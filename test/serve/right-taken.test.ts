// The right to write is taken from the data folder of a served window: what would change something is refused with a sentence
// that names the place, everything can still be looked at, and with the right back all goes on. By a user for whom rights
// mean something: root may write anywhere.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataView } from '../../main/contract/window/data'
import { startServed } from '../e2e/served'
import { signedIn } from './signed-in'

const isRoot = process.getuid?.() === 0
/** where there is root, there is also nobody */
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const canBeNobody = !isRoot || spawnSync(nobody[0] as string, ['--version']).status === 0

let place = ''
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'neiro-right-'))
  chmodSync(place, 0o755)
  mkdirSync(join(place, 'home'))
  if (isRoot) spawnSync('chown', ['-R', '65534:65534', place])
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const allow = (right: 'a-w' | 'u+w'): void =>
  void spawnSync('chmod', ['-R', right, join(place, 'home', 'neiro')], { stdio: 'ignore' })

test.skipIf(process.platform !== 'linux' || !canBeNobody)(
  'named, nothing lost, and on it goes',
  async () => {
    const before = isRoot ? nobody : []
    const served = await startServed(join(place, 'home'), { language: 'en', before, env: { TMPDIR: place } })
    try {
      const page = await signedIn(served.url)
      const made = { name: 'x', company: '', sample: true }
      const { id: project } = await page.call<{ id: string }>('projects.create', made)
      const { examples } = await page.call<DataView>('data.get', { project })
      const edit = { project, index: 0, answer: 'better' }
      allow('a-w')
      for (const [call, args] of [
        ['data.editExample', edit],
        ['projects.create', { ...made, name: 'y' }]
      ] as const)
        await expect(page.call(call, args), call).rejects.toThrow(/"READ_ONLY"/)
      expect((await page.call<DataView>('data.get', { project })).examples).toBe(examples)
      allow('u+w')
      expect((await page.call<DataView>('data.editExample', edit)).lastChange).not.toBeNull()
      page.close()
    } finally {
      await served.stop()
    }
  },
  60_000
)
