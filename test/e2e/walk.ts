// What a user does in the window, in the words of either language: no address, no selector, only what can be seen
// and clicked. Each step waits for what the user would wait for.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { figureWords } from '../../main/words/figures'
import { en } from '../../main/words/window/en'
import type { WindowWords } from '../../main/words/window'
import { ja } from '../../main/words/window/ja'
import { compareTitle } from './titles'
import { until } from './until'

/** a training or comparison of the tests, on two busy cores */
const patience = 180_000

export class Walk {
  readonly words: WindowWords

  constructor(
    readonly page: Page,
    private readonly language: Language
  ) {
    this.words = language === 'ja' ? ja : en
  }

  button(name: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: true })
  }
  async click(name: string): Promise<void> {
    await this.button(name).click()
  }
  /** The one title of the page. */
  async title(text: string | RegExp, timeout = 30_000): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor({ timeout })
  }
  async goToStep(step: keyof WindowWords['common']['steps']): Promise<void> {
    await this.page
      .getByRole('list', { name: this.words.common.stepsLabel })
      .getByRole('link', { name: this.words.common.steps[step] })
      .click()
  }
  async goHome(): Promise<void> {
    await this.page.getByRole('link', { name: this.words.common.home, exact: true }).click()
  }

  /** From the empty home to the train room with everything chosen: the first of the two clicks. */
  async beginSample(): Promise<void> {
    await this.title(this.words.home.welcome)
    await this.click(this.words.home.trySample)
    await this.title(this.words.train.title)
  }

  /** From the empty home to the data room of a project of one's own. */
  async beginOwn(name: string, company: string): Promise<void> {
    await this.title(this.words.home.welcome)
    await this.click(this.words.home.ownFiles)
    await this.newProject(name, company)
  }

  /** From the dialog of a new project to its data room. */
  async newProject(name: string, company: string): Promise<void> {
    const { home, goal, data } = this.words
    const dialog = this.page.getByRole('dialog', { name: home.createTitle })
    await dialog.getByLabel(home.name).fill(name)
    await dialog.getByLabel(home.company).fill(company)
    await this.button(home.create, dialog).click()
    await this.title(goal.title)
    for (const [question, answer] of [
      [goal.asks.useCase.text, goal.asks.useCase.answers.reply],
      [goal.asks.tried.text, goal.asks.tried.answers.yes],
      [goal.asks.newFacts.text, goal.asks.newFacts.answers.no],
      [goal.asks.volume.text, goal.asks.volume.answers.some]
    ] as const)
      await this.page.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click()
    await this.page.getByRole('status').getByText(goal.advice.good.title).waitFor()
    await this.click(goal.next)
    await this.title(data.titleEmpty)
  }

  /** The browser's own chooser of files. */
  async pick(...files: readonly string[]): Promise<void> {
    const [picker] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.click(this.words.data.chooseFiles)
    ])
    await picker.setFiles(files as string[])
  }

  /** Through the window's own browser of folders: from the start folder into each name; the last is chosen. */
  async browse(opener: string, names: readonly string[]): Promise<void> {
    const { browser } = this.words.common
    await this.click(opener)
    const dialog = this.page.getByRole('dialog')
    for (const name of names)
      await dialog
        .getByRole('list')
        .getByRole('button', { name: new RegExp(`^${escaped(name)}`) })
        .click()
    const choose = dialog.getByRole('button', { name: browser.theseFiles(1), exact: true })
    await choose.or(this.button(browser.thisFolder, dialog)).click()
    await dialog.waitFor({ state: 'detached' })
  }

  /** Drops a file onto the page, as from the desktop. */
  async drop(name: string, bytes: Buffer): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([file, data]) => {
        const it = globalThis as unknown as {
          DataTransfer: new () => { items: { add(file: unknown): void } }
          File: new (parts: unknown[], name: string) => unknown
        }
        const made = new it.DataTransfer()
        made.items.add(new it.File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], file))
        return made
      },
      [name, bytes.toString('base64')] as const
    )
    await this.page
      .getByText(this.words.data.formats)
      .or(this.page.getByText(this.words.data.dropMore))
      .first()
      .dispatchEvent('drop', { dataTransfer: transfer })
  }

  /** One of the files of the data room says so. */
  async filesSay(text: string): Promise<void> {
    const files = this.page.getByRole('list', { name: this.words.data.files, exact: true })
    await files.getByText(text, { exact: true }).waitFor()
  }

  /** The part that a column plays. */
  async mapped(column: string, role: string): Promise<void> {
    const chosen = this.page.getByRole('combobox', { name: column }).locator('option:checked')
    assert.equal(await chosen.textContent(), role)
  }

  /** From the data room to the train room, with the model that is built in. */
  async onToTraining(): Promise<void> {
    await this.click(this.words.data.next)
    await this.title(this.words.model.title)
    await this.page.getByRole('radio', { name: this.words.model.builtIn }).check()
    await this.click(this.words.model.next)
    await this.title(this.words.train.title)
  }

  /** In the train room: the quick try, with a question to ask while it runs. */
  async startQuickTry(question: string): Promise<void> {
    const { train } = this.words
    const quick = this.page
      .getByRole('radiogroup', { name: train.presetsLabel })
      .getByRole('radio', { name: train.presets.quick.title })
    await quick.waitFor({ timeout: patience })
    await quick.check()
    await this.page.getByLabel(train.questionsTitle).fill(question)
    await this.click(train.start)
  }

  /** Live: the curve grows while we look, and the question is answered. */
  async watchTraining(question: string): Promise<void> {
    const { train } = this.words
    await this.title(train.live.learning.tone, patience)
    await this.page
      .getByRole('img', {
        name: new RegExp(`${escaped(figureWords('loss', this.language, null).training)}.*\\d`)
      })
      .waitFor({
        timeout: patience
      })
    const before = await this.stepsDone()
    await until(async () => (await this.stepsDone()) > before || null)
    await this.page.getByText(question).first().waitFor()
  }

  /** How far the training is, as its progress bar says. */
  async stepsDone(): Promise<number> {
    const bar = this.page.getByRole('main').getByRole('progressbar').first()
    return Number(await bar.getAttribute('aria-valuenow'))
  }

  /** A run that was cut off says up to which step it is saved. */
  async interruptedAt(): Promise<number> {
    const { train } = this.words
    await this.title(train.live.interrupted)
    const [before = '', after = ''] = train.interruptedText('|').split('|')
    const saved = this.page.getByText(after.trim())
    const nothingYet = this.page.getByText(train.interruptedEarly)
    await saved.or(nothingYet).waitFor()
    if (await nothingYet.isVisible()) return 0
    const text = (await saved.textContent()) ?? ''
    return Number(
      text
        .slice(text.indexOf(before) + before.length)
        .match(/^[\d,]+/)?.[0]
        .replace(',', '')
    )
  }

  async waitForEnd(): Promise<void> {
    await this.title(this.words.train.live.finished, patience)
  }

  /** All held-out questions are answered by both. */
  async compared(): Promise<void> {
    const { compare } = this.words
    // the first pair is there before the last one is
    await this.page.locator('p.question').waitFor({ timeout: patience })
    await this.page
      .getByRole('progressbar', { name: compare.answering })
      .waitFor({ state: 'detached', timeout: patience })
  }

  /** Compare: all answers side by side, better scores, and both answer in the chat. `evaluate`: what is done before that. */
  async compare(question: string, evaluate: () => Promise<void> = async () => undefined): Promise<void> {
    const { compare, common } = this.words
    await this.click(this.words.train.compare)
    await this.title(compareTitle(this.words))
    await this.compared()
    await this.page.getByText(compare.better).waitFor()
    const asked = await this.page
      .getByText(/^1 \/ \d+$/)
      .first()
      .textContent()
    assert(Number(asked?.split('/')[1]) > 1)
    await this.click(common.next)
    await this.page
      .getByText(/^2 \/ \d+$/)
      .first()
      .waitFor()
    await evaluate()
    await this.page.getByRole('tab', { name: compare.tabs.chat }).click()
    await this.page.getByLabel(compare.ask).fill(question)
    await this.click(compare.send)
    await this.button(compare.clear).waitFor({ timeout: patience })
    await this.button(compare.send).waitFor({ timeout: patience })
    await this.click(compare.next)
    await this.title(this.words.exporting.title)
  }

  /** Export: the whole model, then the adapter; each is done when its stamp is there. Answers the folders. */
  async takeHome(kinds: readonly ('merged' | 'peft')[]): Promise<string[]> {
    const { exporting } = this.words
    const folders: string[] = []
    for (const kind of kinds) {
      const card = this.page
        .getByRole('main')
        .locator('section')
        .filter({ has: this.page.getByRole('heading', { name: exporting.kinds[kind].title }) })
      await this.button(exporting.write, card).click()
      await card.getByRole('img', { name: exporting.stamp }).waitFor({ timeout: patience })
      await card.getByText(exporting.verified).waitFor()
      folders.push((await card.locator('.path .code').textContent()) ?? '')
    }
    return folders
  }
}

/** As a part of a regular expression that means itself. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
