// What is inside the packages of Linux: nothing missing, nothing of ours that is not the user's; Debian's own programs
// take the deb apart.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
// @ts-expect-error plain JavaScript, as the scripts are
import * as system from '../../scripts/package/system.mjs'
import { knownExtensions } from '../../main/services/reading/formats'
import { isSignedBy, type Manifest } from '../../main/services/updates/manifest'
import { ownFolder } from '../fixtures/own-folder'
import { cannotPack, packLinux, updatesAddress, type Packed } from '../fixtures/packed'

const { glibcNeeded } = system as { glibcNeeded(files: readonly string[]): string | null }
const root = resolve(import.meta.dirname, '../..')
const output = (program: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1e8 })
  expect(status, stderr).toBe(0)
  return stdout
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())

test('fuses, sandbox, and updates are what the security checklist wants', () => {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, never>
  expect(config['electronFuses']).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false
  })
  expect(config['publish']).toBeNull()
  expect(config['nsis']).toMatchObject({ perMachine: false, allowElevation: false })
  expect(config['mac']).toMatchObject({ hardenedRuntime: true })
})

test('a Mac lets every kind of file that is read as data fall on the icon, and opens none of them with it by itself', () => {
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
    mac: { fileAssociations: readonly { ext: readonly string[]; rank: string }[] }
  }
  const [data] = config.mac.fileAssociations
  expect(data?.ext.map((ending) => `.${ending}`).toSorted()).toEqual(knownExtensions.toSorted())
  expect(data?.rank).toBe('Alternate')
})

describe.skipIf(cannotPack !== null)('packages of Linux', () => {
  let packed: Packed
  beforeAll(() => {
    packed = packLinux()
  }, 600_000)

  test('the archive holds the app and what it needs, and nothing else', () => {
    const archive = join(packed.folder, 'resources/app.asar')
    const names = output(
      process.execPath,
      join(root, 'node_modules/@electron/asar/bin/asar.js'),
      'list',
      archive
    )
      .split('\n')
      .map((name) => name.replaceAll('\\', '/'))
    for (const needed of [
      '/package.json',
      '/LICENSE',
      '/out/main/index.js',
      '/out/main/trainer.js',
      '/out/main/workshop.js',
      '/out/main/keeper.js',
      '/out/main/fetcher.js',
      '/out/preload/preload.cjs',
      '/out/renderer/index.html',
      '/node_modules/zod/package.json'
    ])
      expect(names).toContain(needed)
    const strangers = names.filter((name) =>
      /^\/(test|scripts|renderer|main|docs|dist|addon\/engine)\/|\.(ts|map|rs|cpp|h)$|node_modules\/(electron|vite|vitest|svelte)\//.test(
        name
      )
    )
    expect(strangers).toEqual([])
  })

  test('they know where new versions come from, and what they are told of one is signed by its makers', () => {
    const resources = join(packed.folder, 'resources')
    const said = JSON.parse(readFileSync(join(resources, 'updates.json'), 'utf8')) as Record<string, string>
    expect(said['address']).toBe(updatesAddress)
    expect(said['key']).toContain('PUBLIC KEY')
    expect(parse(readFileSync(join(resources, 'app-update.yml'), 'utf8'))).toMatchObject({
      provider: 'generic',
      url: updatesAddress
    })
    const dir = ownFolder()
    cpSync(join(root, 'dist/latest-linux.yml'), join(dir, 'latest-linux.yml'))
    const key = join(dir, 'makers')
    const sign = (...words: string[]): string =>
      output(process.execPath, '--import', 'tsx', join(root, 'scripts/package/sign.ts'), ...words)
    sign('--new-key', key)
    expect(statSync(key).mode & 0o077).toBe(0)
    sign('--key', key, '--dir', dir)
    const manifest = parse(readFileSync(join(dir, 'latest-linux.yml'), 'utf8')) as Manifest
    expect(isSignedBy(manifest, readFileSync(`${key}.pub`, 'utf8'))).toBe(true)
    expect(isSignedBy(manifest, said['key'] ?? '')).toBe(false)
    const sha512 = createHash('sha512').update(readFileSync(packed.deb)).digest('base64')
    expect(manifest).toMatchObject({ version: '0.1.0', sha512 })
  })

  test('what other programs open lies beside the archive, for this system alone', () => {
    const beside = filesIn(join(packed.folder, 'resources/app.asar.unpacked'))
    expect(beside).toEqual(
      expect.arrayContaining([
        'addon/build/Release/neiro.node',
        'resources/catalogue.json',
        'resources/starter/model/model.safetensors',
        'resources/sample/support-desk.cp932.csv'
      ])
    )
    const natives = beside.filter((name) => name.endsWith('.node'))
    expect(natives).toHaveLength(2)
    for (const name of natives) {
      const head = readFileSync(join(packed.folder, 'resources/app.asar.unpacked', name)).subarray(0, 20)
      // ELF, 64 bits, of this processor
      expect(head.subarray(0, 5)).toEqual(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]))
      expect(head.readUInt16LE(18)).toBe(process.arch === 'arm64' ? 183 : 62)
    }
    expect(readFileSync(join(packed.folder, 'THIRD-PARTY.txt'), 'utf8')).toContain('saxes')
    expect(readdirSync(join(packed.folder, 'locales')).sort()).toEqual(['en-US.pak', 'ja.pak'])
  })

  test('its size without Electron and models is told and small', () => {
    const bytes = filesIn(join(packed.folder, 'resources'))
      .map((name) => statSync(join(packed.folder, 'resources', name)).size)
      .reduce((sum, size) => sum + size, 0)
    // the starter model is 8 MB of it; Electron 45 itself weighs about 200 MB
    expect(bytes).toBeLessThan(50e6)
  })

  test('the deb names what it needs, puts the window under its own name and leaves `neiro` to the command line', () => {
    const control = output('dpkg-deb', '-f', packed.deb)
    expect(control).toMatch(/^Package: neiro$/m)
    expect(control).toMatch(/^Depends: .*libnss3/m)
    // no older system than the one that any of its modules asks for
    const unpacked = join(packed.folder, 'resources/app.asar.unpacked')
    const natives = filesIn(unpacked).filter((name) => name.endsWith('.node'))
    const needed = glibcNeeded(natives.map((name) => join(unpacked, name)))
    expect(needed).toMatch(/^2\.\d\d$/)
    expect(control).toContain(`libc6 (>= ${needed})`)
    const files = output('dpkg-deb', '-c', packed.deb)
    for (const file of [
      './opt/Neiro/neiro-desktop',
      './opt/Neiro/resources/app.asar',
      './opt/Neiro/THIRD-PARTY.txt',
      './usr/share/applications/neiro-desktop.desktop',
      './usr/share/icons/hicolor/512x512/apps/neiro-desktop.png'
    ])
      expect(files).toContain(` ${file}\n`)
    expect(files).not.toContain('./usr/bin/neiro\n')
    // written by nobody but root
    expect(files.split('\n').filter((line) => /^.{5}w|^.{8}w/.test(line) && !line.startsWith('l'))).toEqual(
      []
    )
    const scripts = output('dpkg-deb', '-I', packed.deb, 'postinst')
    expect(scripts).toContain('neiro-desktop')
  })

  test('its desktop file takes files, and says in both languages what it is; its projects are a kind of file', () => {
    const apart = ownFolder()
    output('dpkg-deb', '-x', packed.deb, apart)
    const read = (file: string): string => readFileSync(join(apart, 'usr/share', file), 'utf8')
    const desktop = read('applications/neiro-desktop.desktop')
    expect(desktop).toMatch(/^Exec=\/opt\/Neiro\/neiro-desktop %F$/m)
    expect(desktop).toMatch(/^MimeType=(?=.*text\/csv;).*application\/x-neiro-project;$/m)
    expect(desktop).toMatch(/^Comment=Teach/m)
    expect(desktop).toMatch(/^Comment\[ja\]=会社/m)
    const kinds = read('mime/packages/neiro-desktop.xml')
    expect(kinds).toContain('<mime-type type="application/x-neiro-project">')
    expect(kinds).toContain('<glob pattern="*.neiro"/>')
    expect(kinds).toContain('プロジェクト')
  })
})
