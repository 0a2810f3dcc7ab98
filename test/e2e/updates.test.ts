// A new version by clicks: the packed app under the stand-in asks a place on the loopback address, shows what it found, fetches
// it and is replaced by it; a training keeps it waiting. The installed file is a script that says its version.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { installPacked, cannotPack } from '../fixtures/packed'
import { makers, manifestOf, publicKey, signedBy } from '../services/updates/keys'
import { releaseServer } from '../services/updates/release-server'
import { watch } from './browser'
import { needsBrowser, openPacked } from './shell'
import { describeWindow } from './suite'

const folder = mkdtempSync(join(tmpdir(), 'neiro-updates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const describePacked = cannotPack === null && needsBrowser ? describeWindow : describe.skip
const newOne = Buffer.from(`#!/bin/sh\necho 0.2.0\n${'#'.repeat(3_000_000)}\n`)

describePacked('a new version', () => {
  test('is looked for, fetched and installed by clicks, and nothing is asked before', async () => {
    const resources = installPacked(join(folder, 'Neiro'))
    // an AppImage and not a deb, whose installation wants the administrator
    rmSync(join(resources, 'package-type'))
    const file = join(folder, 'Neiro.AppImage')
    writeFileSync(file, '#!/bin/sh\necho 0.1.0\n')
    chmodSync(file, 0o755)
    const server = await releaseServer(
      signedBy(makers, manifestOf('0.2.0', 'Neiro-0.2.0.AppImage', newOne)),
      newOne
    )
    writeFileSync(
      join(resources, 'updates.json'),
      JSON.stringify({ address: server.address, key: publicKey })
    )

    const shell = await openPacked(folder, resources, { APPIMAGE: file })
    onTestFinished(() => shell.kill())
    const page = await shell.page()
    const complaints = watch(page)
    const words = ja.updates
    await page.getByRole('link', { name: ja.common.settings }).click()
    await page.getByText(words.asks(server.address)).waitFor()
    expect(server.asked).toEqual([])

    await page.getByRole('button', { name: words.look }).click()
    await page.getByText(words.found('0.2.0', '3\u00a0MB')).waitFor()
    await page.getByRole('button', { name: words.notes }).click()
    await page.getByText('口調の評価が速くなりました。').waitFor()
    await page.getByRole('button', { name: words.fetch }).click()
    await page.getByText(words.ready('0.2.0')).waitFor()
    expect(execFileSync(file).toString()).toBe('0.1.0\n')
    expect(complaints).toEqual([])
    await page.getByRole('button', { name: words.install }).click()
    await expect.poll(() => readFileSync(file, 'utf8')).toBe(newOne.toString())
    // no number of this PC went along
    for (const { headers } of server.asked) expect(headers['x-user-staging-id'] ?? '').toBe('')
  }, 300_000)
})
