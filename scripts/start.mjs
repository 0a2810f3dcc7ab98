// `npm start`: makes what is missing, then opens the window: Electron where it can be had and runs, else the same
// window in the browser, served on the loopback address; says which, and why. `--electron` asks for Electron again.
import {
  askAgain,
  askedBefore,
  electronBinary,
  fetchElectronOnce,
  runElectron,
  screenPresent
} from './electron.mjs'
import { say } from './house.mjs'
import { setup } from './setup.mjs'

setup()
const again = process.argv.indexOf('--electron')
if (again > 0) {
  process.argv.splice(again, 1)
  askAgain()
}

const why = await openWindow()
if (why) {
  say(why.ja, why.en)
  process.argv.splice(2, 0, 'serve', ...(screenPresent() ? ['--open'] : []))
  await import('./neiro.mjs')
}

/** Why the window is to be served instead; null when it was open and has ended. */
async function openWindow() {
  if (!screenPresent())
    return {
      ja: '画面がないので、ブラウザー用の窓を開きます。',
      en: 'There is no screen here, so the window is served for a browser.'
    }
  const before = askedBefore()
  if (!electronBinary()) await fetchElectronOnce()
  const binary = electronBinary()
  if (!binary)
    return {
      ja: `Electron がないので、同じ窓をブラウザーで開きます。${before ? `${before} に一度取りに行きました。` : ''}もう一度取りに行くには: npm start -- --electron`,
      en: `Electron is not here, so the same window opens in the browser.${before ? ` It was asked for once, on ${before}.` : ''} To ask for it again: npm start -- --electron`
    }
  const { code, failed } = await runElectron(binary)
  if (!failed) {
    process.exitCode = code
    return null
  }
  return {
    ja: `Electron の窓を開けなかったので、同じ窓をブラウザーで開きます（${failed.ja}）。`,
    en: `Electron could not open its window, so the same window opens in the browser (${failed.en}).`
  }
}
