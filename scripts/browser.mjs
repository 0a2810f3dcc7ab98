// The browser for tests: finds Chromium and a Japanese font, and asks Debian's package manager for them once
// where they are missing and it may. The product needs neither: Electron brings its own.
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { say } from './house.mjs'

const packages = ['chromium', 'fonts-ipaexfont-gothic', 'fonts-ipaexfont-mincho']
const patience = 300_000

/** Safe in a container, quiet on the network: nothing but what a test asks for is fetched. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** Path of the executable, or null. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => [
    `/usr/bin/${name}`,
    ...folders.map((folder) => join(folder, name))
  ])
  const elsewhere = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe')
  ]
  return [process.env.CHROMIUM, ...found, ...elsewhere].find((file) => file && existsSync(file)) ?? null
}

/** Without one every kana of a screenshot is a box, and no measure of the page is right. */
export function japaneseFontPresent() {
  if (process.platform !== 'linux') return true
  const listed = spawnSync('fc-list', [':lang=ja', 'file'], { encoding: 'utf8' })
  if (!listed.error) return listed.stdout.trim() !== ''
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.local/share/fonts')]
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((name) => /ipa|cjk|noto.*jp|takao|vl-?gothic/i.test(name))
  )
}

/** Chromium and a font, installed where that is possible; null when there is no browser to be had. */
export function ensureBrowser() {
  if (!findChromium() || !japaneseFontPresent()) installFromDebian()
  const found = findChromium()
  if (!found)
    say(
      'Chromium が見つからないため、ウィンドウの試験は省きます（Debian では apt-get install chromium）。',
      'Chromium is not here, so the tests of the window are skipped (on Debian: apt-get install chromium).'
    )
  return found
}

function installFromDebian() {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return
  say('試験用のブラウザーを入れています…', 'Installing the browser for the tests…')
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', ...args], {
      stdio: 'ignore',
      timeout: patience,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    }).status
  if (apt('update') === 0) apt('install', '-y', '--no-install-recommends', ...packages)
}
