// How a run is spread: the simplest way that fits, by figures that can be checked by hand.
import { expect, test } from 'vitest'
import { chooseSpread, shareOf, waysOf, type Load } from '../../../main/services/runners/folder/scale'

const gib = 2 ** 30
/** 70 B, an adapter of 0.2 B, 8 rows of 512 tokens, recomputing */
const large: Load = {
  ...{ parameters: 70e9, trained: 0.2e9, packed: false, tokens: 4096, hiddenSize: 8192, layers: 80 },
  recomputes: true
}

test('what each process holds, by hand', () => {
  const { weights, gradients, optimizer, activations } = shareOf(large, 'ddp', 8)
  expect(weights).toBe(70.2e9 * 2)
  expect(gradients).toBe(0.2e9 * 4)
  expect(optimizer).toBe(0.2e9 * 12)
  expect(activations).toBe(4096 * 8192 * 80 * 2)
  expect(shareOf(large, 'zero2', 8)).toMatchObject({
    weights,
    gradients: gradients / 8,
    optimizer: optimizer / 8
  })
  expect(shareOf(large, 'zero3', 8).weights).toBe(weights / 8)
})

test('whoever trains elsewhere is told what each way needs, for any number of processes', () => {
  for (const load of [large, { ...large, packed: true }]) {
    const { usable, ways } = waysOf(load)
    expect(ways.map(({ name }) => name)).toEqual(['ddp', 'zero2', load.packed ? 'fsdp' : 'zero3'])
    for (const { name, whole, divided } of ways)
      expect(whole + divided / 8).toBeCloseTo(shareOf(load, name, 8).total, 0)
    expect(usable).toBe(0.85)
  }
})

test('the simplest way that fits is taken, and why is said', () => {
  const way = (load: Load, processes: number, gpuBytes: number | null): string => {
    const { spread, reason } = chooseSpread(load, { processes, gpuBytes })
    return `${spread} ${reason}`
  }
  expect(way(large, 1, 80 * gib)).toBe('single one')
  expect(way(large, 2, null)).toBe('ddp no-gpu')
  expect(way(large, 8, 80 * gib)).toBe('zero3 weights-spread')
  expect(way(large, 8, 16 * gib)).toBe('zero3 does-not-fit')
  // packed it fits whole, and where it does not FSDP can spread it
  expect(way({ ...large, packed: true }, 8, 80 * gib)).toBe('ddp fits-whole')
  expect(way({ ...large, packed: true }, 8, 24 * gib)).toBe('fsdp weights-spread')
  // all of 7 B learns: its optimizer is what does not fit
  const all: Load = { ...large, parameters: 7e9, trained: 7e9, tokens: 512, hiddenSize: 4096, layers: 32 }
  expect(way(all, 8, 80 * gib)).toBe('zero2 optimizer-spread')
})
