// The engine's own C++ tests inside `npm test`: each case of each layer's program is one test here, each
// program runs once. Built by `node scripts/build-addon.mjs --tests`.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const places = process.env['NEIRO_ADDON_TESTS']
  ? [process.env['NEIRO_ADDON_TESTS']]
  : ['addon/build', 'addon/build/Release', 'addon/build/tests'].map((place) => join(root, place))

/** Layers that have tests, as CMakeLists.txt finds them. */
const layers = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) => readdirSync(join(import.meta.dirname, name)).some((file) => file.endsWith('.cpp')))
  // the emulator of GPUs stands on signals and closed pages of POSIX
  .filter((name) => name !== 'cuda' || process.platform !== 'win32')

function programOf(layer: string): string | undefined {
  const name = process.platform === 'win32' ? `test_${layer}.exe` : `test_${layer}`
  return places.map((place) => join(place, name)).find((file) => existsSync(file))
}

/** Layers that work on whatever device is opened: once more on the one whose memory the host cannot reach. */
const onAnyDevice = ['model', 'adapters', 'objectives', 'export', 'train', 'session']
const runs = layers.flatMap((layer) => [
  { layer, device: '' },
  ...(onAnyDevice.includes(layer) ? [{ layer, device: 'simulated' }] : [])
])

/** The line of each case: "ok NAME" or "not ok NAME: why". A case without a line did not end. */
function runAll(program: string, device: string): Promise<Map<string, string>> {
  return new Promise((done, fail) => {
    const child = spawn(program, [], { cwd: root, env: { ...process.env, NEIRO_DEVICE: device } })
    let output = ''
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (output += data.toString()))
    child.on('error', fail)
    child.on('close', () => {
      const lines = output.split('\n')
      done(new Map(lines.map((line) => [/^(?:not )?ok (\w+)/.exec(line)?.[1] ?? '', line])))
    })
  })
}

test('the engine has tests', () => expect(layers.length).toBeGreaterThan(0))

for (const { layer, device } of runs) {
  const program = programOf(layer)
  describe(`engine/${layer}${device && ` on the ${device} device`}`, () => {
    if (!program) {
      test('is built', () => expect.fail(`test_${layer} is missing: node scripts/build-addon.mjs --tests`))
      return
    }
    const listed = spawnSync(program, ['--list'], { cwd: root, encoding: 'utf8' })
    const names = listed.stdout.split('\n').filter(Boolean)
    let lines = new Map<string, string>()
    beforeAll(async () => {
      lines = await runAll(program, device)
    }, 600_000)

    test('has cases', () => expect(names.length, listed.stderr).toBeGreaterThan(0))
    for (const name of names)
      test(name, () => expect(lines.get(name) ?? `${name}: the program ended before it`).toBe(`ok ${name}`))
  })
}
