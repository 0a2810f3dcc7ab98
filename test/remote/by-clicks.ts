// What a user clicks to have a training done by a Ray cluster, from the train room to what it has learnt.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { remoteWords } from '../../main/words/remote'
import { compareTitle } from '../e2e/titles'
import { Walk } from '../e2e/walk'

/** milliseconds for a training on two busy cores */
export const patience = 1_800_000

export class SentRun {
  readonly walk: Walk
  readonly there: string
  readonly #say: ReturnType<typeof remoteWords>['room']

  constructor(
    readonly page: Page,
    language: Language,
    /** of a Ray cluster; a folder for what is run by hand */
    private readonly address: string
  ) {
    this.walk = new Walk(page, language)
    this.#say = remoteWords(language).room
    const { ray, folder } = remoteWords(language).places
    this.there = (address.startsWith('http') ? ray : folder)(address)
  }

  /** In the train room: the quick try, there. Answers with what was said of it before. */
  async send(): Promise<string> {
    const { walk, page } = this
    const say = this.#say
    await this.#open()
    await page.getByRole('radio', { name: say.kinds.ray.title }).check()
    await page.getByLabel(say.where.ray).fill(this.address)
    await walk.click(say.look)
    const leaving = page.getByRole('dialog', { name: new RegExp(this.address) })
    await leaving.getByText(say.kept).waitFor({ timeout: patience })
    const said = (await leaving.textContent()) ?? ''
    await walk.button(say.agree.ray, leaving).click()
    await page.getByText(say.trains(this.there)).waitFor({ timeout: patience })
    return said
  }

  /** In the train room: the quick try, saved as a folder. Answers with that folder. */
  async save(): Promise<string> {
    const { walk, page } = this
    const say = this.#say
    await this.#open()
    await page.getByRole('radio', { name: say.kinds.folder.title }).check()
    await walk.button(say.choose).click()
    await this.#choose(this.address)
    await walk.click(say.look)
    const leaving = page.getByRole('dialog')
    await leaving.getByText(say.kept).waitFor({ timeout: patience })
    await walk.button(say.agree.folder, leaving).click()
    await walk.title(say.byHand, patience)
    const [name = ''] = readdirSync(this.address)
    return join(this.address, name)
  }

  /** What was learnt in that folder. */
  async takeBack(folder: string): Promise<void> {
    await this.walk.button(this.#say.takeBack).click()
    await this.#choose(folder)
    await this.walk.title(this.walk.words.train.live.finished, patience)
  }

  async #open(): Promise<void> {
    const { train } = this.walk.words
    const quick = this.page
      .getByRole('radiogroup', { name: train.presetsLabel })
      .getByRole('radio', { name: train.presets.quick.title })
    await quick.waitFor({ timeout: patience })
    await quick.check()
    await this.walk.click(this.#say.title)
  }

  async #choose(folder: string): Promise<void> {
    const { browser: files } = this.walk.words.common
    const chooser = this.page.getByRole('dialog')
    await chooser.getByLabel(files.path).fill(folder)
    await this.walk.button(files.goTo, chooser).click()
    await this.walk.button(files.thisFolder, chooser).click()
    await chooser.waitFor({ state: 'detached' })
  }

  /** It has learnt so many steps. */
  async upTo(step: number): Promise<void> {
    const end = Date.now() + patience
    // the bar is there once it has begun
    for (;;) {
      const bar = this.page.getByRole('main').getByRole('progressbar').first()
      const now = (await bar.count()) > 0 ? Number(await bar.getAttribute('aria-valuenow')) : 0
      if (now >= step) return
      if (Date.now() > end) throw new Error(`it did not come to step ${step}`)
      await this.page.waitForTimeout(200)
    }
  }

  async home(): Promise<void> {
    await this.walk.title(this.walk.words.train.live.finished, patience)
    await this.page.getByText(this.#say.trained(this.there)).waitFor()
  }

  async compare(): Promise<void> {
    const { walk } = this
    await walk.click(walk.words.train.compare)
    await walk.title(compareTitle(walk.words), patience)
    await walk.compared()
  }
}
