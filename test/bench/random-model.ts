// Writes a Hugging Face folder of a real shape with random BF16 weights, streaming: a gigabyte in seconds,
// a few megabytes of memory. The same bytes every time.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { headerBytes } from '../fixtures/safetensors'
import { configOf, tensorsOf, type Shape } from './shapes'

/** values made and written at a time */
const chunk = 1 << 20
const deviation = 0.02

/** 65,536 values of a normal distribution as BF16, one per equal share of it. */
function normalTable(): Uint16Array {
  const values = Float32Array.from({ length: 65_536 }, (_, i) => deviation * quantile((i + 0.5) / 65_536))
  return Uint16Array.from(new Uint32Array(values.buffer), (word) => word >>> 16)
}

/** Inverse of the normal distribution function: bisection on a series is exact enough for noise. */
function quantile(p: number): number {
  let low = -6
  let high = 6
  for (let i = 0; i < 40; ++i) {
    const middle = (low + high) / 2
    if (distribution(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Abramowitz & Stegun 26.2.17, error below 1e-7. */
function distribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
  return x < 0 ? tail : 1 - tail
}

/** The folder of this shape below `cache`; written when it is not there yet. */
export function randomModel(shape: Shape, cache: string): string {
  const dir = join(cache, `random-${shape.name}`)
  const file = join(dir, 'model.safetensors')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'config.json'), JSON.stringify(configOf(shape), null, 2))
  if (existsSync(file)) return dir
  const tensors = tensorsOf(shape)
  const unfinished = `${file}.unfinished`
  const out = openSync(unfinished, 'w')
  writeSync(out, headerBytes(tensors.map(([name, size]) => [name, { dtype: 'BF16', shape: size }] as const)))
  const table = normalTable()
  const random = noise(0x9e3779b9)
  for (const [name, size] of tensors) {
    const count = size.reduce((product, n) => product * n, 1)
    for (let done = 0; done < count; done += chunk) {
      const values = new Uint16Array(Math.min(chunk, count - done))
      if (name.includes('norm'))
        values.fill(0x3f80) // 1.0
      else random(values, table)
      writeSync(out, values)
    }
  }
  closeSync(out)
  renameSync(unfinished, file)
  return dir
}

/** Fills with entries of the table; xorshift (Marsaglia 2003), two values a draw. */
function noise(seed: number): (values: Uint16Array, table: Uint16Array) => void {
  let state = seed
  return (values, table) => {
    let s = state
    for (let i = 0; i < values.length; i += 2) {
      s ^= s << 13
      s ^= s >>> 17
      s ^= s << 5
      values[i] = table[s & 0xffff] as number
      if (i + 1 < values.length) values[i + 1] = table[s >>> 16] as number
    }
    state = s
  }
}
