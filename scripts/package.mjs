// `npm run package -- --linux|--win|--mac`: what this machine can make of the installers (default: its own system's),
// from electron-builder.yml, into dist/; --updates=ADDRESS --updates-key=FILE: they look there for new versions. Says in a sentence what it cannot make, and ends with 1 then.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { addonFile, root, run, runTool, say } from './house.mjs'
import { writeIcon, writeMacIcon } from './package/icon.mjs'
import { licencesText } from './package/licences.mjs'
import { moduleFor } from './package/module.mjs'
import { electronDist, onPath, thisSystem } from './package/places.mjs'
import { glibcNeeded, layRunTime } from './package/system.mjs'
import { updatesOf } from './package/updates.mjs'
import { setup } from './setup.mjs'

const systems = ['linux', 'win', 'mac']
const words = process.argv.slice(2)
/** --NAME=VALUE */
const valueOf = (name) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''
const asked = words.filter((word) => !word.startsWith('--updates'))
const unknown = asked.filter((word) => !systems.some((system) => word === `--${system}`))
if (unknown.length) {
  console.error(
    `npm run package -- [--linux] [--win] [--mac] [--updates=ADDRESS --updates-key=FILE]: ${unknown.join(' ')} is none of these`
  )
  process.exit(2)
}
const wanted = asked.length ? asked.map((word) => word.slice(2)) : [thisSystem]

setup()
// there now, whatever was missing
const { parse } = await import('yaml')
mkdirSync(join(root, 'dist/build'), { recursive: true })
const picture = join(root, 'resources/icon.png')
writeIcon(picture, join(root, 'dist/build/icon.ico'))
// found by the ending of the files that they are for
writeIcon(picture, join(root, 'dist/build/neiro.ico'))
writeMacIcon(picture, join(root, 'dist/build/neiro.icns'))
writeFileSync(join(root, 'dist/build/THIRD-PARTY.txt'), licencesText(root))

const updates = updatesOf(valueOf('updates'), valueOf('updates-key'))
writeFileSync(join(root, 'dist/build/updates.json'), JSON.stringify(updates.said ?? {}, null, 2))

/** Builds `targets` of a system in a folder. Fuses can only be set in a real Electron. */
function build(system, targets, dist, folder = root, env = {}) {
  const stands = existsSync(join(dist, 'stand-in'))
  if (stands)
    say(
      'Electron の代わりのファイルで作ります。中身を確かめるためのもので、配るものではありません。',
      'Made with a stand-in for Electron: to look into, not to hand out.'
    )
  const config = { ...parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) }
  Object.assign(config, { electronDist: dist, publish: updates.publish })
  if (system === 'linux') {
    const addon = moduleFor('linux')
    takeModule(config, addon)
    const needed = glibcNeeded([addon, ...tokenizerFiles(folder)])
    // an older system refuses the deb by name; of an AppImage the app says it at its start
    if (needed) config.deb.depends = [...config.deb.depends, `libc6 (>= ${needed})`]
    say(`glibc ${needed} 以降が要ります。`, `It needs glibc ${needed} or newer.`)
    if (addon === addonFile)
      say(
        'より古いシステムでも動くものは、npm run build:elsewhere -- linux-x64 のあとに作れます。',
        'For older systems: npm run build:elsewhere -- linux-x64 first.'
      )
  }
  if (stands) {
    config.electronFuses = null
    config.win.signAndEditExecutable = false
  }
  const file = join(root, 'dist/build/config.json')
  writeFileSync(file, JSON.stringify(config, null, 2))
  return runTool('electron-builder', [`--${system}`, ...targets, '--publish', 'never', '--config', file], {
    cwd: folder,
    env: { ...process.env, ...env }
  })
}

/** The module from where it lies, in its place in the package; which one is said. */
function takeModule(config, addon) {
  say(`エンジン：${relative(root, addon)}`, `The engine: ${relative(root, addon)}`)
  if (addon === addonFile) return
  const place = relative(root, addonFile)
  const from = join(root, 'dist/build/engine')
  mkdirSync(from, { recursive: true })
  cpSync(addon, join(from, 'neiro.node'))
  config.files = [
    ...config.files.filter((name) => name !== place),
    { from, to: join(place, '..'), filter: ['neiro.node'] }
  ]
  config.asarUnpack = [...config.asarUnpack, 'dist/build/engine/neiro.node']
}

const tokenizerFiles = (folder) => {
  const packages = join(folder, 'node_modules/@anush008')
  return readdirSync(packages, { recursive: true })
    .filter((name) => name.endsWith('.node'))
    .map((name) => join(packages, name))
}

/** Where the tokenizer of Windows lies, Microsoft's run-time is laid beside it; without it a sentence says so. */
function withRunTime(folder) {
  const tokenizer = join(folder, 'node_modules/@anush008/tokenizers-win32-x64-msvc')
  const missing = existsSync(tokenizer) ? layRunTime(tokenizer) : []
  if (missing.length)
    say(
      `${missing.join('、')} がないので、入れずに作ります。ないPCでは、Neiro がその入れ方を言います。NEIRO_VCRUNTIME でフォルダーを示せます。`,
      `${missing.join(', ')}: not here, so they are left out, and Neiro says what to install on a PC without them. NEIRO_VCRUNTIME names a folder.`
    )
}

function noElectron(system) {
  return [
    {
      ja: `${system} 用の Electron のファイルがありません。npx install-electron で取るか、NEIRO_ELECTRON_DIST_${system.toUpperCase()} でフォルダーを示してください。`,
      en: `Electron's files for ${system} are not here: npx install-electron gets this system's, NEIRO_ELECTRON_DIST_${system.toUpperCase()} names a folder.`
    }
  ]
}
const broke = (what) => [{ ja: `${what} を作れませんでした。`, en: `${what} could not be made.` }]

function linux() {
  const dist = electronDist('linux')
  if (!dist) return noElectron('linux')
  if (!moduleFor('linux'))
    return [
      {
        ja: 'NEIRO_ADDON_LINUX の neiro.node がありません。',
        en: 'The neiro.node that NEIRO_ADDON_LINUX names is not there.'
      }
    ]
  const makesDebs = process.platform === 'linux' && onPath('dpkg-deb')
  const fpm = onPath('fpm')
    ? { USE_SYSTEM_FPM: 'true' }
    : { CUSTOM_FPM_PATH: join(root, 'scripts/package/deb.mjs') }
  if (build('linux', makesDebs ? ['dir', 'deb'] : ['dir'], dist, root, fpm)) return broke('Linux')
  if (!makesDebs) return [{ ja: 'deb を作るには dpkg-deb が要ります。', en: 'A deb needs dpkg-deb.' }]
  // its run-time is fetched, and an image around a stand-in is of no use
  if (existsSync(join(dist, 'stand-in'))) return []
  return build('linux', ['AppImage'], dist) ? broke('AppImage') : []
}

/** On another system from a copy with Windows' packages, and with an addon that was built for it. */
function win() {
  const dist = electronDist('win')
  if (!dist) return noElectron('win')
  if (process.platform === 'win32') {
    withRunTime(root)
    return build('win', [], dist) ? broke('Windows') : []
  }
  const addon = moduleFor('win')
  if (!addon)
    return [
      {
        ja: 'Windows 用の neiro.node がありません。npm run build:elsewhere -- win32-x64 で作るか、NEIRO_ADDON_WIN で示してください。',
        en: 'There is no neiro.node for Windows: npm run build:elsewhere -- win32-x64 builds one, NEIRO_ADDON_WIN names another.'
      }
    ]
  const copy = join(root, 'dist/win-source')
  rmSync(copy, { recursive: true, force: true })
  for (const part of ['out', 'resources', 'package.json', 'package-lock.json', 'LICENSE', 'scripts/package'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  mkdirSync(join(copy, 'addon/build/Release'), { recursive: true })
  cpSync(addon, join(copy, 'addon/build/Release/neiro.node'))
  const packages = [
    'ci',
    '--os=win32',
    '--cpu=x64',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund'
  ]
  if (run('npm', packages, { cwd: copy })) return broke("Windows' packages")
  withRunTime(copy)
  cpSync(join(root, 'dist/build'), join(copy, 'dist/build'), { recursive: true })
  if (build('win', ['dir'], dist, copy)) return broke('win-unpacked')
  if (!onPath('makensis'))
    return [{ ja: 'インストーラーを作るには makensis が要ります。', en: 'An installer needs makensis.' }]
  const script = join(root, 'scripts/package/installer.nsi')
  const define = (name, value) => `-D${name}=${value}`
  return run('makensis', [
    '-V2',
    define('SOURCE', join(copy, 'dist/win-unpacked')),
    define('ICON', join(root, 'dist/build/icon.ico')),
    define('OUT', join(root, 'dist/Neiro-Setup.exe')),
    script
  ])
    ? broke('Neiro-Setup.exe')
    : []
}

function mac() {
  if (process.platform !== 'darwin')
    return [
      {
        ja: 'macOS のアプリは macOS の上でしか作れません（署名と dmg のため）。.github/workflows/package.yml が作ります。',
        en: 'An app for macOS is made on macOS alone (signature, dmg): .github/workflows/package.yml does it.'
      }
    ]
  const dist = electronDist('mac')
  if (!dist) return noElectron('mac')
  return build('mac', [], dist) ? broke('macOS') : []
}

let failed = 0
for (const system of wanted) {
  const missing = { linux, win, mac }[system]()
  for (const { ja, en } of missing) say(ja, en)
  failed += missing.length
}
if (failed < wanted.length) say('dist/ を見てください。', 'See dist/.')
process.exitCode = failed ? 1 : 0
