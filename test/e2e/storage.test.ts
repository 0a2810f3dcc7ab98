// The storage place moved by clicks alone: broken off with nothing changed, then moved, its old one emptied; the project
// is worked on as before.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { roomAt } from './served'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-place-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { settings, home, common, data } = ja

describeWindow('the storage place', () => {
  const browser = suiteBrowser()

  test('is moved in the settings; stopped, everything is as it was', async () => {
    const disk = join(folder, 'home/disk')
    mkdirSync(disk, { recursive: true })
    const { url } = await served(join(folder, 'home'))
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.beginOwn('窓口', 'こもれび文具')
    await walk.drop('faq.csv', Buffer.from('質問,回答\n送料は,五百円です。\n返品は,八日以内です。\n'))
    await walk.filesSay(data.pairs('2'))
    const [project] = readdirSync(join(folder, 'home/neiro/projects'))
    const large = join(folder, 'home/neiro/projects', project ?? '', 'large.bin')
    writeFileSync(large, '')
    truncateSync(large, 1024 ** 3)

    await walk.goHome()
    await page.getByRole('link', { name: common.settings }).click()
    await walk.title(settings.title)
    await page.getByText(join(folder, 'home/neiro'), { exact: true }).waitFor()
    await walk.browse(settings.moveFolder, ['disk'])
    await page.getByText(settings.whileMoving).waitFor()
    // another room is open at once, and the way is still shown on coming back
    await walk.goHome()
    await page.getByRole('link', { name: common.settings }).click()
    await walk.click(settings.stopMove)
    await page.getByText(settings.whileMoving).waitFor({ state: 'detached' })
    expect(readdirSync(disk)).toEqual([])
    await page.getByText(join(folder, 'home/neiro'), { exact: true }).waitFor()

    rmSync(large)
    await walk.browse(settings.moveFolder, ['disk'])
    await page.getByText(settings.moved, { exact: true }).waitFor()
    await page.getByText(disk, { exact: true }).waitFor()
    await walk.click(settings.emptyOld)
    await walk.button(settings.emptyOld, page.getByRole('dialog')).click()
    await page.getByText(settings.oldEmptied).waitFor()
    await page.getByText(settings.moved, { exact: true }).waitFor({ state: 'detached' })
    expect(existsSync(join(folder, 'home/neiro/projects'))).toBe(false)

    await walk.goHome()
    await page.getByText('窓口').first().waitFor()
    await page.goto(roomAt(url, '#settings'))
    await page.getByText(disk, { exact: true }).waitFor()
    await walk.goHome()
    await walk.click(home.go.data)
    await walk.filesSay(data.pairs('2'))
    expect(complaints).toEqual([])
  })
})
