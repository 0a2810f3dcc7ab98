// 64-bit ARM, under QEMU: the engine's own tests and every golden case by the NEON kernels, in F32 and with products in BF16, and
// the module that zig builds for old systems loaded by Node. QEMU keeps the bits of IEEE arithmetic; of speed it says nothing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtGoldenAlone } from '../trainer/built'
import { builtFor, cacheDir, debian, nodeFor, output, packageFor, probeScript, root, run } from './had'
import { hold, type Steps } from './steps'

const libraries = '/usr/aarch64-linux-gnu'
/** with BFDOT, and without */
const processors = ['max', 'cortex-a72'] as const

/** as the product's own */
const tokenizersVersion = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
).dependencies['@anush008/tokenizers'] as string

const emulated = (processor: string, program: string, words: readonly string[], env = {}): string =>
  output('qemu-aarch64', ['-L', libraries, '-cpu', processor, program, ...words], { ...process.env, ...env })

export async function onArm(steps: Steps): Promise<void> {
  debian({
    '/usr/bin/qemu-aarch64': 'qemu-user',
    '/usr/bin/aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu'
  })
  const node = nodeFor('linux-arm64', '24.22.0', 'bin/node')
  const folder = buildTests()
  // (the kernels of a GPU have a command of their own)
  const programs = readdirSync(folder).filter((name) => /^test_(?!cuda)[a-z]+$/.test(name))
  hold(programs.includes('test_backend'), `only ${programs.join()} were built`)
  for (const program of programs)
    for (const processor of program === 'test_backend' ? processors : processors.slice(0, 1))
      await steps.step(`the engine's ${program}, ${processor}`, () => {
        const said = emulated(processor, join(folder, program), [])
        return `${said.split('\n').filter((line) => line.startsWith('ok ')).length} ok`
      })
  const golden = await builtGoldenAlone()
  const tokenizer = packageFor('@anush008/tokenizers-linux-arm64-gnu', tokenizersVersion, [
    '--os=linux',
    '--cpu=arm64',
    '--libc=glibc'
  ])
  for (const [compute, processor] of [
    ['f32', 'cortex-a72'],
    ['bf16', 'max']
  ] as const)
    await steps.step(`golden cases, ${compute}, ${processor}`, () => {
      const env = {
        NEIRO_ADDON: join(folder, 'neiro_test.node'),
        NEIRO_COMPUTE: compute,
        NODE_PATH: tokenizer
      }
      const said = emulated(processor, node, [golden], env)
      const last = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Record<'passed' | 'failed', number>
      hold(last.failed === 0 && last.passed > 60, said.slice(-3000))
      return `${last.passed} passed, by ${/backend ([^,\s]+)/.exec(said)?.[1] ?? '?'}`
    })
  const shipped = builtFor('linux-arm64')
  await steps.step('the module for old systems loads', () => {
    const said = emulated('cortex-a72', node, ['-e', probeScript(shipped)]).trim()
    hold(said === 'neon', said)
    return said
  })
}

function buildTests(): string {
  const folder = join(cacheDir, 'arm64')
  mkdirSync(folder, { recursive: true })
  const toolchain = join(folder, 'toolchain.cmake')
  writeFileSync(
    toolchain,
    [
      'set(CMAKE_SYSTEM_NAME Linux)',
      'set(CMAKE_SYSTEM_PROCESSOR aarch64)',
      'set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)'
    ].join('\n')
  )
  const words = ['-S', join(root, 'addon'), '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release']
  const status =
    run('cmake', [...words, '-DNEIRO_TESTS=ON', `-DCMAKE_TOOLCHAIN_FILE=${toolchain}`]) ||
    run('cmake', ['--build', folder, '--parallel', process.env['NEIRO_JOBS'] ?? '2'])
  if (status !== 0) throw new Error('the tests for 64-bit ARM could not be built')
  return folder
}
