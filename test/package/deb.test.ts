// The maker of debs in fpm's place: every argument counts or is refused, the control file is Debian's.
import { describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, a program of its own
import * as deb from '../../scripts/package/deb.mjs'

interface Asked {
  readonly depends: readonly string[]
  readonly files: readonly (readonly string[])[]
  readonly [field: string]: unknown
}
const { readArguments, controlOf } = deb as {
  readArguments(args: readonly string[]): Asked
  controlOf(asked: Asked, kilobytes: string): string
}

const given = [
  '-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0', '-d', 'libnss3', '--architecture', 'x86_64',
  '--name', 'neiro', '--version', '0.1.0', '--maintainer', 'Neiro contributors', '--url', 'https://neiro.invalid',
  '--description', '言葉づかい\n\nsecond line', '--package', '/out/neiro.deb', '--after-install', '/tmp/after',
  '/dist/linux-unpacked/=/opt/Neiro', '/i.png=/usr/share/icons/a.png'
] // prettier-ignore

describe('the maker of debs', () => {
  test('takes what electron-builder asks of fpm', () => {
    const asked = readArguments(given)
    expect(asked.depends).toEqual(['libgtk-3-0', 'libnss3'])
    expect(asked.files).toEqual([
      ['/dist/linux-unpacked/', '/opt/Neiro'],
      ['/i.png', '/usr/share/icons/a.png']
    ])
    expect(controlOf(asked, '1234')).toBe(
      [
        'Package: neiro',
        'Version: 0.1.0',
        'Section: default',
        'Priority: optional',
        'Architecture: amd64',
        'Installed-Size: 1234',
        'Maintainer: Neiro contributors',
        'Homepage: https://neiro.invalid',
        'Depends: libgtk-3-0, libnss3',
        'Description: 言葉づかい\n .\n second line\n'
      ].join('\n')
    )
  })

  test('refuses what it does not know, by name, and other kinds', () => {
    expect(() => readArguments([...given, '--sign', 'key'])).toThrow('--sign')
    expect(() => readArguments(['-t', 'rpm'])).toThrow('not rpm')
  })
})
