// The one source of chance that is drawn by a seed, and the one shuffle: the same on every machine. Not for
// secrets; the engine has its own.

/** 32-bit numbers from sfc32 (Chris Doty-Humphrey, PractRand), its state filled from the seeds. */
export function randomFrom(...seeds: readonly number[]): () => number {
  let a = 0
  let b = 0
  let c = 0
  let counter = 1
  const next = (): number => {
    const result = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + result) >>> 0
    return result
  }
  for (const seed of seeds) {
    a = (a ^ seed) >>> 0
    b = (b ^ Math.floor(seed / 2 ** 32)) >>> 0
    // twelve rounds spread each seed over the whole state, as the author advises
    for (let round = 0; round < 12; round++) next()
  }
  return next
}

/** The numbers 0..length-1 in random order (Fisher-Yates, without the bias of a plain remainder). */
export function shuffled(length: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index)
  for (let last = length - 1; last > 0; last--) {
    const other = below(last + 1, random)
    const kept = order[last] as number
    order[last] = order[other] as number
    order[other] = kept
  }
  return order
}

function below(limit: number, random: () => number): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  let value = random()
  while (value >= fair) value = random()
  return value % limit
}
