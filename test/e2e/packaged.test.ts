// The packed app, unmodified, from a folder in which nothing may be written, for a user with a Japanese name: its whole
// path under the stand-in for Electron. Its archive is taken apart, since Node looks into none.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { cannotPack, installPacked } from '../fixtures/packed'
import { watch } from './browser'
import { needsBrowser, openPacked } from './shell'
import { describeWindow } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-packed-'))
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', folder])
  rmSync(folder, { recursive: true, force: true })
})

/** Every file of a folder with its size and time. */
const stateOf = (place: string): string[] =>
  readdirSync(place, { recursive: true })
    .map(String)
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(place, name))
      return `${name} ${size} ${mtimeMs}`
    })

const describePacked = cannotPack === null && needsBrowser ? describeWindow : describe.skip

describePacked('the packed app', () => {
  test('trains and compares from a read-only folder, and writes nothing there', async () => {
    const installed = join(folder, 'プログラム/Neiro')
    const resources = installPacked(installed)
    const archive = join(resources, 'app.asar')
    spawnSync('chmod', ['-R', 'a-w', installed])
    chmodSync(installed, 0o555)
    const before = stateOf(installed)

    const user = join(folder, 'ユーザー/山田 太郎')
    mkdirSync(user, { recursive: true })
    const shell = await openPacked(user, resources)
    onTestFinished(() => shell.kill())
    const page = await shell.page()
    const complaints = watch(page)
    const walk = new Walk(page, 'ja')
    await walk.beginSample()
    await walk.startQuickTry('ギフト包装はできますか。')
    await walk.watchTraining('ギフト包装はできますか。')
    await walk.waitForEnd()
    await walk.compare('ギフト包装はできますか。')
    // a second start with a file, as an icon is given one
    const argv = ['/opt/Neiro/neiro-desktop', '--no-sandbox', 'お手本.csv']
    writeFileSync(join(user, 'お手本.csv'), '質問,回答\nはい,いいえ\n')
    await shell.order('second', { argv, folder: user })
    const offered = page.getByRole('dialog', { name: ja.home.handed.title })
    await offered.getByText('お手本.csv', { exact: true }).waitFor()
    await walk.button(ja.home.handed.leave, offered).click()
    expect(complaints).toEqual([])
    for (const { program } of (await shell.records())?.utilities ?? []) expect(program).toContain(archive)
    await shell.quit()
    expect(stateOf(installed)).toEqual(before)
    expect(readdirSync(join(user, 'neiro'))).toContain('projects')
  }, 400_000)
})
