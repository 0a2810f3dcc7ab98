// Makes a fresh checkout ready: packages, native module, bundles. Each part is made only when it is missing
// or older than its sources, so calling this is cheap. No dependency: it runs before there are any.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addonFile, cliBundle, root, run, runNpm, runTool, say, stale } from './house.mjs'

export function ensurePackages() {
  const marker = join(root, 'node_modules/.package-lock.json')
  if (existsSync(marker) && !stale(marker, ['package-lock.json'])) return
  say('パッケージを入れています…', 'Installing packages…')
  // no package needs its script, and one that builds a part of its own would fetch from elsewhere
  if (runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
    quit(
      'パッケージを入れられませんでした。ネットワークを確かめて、もう一度実行してください。',
      'Packages could not be installed. Check the network and run this again.'
    )
}

export function ensureAddon({ tests = false } = {}) {
  const sources = ['addon', ...(tests ? ['test/addon'] : [])]
  const made = tests ? join(root, 'addon/build/.tests-built') : addonFile
  if (!stale(made, sources) && existsSync(addonFile)) return
  say('エンジンを組み立てています（初回は1〜2分）…', 'Building the engine (a minute or two the first time)…')
  if (run(process.execPath, ['scripts/build-addon.mjs', ...(tests ? ['--tests'] : [])]) !== 0)
    quit(
      'エンジンを組み立てられませんでした。CMake と C++20 のコンパイラー（g++ 12 など）が要ります。',
      'The engine could not be built. CMake and a C++20 compiler (g++ 12 or so) are needed.'
    )
}

export function ensureApp() {
  const sources = ['main', 'renderer', 'electron.vite.config.ts', 'package.json']
  // the three builds, in their order: one that broke off leaves the last one old
  const made = [cliBundle, join(root, 'out/preload/preload.cjs'), join(root, 'out/renderer/index.html')]
  if (!made.some((file) => stale(file, sources))) return
  say('アプリを組み立てています…', 'Building the app…')
  if (runTool('electron-vite', ['build', '--logLevel', 'warn']) !== 0)
    quit(
      'アプリを組み立てられませんでした。上の行に理由があります。',
      'The app could not be built. The lines above say why.'
    )
}

export function setup(options) {
  ensurePackages()
  ensureAddon(options)
  ensureApp()
}

function quit(ja, en) {
  say(ja, en)
  process.exit(1)
}
