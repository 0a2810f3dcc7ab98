// A native module that does not load for want of something in the system: said as what it is, never as a broken model.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { NeiroError } from '../../main/contract/errors'
import { nativeFault } from '../../main/files/native-fault'
import { loadAddon } from '../../main/trainer/load-addon'
import { ownFolder } from '../fixtures/own-folder'

const dlopen = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' })

describe('a native module that does not load', () => {
  test('on an older Linux: the newest version that is asked for, and the one that is here', () => {
    const here = { platform: 'linux', systemRoot: '', glibc: '2.28' } as const
    const said =
      "/lib/libc.so.6: version `GLIBC_2.9' not found, `GLIBC_2.35' not found (required by neiro.node)"
    expect(nativeFault(dlopen(said), here)?.toData()).toEqual({
      code: 'SYSTEM_TOO_OLD',
      details: { needed: '2.35', here: '2.28' }
    })
    expect(nativeFault(dlopen('invalid ELF header'), here)).toBeNull()
  })

  test('on a Windows without the run-time: which files are not there; with them it is another reason', () => {
    const systemRoot = ownFolder()
    mkdirSync(join(systemRoot, 'System32'))
    writeFileSync(join(systemRoot, 'System32/vcruntime140.dll'), '')
    const here = { platform: 'win32', systemRoot, glibc: '?' } as const
    const error = dlopen('指定されたモジュールが見つかりません。')
    expect(nativeFault(error, here)?.toData()).toEqual({
      code: 'RUN_TIME_MISSING',
      details: { files: 'vcruntime140_1.dll' }
    })
    writeFileSync(join(systemRoot, 'System32/vcruntime140_1.dll'), '')
    expect(nativeFault(error, here)).toBeNull()
    expect(nativeFault(new Error('Cannot find module'), { ...here, systemRoot: '/nowhere' })).toBeNull()
  })

  test('a file that is no module is a broken one', () => {
    const file = join(ownFolder(), 'neiro.node')
    writeFileSync(file, 'x')
    expect(() => loadAddon(file)).toThrow(expect.objectContaining({ code: 'ADDON_BROKEN' }) as NeiroError)
  })
})
