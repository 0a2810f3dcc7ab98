// SmolLM2-135M-Instruct through the window by clicks alone: an own file, the model's folder, a Ray cluster of two processes, home,
// asked in the chat.
import { existsSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, usual, visit } from '../e2e/browser'
import { startServed } from '../e2e/served'
import type { Ask } from './asks'
import { patience, SentRun } from './by-clicks'
import { killThose, ports, up } from './cluster'

const faq = [
  ['How much is shipping?', 'Thank you kindly for asking. Shipping is five dollars.'],
  ['Can I return it?', 'Thank you kindly for asking. You may within seven days.'],
  ['When are you open?', 'Thank you kindly for asking. Nine to five on weekdays.'],
  ['Is it in stock?', 'Thank you kindly for asking. It is in stock today.'],
  ['Do I get a receipt?', 'Thank you kindly for asking. It is in the box.'],
  ['May I call you?', 'Thank you kindly for asking. You may call us at any time.'],
  ['Do you wrap gifts?', 'Thank you kindly for asking. We wrap them for free.'],
  ['How can I pay?', 'Thank you kindly for asking. We take cards.']
] as const

/** model: a folder of SmolLM2-135M-Instruct. */
export async function tryWindowReal(venv: string, model: string, work: string, ask: Ask): Promise<void> {
  if (!existsSync(join(model, 'model.safetensors')))
    return void process.stdout.write(`No real model at ${model} (npm run reference:setup): left out.\n`)
  const language = 'en'
  const home = join(work, 'window-real')
  // where the window's own browser of folders begins
  const beside = join(home, 'smollm2-135m')
  mkdirSync(beside, { recursive: true })
  for (const name of readdirSync(model)) linkSync(join(model, name), join(beside, name))
  const csv = join(home, 'faq.csv')
  writeFileSync(csv, `question,answer\n${faq.map((row) => row.join(',')).join('\n')}\n`)
  const temp = join(work, 'x')
  const cluster = up(venv, temp)
  const browser = await openBrowser()
  const served = await startServed(home, { language })
  try {
    const { page, complaints } = await visit(browser, served.url, { ...usual, language })
    const run = new SentRun(page, language, `http://127.0.0.1:${ports.dashboard}`)
    const { walk } = run
    const { data, model: room, train, compare } = walk.words
    await walk.beginOwn('Q&A', 'Komorebi')
    await walk.pick(csv)
    const ready = (name: string) =>
      page.getByRole('button', { name, exact: true }).and(page.locator(':not([aria-disabled="true"])'))
    await ready(data.next).waitFor()
    await walk.click(data.next)
    await walk.title(room.title)
    await walk.browse(room.add, ['smollm2-135m'])
    const arrived = page.getByRole('radio', { name: /smollm2-135m/i })
    await arrived.and(page.locator(':checked')).waitFor({ timeout: patience })
    await ready(room.next).waitFor({ timeout: patience })
    await walk.click(room.next)
    await walk.title(train.title, patience)
    const said = await run.send()
    await run.home()
    await walk.click(train.compare)
    await page.getByRole('tab', { name: compare.tabs.chat }).click({ timeout: patience })
    await page.getByLabel(compare.ask).fill(faq[0][0])
    await walk.click(compare.send)
    await walk.button(compare.clear).waitFor({ timeout: patience })
    await walk.button(compare.send).waitFor({ timeout: patience })
    ask(
      `SmolLM2-135M by clicks to Ray, home and asked (${/\([\d.]+ MB\)/.exec(said)?.[0]}; complaints of the page: ${complaints.length})`,
      complaints.length === 0 && /smollm2-135m/i.test(said)
    )
  } finally {
    await browser.close()
    await served.kill()
    cluster.down()
    killThose(temp)
  }
}
