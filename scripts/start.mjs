// `npm start`: makes what is missing, then opens the window: Electron where it can be had, else the same window
// in the browser, served on the loopback address; says which, and why.
import { spawn } from 'node:child_process'
import { electronBinary, fetchElectronOnce, screenPresent } from './electron.mjs'
import { root, say } from './house.mjs'
import { setup } from './setup.mjs'

setup()
if (screenPresent() && !electronBinary()) await fetchElectronOnce()
const electron = screenPresent() ? electronBinary() : null
if (electron) {
  const child = spawn(electron, [root], { stdio: 'inherit' })
  child.on('exit', (code) => process.exit(code ?? 1))
} else {
  if (!screenPresent())
    say(
      '画面がないので、ブラウザー用の窓を開きます。',
      'There is no screen here, so the window is served for a browser.'
    )
  else
    say(
      'Electron がないので、同じ窓をブラウザーで開きます。',
      'Electron is not here, so the same window opens in the browser.'
    )
  process.argv.splice(2, 0, 'serve', ...(screenPresent() ? ['--open'] : []))
  await import('./neiro.mjs')
}
