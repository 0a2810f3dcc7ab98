// What other systems are tried with: Debian's packages, Nodes from npm, modules that zig has built. Had once, and kept beside
// zig in the user's cache.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript, which runs before there are any types
import * as house from '../../scripts/house.mjs'
// @ts-expect-error likewise
import { builtFor as builtForIt } from '../../scripts/elsewhere/targets.mjs'
// @ts-expect-error likewise
import { cacheDir as dirOfCache, zig as programOfZig } from '../../scripts/elsewhere/zig.mjs'

export const { root, run, runNpm } = house as {
  root: string
  run(program: string, args: readonly string[], options?: object): number
  runNpm(args: readonly string[]): number
}
export const cacheDir = dirOfCache as string
export const zig = programOfZig as () => string | null

/** Debian's packages, where a program of theirs is missing. */
export function debian(programs: Readonly<Record<string, string>>): void {
  const missing = Object.entries(programs).filter(([file]) => !existsSync(file))
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(([, name]) => name))]
  const words = ['install', '-y', '--no-install-recommends', ...packages]
  if (run('apt-get', words) !== 0)
    throw new Error(`apt-get install ${packages.join(' ')} is needed (as root)`)
}

/** A Node for another system. Answers its program. */
export function nodeFor(system: 'win-x64' | 'linux-arm64', version: string, program: string): string {
  const folder = join(cacheDir, `node-${system}-${version}`)
  const file = join(folder, `node_modules/node-${system}`, program)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const words = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  const platform = system === 'win-x64' ? ['--os=win32', '--cpu=x64'] : ['--os=linux', '--cpu=arm64']
  if (runNpm([...words, ...platform, '--force', `node-${system}@${version}`]) !== 0 || !existsSync(file))
    throw new Error(`node-${system}@${version} could not be had from npm`)
  return file
}

/** A package's part for another system, where what asks for it finds it by NODE_PATH: that folder. */
export function packageFor(name: string, version: string, words: readonly string[]): string {
  const folder = join(cacheDir, `${name.replaceAll('/', '-')}-${version}`)
  const modules = join(folder, 'node_modules')
  if (existsSync(join(modules, name))) return modules
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const install = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  if (runNpm([...install, ...words, '--force', `${name}@${version}`]) !== 0)
    throw new Error(`${name}@${version} could not be had from npm`)
  return modules
}

/** The native module of another system, built anew where it is older than its sources. */
export function builtFor(target: string): string {
  const file = join(root, (builtForIt as (target: string) => string)(target))
  const { stale } = house as { stale(made: string, sources: readonly string[]): boolean }
  if (stale(file, ['addon']) && run(process.execPath, ['scripts/build-elsewhere.mjs', target]) !== 0)
    throw new Error(`${target} could not be built`)
  return file
}

export function output(
  program: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = process.env
): string {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', env, maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${(stderr || stdout).slice(-800)}`)
  return stdout
}

/** Where a checkout and a package have the module. */
export const addonPlace = 'addon/build/Release/neiro.node'

/** A script that says which kernels a module chooses where it is run. */
export const probeScript = (addon: string): string =>
  `require(${JSON.stringify(addon)}).probe().then((p) => console.log(p.backend))`
