// The signature line: inside its box, plain where there is no tone, the same on both sides of a joint.
import { expect, test } from 'vitest'
import { smoothstep, wavePath, type WaveShape } from '../../../renderer/lib/wave'

const shape: WaveShape = { width: 400, height: 100, periods: 12, tone: () => 1, from: 0, to: 1 }
const points = (path: string): { x: number; y: number }[] =>
  [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map((match) => ({
    x: Number(match[1]),
    y: Number(match[2])
  }))

test.each([0, 1, 2] as const)('voice %d stays in its box and goes from left to right', (voice) => {
  const line = points(wavePath(voice, shape))
  expect(line.length).toBeGreaterThan(100)
  for (const { y } of line) {
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThanOrEqual(100)
  }
  expect(line.map(({ x }) => x)).toEqual([...line.map(({ x }) => x)].sort((a, b) => a - b))
})

test('without tone all three voices are one plain line', () => {
  const plain = { ...shape, tone: () => 0 }
  expect(wavePath(1, plain)).toBe(wavePath(0, plain))
  expect(wavePath(2, plain)).toBe(wavePath(0, plain))
})

test('the part that is done ends where the part ahead begins', () => {
  const done = points(wavePath(0, { ...shape, tone: () => 0, to: 0.4 })).at(-1)
  const ahead = points(wavePath(0, { ...shape, tone: () => 0, from: 0.4 }))[0]
  expect(done).toEqual(ahead)
})

test('the tone rises once, from none to all', () => {
  expect([smoothstep(0.25, 0.75, 0), smoothstep(0.25, 0.75, 0.5), smoothstep(0.25, 0.75, 1)]).toEqual([
    0, 0.5, 1
  ])
})
