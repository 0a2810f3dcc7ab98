// Nothing vanishes from home in silence: what was put away comes back after the toast is gone too, a project on a drive
// that is not there is a row with its reason and is found again where it lies, through the window's own browser.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ja } from '../../main/words/window/ja'
import { openApp } from './furnished'
import { come, describeWindow, served, suiteBrowser } from './suite'
import { Walk } from './walk'

const folder = mkdtempSync(join(tmpdir(), 'neiro-put-away-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWindow('home', () => {
  const browser = suiteBrowser()

  test('keeps what was put away, what is away and what was copied in sight', async () => {
    const app = await openApp(folder, 'ja')
    for (const name of ['窓口', '経理', '外'])
      await app.call('projects.create', { name, company: 'こもれび文具', sample: false })
    const own = join(folder, 'neiro', 'projects')
    const usb = join(folder, 'usb', '外')
    mkdirSync(join(folder, 'usb'))
    renameSync(join(own, '外'), usb)
    const [ref] = await app.addPaths([usb])
    await app.call('projects.open', { fileId: ref?.id ?? '' })
    const { id } = (await app.call('projects.list', {})).find(({ name }) => name === '経理') ?? { id: '' }
    await app.call('projects.remove', { id })
    await app.close()
    // as a file manager copies, and as a drive is unplugged
    cpSync(join(own, '窓口'), join(own, '窓口 のコピー'), { recursive: true })
    mkdirSync(join(folder, '.隠れた場所'))
    renameSync(usb, join(folder, '.隠れた場所', '外'))
    mkdirSync(join(own, '壊れた'))
    writeFileSync(join(own, '壊れた', 'project.json'), '{')

    // what is hidden in the home is opened for the page by the user alone
    const { url } = await served(folder, { args: ['--folder', join(folder, '.隠れた場所')] })
    const { page, complaints } = await come(browser(), url)
    const walk = new Walk(page, 'ja')
    await walk.title(ja.home.back)
    await page.getByText('窓口 のコピー').first().waitFor()
    expect(await page.getByText(/^窓口/).count()).toBeGreaterThan(1)

    // a broken one is put away with its folder, and comes back
    await page.getByText('壊れた の project.json を読めません').waitFor()
    await walk.click(ja.home.lost.removeNamed('壊れた'))
    await expect.poll(() => existsSync(join(own, '壊れた'))).toBe(false)
    await walk.click(ja.common.undo)
    await page.getByText('壊れた の project.json を読めません').waitFor()

    // put away in an earlier session: its toast is long gone
    await page.getByText(ja.common.putAway.title('1')).click()
    await page.getByText(ja.common.putAway.daysLeft('30')).waitFor()
    await walk.click(ja.common.putAway.restoreNamed('経理'))
    await expect.poll(() => page.getByText(ja.common.putAway.title('1')).count()).toBe(0)
    await page.getByText(/^経理/).first().waitFor()

    // away: its place is chosen again, a hidden one, by the switch and by typing
    await page.getByText('フォルダー 外 が見つかりません').waitFor()
    await walk.click(ja.home.lost.relocateNamed('外'))
    const dialog = page.getByRole('dialog')
    const hidden = dialog.getByRole('button', { name: '.隠れた場所' })
    await dialog.getByRole('button', { name: 'usb' }).waitFor()
    expect(await hidden.count()).toBe(0)
    await dialog.getByLabel(ja.common.browser.hidden).check()
    await hidden.click()
    await dialog.getByRole('list', { name: join(folder, '.隠れた場所') }).waitFor()
    await dialog.getByLabel(ja.common.browser.path).fill(join(folder, '.隠れた場所', '外'))
    await page.keyboard.press('Enter')
    await dialog.getByRole('list', { name: join(folder, '.隠れた場所', '外') }).waitFor()
    await walk.button(ja.common.browser.thisFolder, dialog).click()
    await expect.poll(() => page.getByText('フォルダー 外 が見つかりません').count()).toBe(0)
    await page.getByText(/^外/).first().waitFor()
    // found again, there is nothing to bring back
    expect(await page.getByText(ja.common.putAway.title('1')).count()).toBe(0)
    expect(complaints).toEqual([])
  }, 90_000)
})
