// The starter before its first lesson: norms at one, everything else drawn from a normal distribution by seed.
// Writes model.safetensors in F32.
import { writeFileSync } from 'node:fs'
import { Chance } from './grammar/random'
import { tensorShapes, type Shape } from './shape'

/** Standard normal by Box and Muller, one of each pair. */
function normal(chance: Chance): number {
  const u = 1 - chance.next() // (0, 1]: its logarithm is finite
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * chance.next())
}

/** Layers that write into the residual stream start smaller, so that its size does not grow with depth. */
function deviation(name: string, layers: number): number {
  return /(o_proj|down_proj)/.test(name) ? 0.02 / Math.sqrt(2 * layers) : 0.02
}

export function writeFirstWeights(file: string, shape: Shape, seed: number): void {
  const chance = new Chance(seed)
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  const parts: Float32Array[] = []
  let at = 0
  for (const [name, size] of tensorShapes(shape)) {
    const values = new Float32Array(size.reduce((product, extent) => product * extent, 1))
    if (size.length === 1) values.fill(1)
    else {
      const scale = deviation(name, shape.layers)
      for (let i = 0; i < values.length; i++) values[i] = scale * normal(chance)
    }
    header[name] = { dtype: 'F32', shape: size, data_offsets: [at, at + values.byteLength] }
    at += values.byteLength
    parts.push(values)
  }
  const json = Buffer.from(JSON.stringify(header))
  const padding = Buffer.alloc((8 - (json.length % 8)) % 8, ' ')
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length + padding.length))
  const bytes = parts.map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))
  writeFileSync(file, Buffer.concat([length, json, padding, ...bytes]))
}
