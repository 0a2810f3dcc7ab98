// The starter as it is shipped: small, whole, in BF16, honest in its card, and able to answer what it was not
// taught word by word. The engine's own files are read here with nothing but Node.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addonFile } from '../fixtures/places'
import { readModel } from '../../main/services/models/read-model'
import { examine } from '../../scripts/starter/examine'
import { writeFirstWeights } from '../../scripts/starter/first-weights'
import { shape, tensorShapes } from '../../scripts/starter/shape'

const modelDir = join(import.meta.dirname, '../../resources/starter/model')
const hasEngine = existsSync(addonFile)

interface Tensor {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

function readHeader(file: string): { tensors: Record<string, Tensor>; data: Buffer } {
  const bytes = readFileSync(file)
  const length = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8')) as Record<string, Tensor>
  delete header['__metadata__']
  return { tensors: header, data: bytes.subarray(8 + length) }
}

describe('the first weights', () => {
  const small = { ...shape, hiddenSize: 32, layers: 2, feedForward: 48, vocabSize: 96 }
  const first = join(tmpdir(), `neiro-first-${process.pid}.safetensors`)

  test('have the shapes of the config, norms at one, and the spread that was asked for', () => {
    writeFirstWeights(first, small, 5)
    const { tensors, data } = readHeader(first)
    expect(Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.shape]))).toEqual(
      Object.fromEntries(tensorShapes(small))
    )
    const values = (name: string): Float32Array => {
      const [from, to] = (tensors[name] as Tensor).data_offsets
      return new Float32Array(new Uint8Array(data.subarray(from, to)).buffer)
    }
    expect(new Set(values('model.norm.weight'))).toEqual(new Set([1]))
    const deviation = (name: string): number => {
      const all = values(name)
      return Math.sqrt(all.reduce((sum, value) => sum + value * value, 0) / all.length)
    }
    expect(deviation('model.embed_tokens.weight')).toBeCloseTo(0.02, 2)
    expect(deviation('model.layers.1.mlp.down_proj.weight')).toBeCloseTo(0.01, 2)
  })

  test('are the same for a seed', () => {
    const again = `${first}.again`
    writeFirstWeights(first, small, 5)
    writeFirstWeights(again, small, 5)
    expect(readFileSync(again).equals(readFileSync(first))).toBe(true)
    writeFirstWeights(again, small, 6)
    expect(readFileSync(again).equals(readFileSync(first))).toBe(false)
  })
})

describe('the starter', () => {
  test('is at most 20 MB altogether', () => {
    const bytes = readdirSync(modelDir).reduce((sum, name) => sum + statSync(join(modelDir, name)).size, 0)
    expect(bytes).toBeLessThan(20e6)
  })

  test('holds the tensors of its config in BF16, all finite', () => {
    const { tensors, data } = readHeader(join(modelDir, 'model.safetensors'))
    expect(Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.shape]))).toEqual(
      Object.fromEntries(tensorShapes(shape))
    )
    expect(new Set(Object.values(tensors).map((tensor) => tensor.dtype))).toEqual(new Set(['BF16']))
    const words = new Uint16Array(new Uint8Array(data).buffer)
    // an exponent of all ones is infinity or not a number
    expect(words.some((word) => (word & 0x7f80) === 0x7f80)).toBe(false)
  })

  test('is read as a model with a template, an end and a licence', async () => {
    const model = await readModel(modelDir)
    expect(model.modelType).toBe('llama')
    expect(model.chatTemplate).toContain('<|im_start|>')
    expect(model.eosTokenIds.length).toBeGreaterThan(0)
    expect(model.licence).toBe('mit')
  })

  test('says in its card that it is a demonstration', () => {
    expect(readFileSync(join(modelDir, 'README.md'), 'utf8')).toMatch(/demonstration/i)
  })

  for (const language of ['ja', 'en'] as const) {
    test.skipIf(!hasEngine)(`answers plain questions that it was never taught (${language})`, async () => {
      const { asked, right, misses } = await examine(modelDir, language, 80)
      console.log(`starter: ${right} of ${asked} held-out questions right (${language})`)
      expect(asked).toBeGreaterThan(60)
      expect(right / asked, misses.join('\n')).toBeGreaterThanOrEqual(0.9)
    })
  }
})
