// The installer of Windows, made here around a stand-in for Electron's program: what makensis was given is in it, it installs
// under Wine without a question, and its uninstaller leaves nothing but what is the user's.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRequire } from 'node:module'
import { addonPlace, builtFor, cacheDir, debian, output, root, zig } from './had'
import { hashOf } from './runs-there'
import { hold, type Steps } from './steps'
import { begin, drive, prepareWine } from './wine'

const unpacked = join(root, 'dist/win-source/dist/win-unpacked')
const setup = join(root, 'dist/Neiro-Setup.exe')
const module = join('resources/app.asar.unpacked', addonPlace)

export async function onInstaller(steps: Steps): Promise<void> {
  debian({ '/usr/bin/makensis': 'nsis', '/usr/bin/7z': 'p7zip-full' })
  prepareWine()
  // (one that is named is what is packed: scripts/package/module.mjs)
  const addon = process.env['NEIRO_ADDON_WIN'] ?? builtFor('win32-x64')
  const given = (): string[] => filesIn(unpacked)

  await steps.step('is made from electron-builder.yml and the script of makensis', () => {
    rmSync(setup, { force: true })
    const env = { ...process.env, NEIRO_ELECTRON_DIST_WIN: standIn(), LC_ALL: 'C.UTF-8' }
    const { status, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', '--win'], {
      cwd: root,
      encoding: 'utf8',
      env
    })
    hold(status === 0 && existsSync(setup), stderr.slice(-800))
    hold(hashOf(join(unpacked, module)) === hashOf(addon), 'another module than the one for Windows')
    const foreign = given().filter((name) => name.endsWith('.node') && !isWindows(join(unpacked, name)))
    hold(foreign.length === 0, `of another system: ${foreign.join()}`)
    return `${given().length} files, ${(statSync(setup).size / 1e6).toFixed(1)} MB`
  })
  await steps.step('holds what it was given', () => {
    const inside = output('7z', ['l', '-slt', '-ba', setup])
      .split('\n')
      .filter((line) => line.startsWith('Path = '))
      .map((line) => line.slice(7).trim())
    const missing = given().filter((name) => !inside.includes(name))
    hold(missing.length === 0, `not in it: ${missing.slice(0, 5).join()}`)
    // plugins of the installer's own pages, its uninstaller, and nothing else
    const more = inside.filter(
      (name) => !given().includes(name) && !/^(\$PLUGINSDIR|Uninstall\.exe)/.test(name)
    )
    hold(more.length === 0, `beside it: ${more.slice(0, 5).join()}`)
    return `${inside.length} names`
  })
  const installed = join(drive, 'users', userThere(), 'AppData/Local/Programs/Neiro')
  await steps.step('installs without a question', async () => {
    rmSync(installed, { recursive: true, force: true })
    const { code } = await begin(setup, ['/S']).ended
    hold(code === 0, `ended with ${code}`)
    const names = filesIn(installed)
    const apart = [
      ...given().filter((name) => !names.includes(name)),
      ...names.filter((name) => !given().includes(name) && name !== 'Uninstall.exe')
    ]
    hold(names.includes('Uninstall.exe') && apart.length === 0, `apart: ${apart.slice(0, 5).join()}`)
    const changed = given().filter((name) => hashOf(join(installed, name)) !== hashOf(join(unpacked, name)))
    hold(changed.length === 0, `changed: ${changed.slice(0, 5).join()}`)
    const { code: ran, out } = await begin(join(installed, 'Neiro.exe'), ['x']).ended
    hold(ran === 0 && out.includes('stand-in'), `the program there ended with ${ran}: ${out}`)
    return `${names.length} files, the same bytes; its program runs`
  })
  await steps.step('is taken away again, and the data stays', async () => {
    const data = join(drive, 'users', userThere(), 'AppData/Roaming/Neiro')
    mkdirSync(data, { recursive: true })
    writeFileSync(join(data, 'mine'), '')
    hold(existsSync(join(installed, 'Uninstall.exe')), 'nothing is installed')
    await begin(join(installed, 'Uninstall.exe'), ['/S']).ended
    // it works from a copy of itself, behind the call
    for (const late = Date.now() + 30_000; existsSync(installed) && Date.now() < late;) await sleep(200)
    hold(!existsSync(installed), `still there: ${filesIn(installed).slice(0, 5).join()}`)
    hold(existsSync(join(data, 'mine')), 'the data is gone')
    return 'nothing left of the program'
  })
}

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : []

const isWindows = (file: string): boolean => output('head', ['-c', '2', file]) === 'MZ'

/** Whom Wine has made the user of its prefix. */
const userThere = (): string => readdirSync(join(drive, 'users')).find((name) => name !== 'Public') ?? 'root'

/** Of what electron-builder itself reads and writes programs with; its own types bring others for the whole of the browser. */
interface ResEdit {
  readonly NtExecutable: { from(bytes: Uint8Array): { generate(): ArrayBuffer } }
  readonly NtExecutableResource: {
    from(exe: object): { readonly entries: unknown[]; outputResource(exe: object): void }
  }
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        setStringValues(language: object, values: Readonly<Record<string, string>>): void
        outputToResourceEntries(entries: unknown[]): void
      }
    }
  }
}

/** electron-builder reads who a program is, and refuses one that does not say. */
function sayVersion(file: string): void {
  const { NtExecutable, NtExecutableResource, Resource } = createRequire(import.meta.url)(
    'resedit'
  ) as ResEdit
  const exe = NtExecutable.from(readFileSync(file))
  const resources = NtExecutableResource.from(exe)
  const info = Resource.VersionInfo.createEmpty()
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'stand-in' })
  info.outputToResourceEntries(resources.entries)
  resources.outputResource(exe)
  writeFileSync(file, Buffer.from(exe.generate()))
}

/** Files of the shape of Electron's, with a program of Windows that says what it is. */
function standIn(): string {
  const folder = join(cacheDir, 'electron-win')
  rmSync(folder, { recursive: true, force: true })
  for (const part of ['locales', 'resources']) mkdirSync(join(folder, part), { recursive: true })
  const source = join(cacheDir, 'stand-in.c')
  writeFileSync(source, '#include <stdio.h>\nint main(void) { puts("stand-in"); return 0; }\n')
  output(zig() ?? '', [
    'cc',
    '-target',
    'x86_64-windows-gnu',
    '-s',
    '-o',
    join(folder, 'electron.exe'),
    source
  ])
  rmSync(join(folder, 'electron.pdb'), { force: true })
  sayVersion(join(folder, 'electron.exe'))
  for (const locale of ['ja', 'en-US']) writeFileSync(join(folder, 'locales', `${locale}.pak`), locale)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'Electron')
  writeFileSync(join(folder, 'version'), '45.4.1')
  writeFileSync(join(folder, 'stand-in'), '')
  return folder
}
