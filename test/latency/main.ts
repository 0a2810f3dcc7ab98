// `npm run latency`: how the window feels while a run trains. From start to usable window (median of ten), from
// key or click to the next picture in the page, and the longest time the app's own process was held up.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ja } from '../../main/words/window/ja'
import { openBrowser, visit } from '../e2e/browser'
import { furnish } from '../e2e/furnished'
import { japanesePairs } from '../e2e/office-files'
import { roomAt, startServed } from '../e2e/served'
import { Walk } from '../e2e/walk'
import { makeReady } from '../fixtures/ready'
import { inputLatency, type Latency } from './input'
import { HoldUps } from './hold-ups'
import { Stranger } from './stranger'

const starts = 10
const inputs = 200
/** examples of the large set */
const many = 50_000
/** before its address is there nobody waits for an answer: part of the start, and held to the start's limit */
const loading = 'the program loaded'
/** milliseconds: the longest start, input (median and 99th percentile) and hold-up that is good enough */
const limits = { start: 1500, input: 50, holdUp: 100 }

makeReady('addon', 'app')
const folder = mkdtempSync(join(tmpdir(), 'neiro-latency-'))
const browser = await openBrowser()
try {
  const furnished = await furnish(folder, 'ja')
  const large = join(folder, '応対履歴_全件.csv')
  writeLarge(large)
  const begun = await startTimes()
  console.log(`from start to usable window, median of ${starts}: ${row(begun)}`)

  const holdUps = new HoldUps(join(folder, 'hold-up.json'))
  const served = await startServed(folder, { node: holdUps.nodeArguments, env: holdUps.environment })
  holdUps.watch(served.pid)
  await holdUps.note(loading)
  const { page } = await visit(browser, served.url)
  const walk = new Walk(page, 'ja')
  const at = (hash: string): string => roomAt(served.url, hash)
  await walk.title(ja.home.back)
  await holdUps.note('first window')

  await page.goto(at(`#data?project=${furnished.own}`))
  await page.getByText(ja.data.learnt).waitFor()
  await page.getByRole('heading', { name: ja.data.lengthTitle }).waitFor()
  await holdUps.note('data room (preview, histogram)')
  await page.goto(at(`#train?project=${furnished.sample}&run=new`))
  await page.getByRole('radio', { name: ja.train.presets.quality.title }).check()
  // long enough for all the input below
  await page.getByRole('button', { name: ja.train.drawer }).click()
  const epochs = page.locator('#epochs')
  await epochs.fill('200')
  await epochs.blur()
  await holdUps.note('presets and plans')
  await walk.click(ja.train.start)
  await walk.title(ja.train.live.learning.tone, 180_000)
  await holdUps.note('preparing a run')

  const measured: [string, Latency][] = []
  const switches = page.getByRole('main').getByRole('switch')
  measured.push([
    'clicks on the live curves',
    await inputLatency(page, inputs, (index) => switches.nth(index % 2).click())
  ])
  await page.goto(at(`#data?project=${furnished.own}`))
  await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
  await page.getByRole('row').nth(1).waitFor()
  await page.getByLabel(ja.data.search).focus()
  measured.push(['typing a search over the rows', await typing(inputs)])
  await page.goto(at(`#compare?project=${furnished.sample}`))
  await page.getByRole('tab', { name: ja.compare.tabs.chat }).click()
  await page.getByLabel(ja.compare.ask).focus()
  measured.push(['typing a question', await typing(inputs)])
  await holdUps.note('training, with all that input')
  const stranger = await Stranger.come(served.url, folder)
  await page.goto(at(`#data?project=${furnished.own}`))
  await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
  await page.getByRole('row').nth(1).waitFor()
  await page.getByLabel(ja.data.search).focus()
  await holdUps.note('hostile files made')
  measured.push(['typing a search while hostile files come in', await typing(2 * inputs)])
  await page.goto(at(`#train?project=${furnished.sample}`))
  await walk.title(ja.train.live.learning.tone)
  measured.push([
    'clicks on the live curves while hostile files come in',
    await inputLatency(page, 2 * inputs, (index) => switches.nth(index % 2).click())
  ])
  const brought = await stranger.leave()
  await holdUps.note(`training, and ${brought} hostile files`)
  await page.goto(at(''))
  await walk.click(ja.home.newProject)
  await walk.newProject('全件', 'こもれび文具')
  await walk.pick(large)
  await walk.filesSay(ja.data.pairs(many.toLocaleString('ja')))
  await holdUps.note(`training, and a file of ${many} rows read`)
  await page.getByRole('heading', { name: ja.data.lengthTitle }).waitFor({ timeout: 120_000 })
  await holdUps.note('training, and its tokens counted')
  await page.getByRole('tab', { name: ja.data.tabs.rows }).click()
  await page.getByRole('row').nth(1).waitFor()
  await page.getByLabel(ja.data.search).focus()
  measured.push(['typing a search over 50,000 rows', await typing(inputs)])
  await holdUps.note('training, and searched')
  await page.getByRole('tab', { name: ja.data.tabs.files }).click()
  await walk.onToTraining()
  await page.getByRole('radio', { name: ja.train.presets.quick.title }).waitFor({ timeout: 120_000 })
  await holdUps.note('training, and presets for them')
  await page.getByRole('radio', { name: ja.train.presets.balanced.title }).check()
  await walk.click(ja.train.start)
  await walk.title(ja.train.live.waiting, 120_000)
  await holdUps.note('training, and a run of them prepared')
  await page.goto(at(`#train?project=${furnished.sample}`))
  await walk.title(ja.train.live.learning.tone)
  await walk.click(ja.common.pause)
  await page.getByRole('button', { name: ja.common.pause }).waitFor({ state: 'detached' })
  await holdUps.note('pausing')
  await page.goto(at(`#compare?project=${furnished.sample}&run=${furnished.run}`))
  await page.getByRole('tab', { name: ja.compare.tabs.chat }).click()
  await page.getByLabel(ja.compare.ask).fill('送料はいくらですか。')
  await walk.click(ja.compare.send)
  await page.getByRole('button', { name: ja.compare.send }).waitFor({ timeout: 120_000 })
  await holdUps.note('a chat')
  await page.goto(at(`#export?project=${furnished.sample}`))
  await walk.takeHome(['peft'])
  await holdUps.note('an export')

  console.log('\nwhile a run trains, from input to the next picture (ms): median, 99th percentile, longest')
  for (const [what, { median, p99, longest }] of measured)
    console.log(`${what}: ${row([median, p99, longest])}`)
  console.log('\nlongest hold-up of the app’s process (ms)')
  for (const { what, longest } of holdUps.noted) console.log(`${what}: ${longest.toFixed(1)}`)
  await served.stop()

  const slow = [
    ...((begun[0] ?? 0) > limits.start ? ['the start'] : []),
    ...measured.filter(([, { median, p99 }]) => Math.max(median, p99) > limits.input).map(([what]) => what),
    ...holdUps.noted
      .filter(({ what, longest }) => longest > limits.holdUp && what !== loading)
      .map(({ what }) => what)
  ]
  console.log(slow.length === 0 ? '\nall within the limits' : `\nover the limit: ${slow.join('; ')}`)
  process.exitCode = slow.length === 0 ? 0 : 1

  async function typing(count: number): Promise<Latency> {
    return inputLatency(page, count, (index) => page.keyboard.press(index % 12 === 11 ? 'Backspace' : 'k'))
  }
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages()))
    await page.screenshot({ path: resolve(import.meta.dirname, '../output/latency-failed.png') })
  throw error
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Median, fastest and slowest, in milliseconds. The browser is there already, as it is under Electron's own. */
async function startTimes(): Promise<number[]> {
  const times: number[] = []
  for (let start = 0; start < starts; start++) {
    const context = await browser.newContext({ locale: 'ja-JP' })
    const page = await context.newPage()
    const begun = performance.now()
    const served = await startServed(folder)
    await page.goto(served.url)
    await page.getByRole('button', { name: ja.home.newProject }).waitFor()
    times.push(performance.now() - begun)
    await context.close()
    await served.stop()
  }
  times.sort((a, b) => a - b)
  return [((times[4] ?? 0) + (times[5] ?? 0)) / 2, times[0] ?? 0, times.at(-1) ?? 0]
}

/** The sample's Japanese pairs over and over, each a little different. */
function writeLarge(file: string): void {
  const pairs = japanesePairs()
  const lines = Array.from({ length: many }, (_, i) => {
    const { question, answer } = pairs[i % pairs.length] ?? { question: '', answer: '' }
    return `"${question}（${i}件目）","${answer}"`
  })
  writeFileSync(file, `\uFEFF質問,回答\n${lines.join('\n')}\n`)
}

function row(values: readonly number[]): string {
  return values.map((value) => value.toFixed(value < 100 ? 1 : 0)).join('  ')
}
