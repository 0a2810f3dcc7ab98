// Memory is planned and taken once: steps and closed sessions leave nothing behind.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

function grown(kind: 'steps' | 'sessions'): number {
  const args = ['--expose-gc', '--import', 'tsx', resolve(import.meta.dirname, 'memory-probe.ts'), kind]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  try {
    return (JSON.parse(stdout) as { grown: number }).grown
  } catch {
    throw new Error(stderr || stdout)
  }
}

// A leak of one gradient buffer a step (20 KB here) would be 20 MB; what the runtime itself moves is less.
const allowed = 8e6

// minutes are for a machine that is busy with other things
test('a thousand steps grow by nothing', () => expect(grown('steps')).toBeLessThan(allowed), 300_000)
test(
  'thirty sessions opened and closed grow by nothing',
  () => expect(grown('sessions')).toBeLessThan(allowed),
  300_000
)
