// zig as a compiler for other systems: from PyPI (its package ziglang), into this user's cache, once. NEIRO_ZIG names one that
// is there already.
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { run, say } from '../house.mjs'

const version = '0.17.1'
/** for all that is had from elsewhere to build and try on other systems */
export const cacheDir = process.env.NEIRO_ELSEWHERE ?? join(homedir(), '.cache/neiro-elsewhere')

/** Its program; null: it could not be had, and that is said. */
export function zig() {
  const given = process.env.NEIRO_ZIG
  if (given) return given
  const venv = join(cacheDir, 'venv')
  const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const program = () => {
    const words = ['-c', 'import os, ziglang; print(os.path.join(os.path.dirname(ziglang.__file__), "zig"))']
    const { stdout } = spawnSync(python, words, { encoding: 'utf8' })
    const file = stdout?.trim() ?? ''
    return existsSync(file) ? file : null
  }
  if (existsSync(python) && program()) return program()
  say('zig を PyPI から入れています（1回だけ、約450 MB）…', 'Fetching zig from PyPI (once, about 450 MB)…')
  mkdirSync(cacheDir, { recursive: true })
  const had =
    run('python3', ['-m', 'venv', venv]) === 0 &&
    run(python, ['-m', 'pip', 'install', '--quiet', `ziglang==${version}`]) === 0
  const found = had ? program() : null
  if (!found)
    say(
      'zig を入れられませんでした。Python 3（venv）とネットワークを確かめてください。',
      'zig could not be had: check Python 3 (venv) and the network.'
    )
  return found
}
