// `npm run build:elsewhere -- TARGET…`: the native module for another system, by zig (elsewhere/zig.mjs gets it), into
// addon/build-elsewhere/TARGET. linux-x64 among them: built so, it loads on systems that are years older than this one.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { builtFor, targets } from './elsewhere/targets.mjs'
import { writeToolchain } from './elsewhere/toolchain.mjs'
import { zig } from './elsewhere/zig.mjs'
import { root, run, say } from './house.mjs'
import { ensurePackages } from './setup.mjs'

const asked = process.argv.slice(2)
if (asked.length === 0 || asked.some((name) => !Object.hasOwn(targets, name))) {
  console.error(`npm run build:elsewhere -- ${Object.keys(targets).join(' | ')}`)
  process.exit(2)
}
ensurePackages()
const compiler = zig()
if (!compiler) process.exit(3)

/** Status of the program that failed; 0: it lies there. */
function build(name) {
  const made = join(root, builtFor(name))
  const folder = join(made, '..')
  rmSync(made, { force: true })
  const toolchain = writeToolchain(join(folder, 'zig'), compiler, targets[name])
  const configure = [
    ...['-S', join(root, 'addon'), '-B', folder, '-DCMAKE_BUILD_TYPE=Release', '-DNEIRO_TESTS=OFF'],
    ...['-G', 'Ninja', `-DCMAKE_TOOLCHAIN_FILE=${toolchain}`]
  ]
  const status =
    run('cmake', configure) ||
    run('cmake', ['--build', folder, '--parallel', process.env.NEIRO_JOBS ?? '2', '--target', 'neiro'])
  if (status === 0 && existsSync(made))
    say(`${name}：${builtFor(name)} を作りました。`, `${name}: ${builtFor(name)} is built.`)
  return existsSync(made) ? status : status || 1
}

process.exitCode = asked.reduce((status, name) => build(name) || status, 0)
