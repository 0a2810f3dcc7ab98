// The machine in the rail: with a GPU its name and memory, without one not a word about it.
import { expect, test } from 'vitest'
import type { AppInfo } from '../../../main/contract/window/app'
import { machineLines } from '../../../renderer/lib/machine-lines'

const info = (gpu: object | null): AppInfo =>
  ({ machine: { processors: 8, memoryBytes: 16 * 2 ** 30, gpu, noGpu: null }, machineProblem: null }) as never

test('a GPU is told by its name and memory, where there is one', () => {
  const one = info({ name: 'NVIDIA GeForce RTX 4070', memoryBytes: 12 * 2 ** 30 })
  expect(machineLines(one, 'en').at(-1)).toMatch(/^GPU NVIDIA GeForce RTX 4070, 12/)
  expect(machineLines(one, 'ja').at(-1)).toContain('NVIDIA GeForce RTX 4070')
  expect(machineLines(info(null), 'en')).toHaveLength(2)
})

test('while it is not known, that is said', () => {
  expect(machineLines(null, 'en')).toHaveLength(1)
  expect(machineLines({ machine: null, machineProblem: 'broken' }, 'ja')).toEqual(['broken'])
})
