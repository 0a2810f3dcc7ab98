// Windows' programs under Wine: a prefix of its own, in which Node takes the system for Windows 10 and a crash ends what crashed.
// Output goes to files: Node says "open EBADF" of a Unix pipe.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheDir, debian, zig } from './had'

const wine64 = '/usr/lib/wine/wine64'
const prefix = join(cacheDir, 'wine')
/** C: as it lies here */
export const drive = join(prefix, 'drive_c')

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
  LC_ALL: 'C.UTF-8',
  PATH: `/usr/lib/wine:${process.env['PATH'] ?? ''}`,
  ...more
})

/** Wine 8 lacks this library, which the tokenizer's module asks for random numbers. */
const randomNumbers = `#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
`

export function prepareWine(): void {
  debian({ [wine64]: 'wine64' })
  mkdirSync(cacheDir, { recursive: true })
  if (!existsSync(join(prefix, 'system.reg'))) {
    const say = (...words: string[]): void => void spawnSync(wine64, words, { env: env(), stdio: 'ignore' })
    say('wineboot', '-i')
    say('reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f')
    const debug = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug'
    say('reg', 'add', debug, '/v', 'Auto', '/d', '0', '/f')
  }
  const library = join(drive, 'windows/system32/bcryptprimitives.dll')
  if (existsSync(library)) return
  const compiler = zig()
  if (!compiler) throw new Error('zig could not be had')
  const source = join(mkdtempSync(join(tmpdir(), 'neiro-wine-')), 'random.c')
  writeFileSync(source, randomNumbers)
  const words = ['cc', '-target', 'x86_64-windows-gnu', '-shared', '-o', library, source, '-ladvapi32']
  const { status, stderr } = spawnSync(compiler, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Begun {
  readonly child: ChildProcess
  readonly ended: Promise<Ran>
}

/** program: as Linux has it. */
export function begin(program: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): Begun {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-wine-'))
  const [out, err] = [join(dir, 'out.txt'), join(dir, 'err.txt')]
  const [outFile, errFile] = [openSync(out, 'w'), openSync(err, 'w')]
  const child = spawn(wine64, [program, ...words], {
    env: env(more),
    stdio: ['ignore', outFile, errFile],
    detached: true
  })
  const ended = new Promise<Ran>((done) =>
    child.once('exit', (code) => {
      closeSync(outFile)
      closeSync(errFile)
      done({ code, out: readFileSync(out, 'utf8'), err: readFileSync(err, 'utf8') })
    })
  )
  return { child, ended }
}

/** All that runs in the prefix, at once: as a power cut does. (Its server alone would leave the others waiting for ever.) */
export function killAll(): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`WINEPREFIX=${prefix}\0`)) continue
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // gone meanwhile
    }
  }
}
