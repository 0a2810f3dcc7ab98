// The module again, from a copy of its sources in another folder with empty caches: the same bytes come out. So whoever doubts
// a package can build its module and compare.
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript
import { targets } from '../../scripts/elsewhere/targets.mjs'
// @ts-expect-error plain JavaScript
import { writeToolchain } from '../../scripts/elsewhere/toolchain.mjs'
import { builtFor, cacheDir, output, root, zig } from './had'
import { hashOf } from './runs-there'
import { hold, type Steps } from './steps'

/** what is handed out from here */
const handedOut = ['linux-x64', 'win32-x64'] as const

export async function onReproducible(steps: Steps): Promise<void> {
  for (const target of handedOut)
    await steps.step(`${target} from another folder`, () => {
      const first = hashOf(builtFor(target))
      const second = hashOf(builtApart(target))
      hold(first === second, `${first} and ${second}`)
      return first
    })
}

/** Longer than the checkout's path, with a blank and another script in it. */
function builtApart(target: string): string {
  const place = join(cacheDir, 'reproducible', 'another place 二つ目')
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  cpSync(join(root, 'package.json'), join(place, 'package.json'))
  cpSync(join(root, 'addon'), join(place, 'addon'), {
    recursive: true,
    filter: (path) => !/\/addon\/(build|gpu-)[^/]*$/.test(path)
  })
  for (const name of ['node-api-headers', 'node-addon-api'])
    cpSync(join(root, 'node_modules', name), join(place, 'node_modules', name), { recursive: true })
  const folder = join(place, 'addon/build-elsewhere', target)
  const toolchain = (writeToolchain as (folder: string, zig: string, target: object) => string)(
    join(folder, 'zig'),
    zig() ?? '',
    (targets as Record<string, object>)[target] ?? {}
  )
  const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: join(place, 'cache') }
  const words = ['-S', join(place, 'addon'), '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release']
  output('cmake', [...words, '-DNEIRO_TESTS=OFF', `-DCMAKE_TOOLCHAIN_FILE=${toolchain}`], env)
  output(
    'cmake',
    ['--build', folder, '--parallel', process.env['NEIRO_JOBS'] ?? '2', '--target', 'neiro'],
    env
  )
  return join(folder, 'neiro.node')
}
