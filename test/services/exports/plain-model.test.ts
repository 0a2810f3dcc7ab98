// The second calculation: it agrees with PyTorch on every family, and what an export could get wrong on both ways (written
// and read back alike) does not pass it.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openPlainAdapter } from '../../../main/services/exports/plain/plain-adapter'
import { plainConfig } from '../../../main/services/exports/plain/plain-config'
import { NotPlain } from '../../../main/services/exports/plain/plain-fields'
import { plainLogits } from '../../../main/services/exports/plain/plain-model'
import { rotation } from '../../../main/services/exports/plain/plain-rotation'
import { checkNumbers, type SecondRequest } from '../../../main/services/exports/plain/second-numbers'
import { StoredTensors } from '../../../main/services/exports/plain/stored-tensors'
import { floats, readSafetensors, writeSafetensors, type Tensor } from '../../fixtures/safetensors'
import { goldenDir } from '../../fixtures/tiny-model'
import { raggedBatch, unpadded } from '../../golden-runner/batches'

const place = mkdtempSync(join(tmpdir(), 'plain-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const json = (dir: string, name = 'config.json'): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, name), 'utf8')) as Record<string, unknown>
const pause = async (): Promise<void> => undefined

async function logitsOf(
  modelDir: string,
  tokens: readonly number[],
  adapterDir?: string
): Promise<number[][]> {
  const tensors = await StoredTensors.open(modelDir, 'model')
  const config = plainConfig(json(modelDir))
  const tied = config.tied && !tensors.find('lm_head.weight')
  const opened = adapterDir === undefined ? null : await openPlainAdapter(adapterDir, { tied })
  try {
    const parts = { config, tensors, adapter: opened?.adapter, pause }
    return (await plainLogits(tokens, parts, 'all')).map((row) => Array.from(row))
  } finally {
    await opened?.close()
    await tensors.close()
  }
}

function apart(got: readonly number[], wanted: Float32Array): number {
  const top = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return got.reduce((most, value, i) => Math.max(most, Math.abs(value - (wanted[i] ?? NaN)) / top), 0)
}

const caseDir = (name: string): string =>
  [goldenDir, resolve(goldenDir, '../golden-2')]
    .map((dir) => join(dir, name))
    .find((dir) => existsSync(dir)) ?? ''

/** thirty times what PyTorch's own 32 bits are off */
function allowed(dir: string, name: string): number {
  const { cases } = json(resolve(dir, '..'), 'tolerances.json') as {
    cases: Record<string, { f32: { logits: number } }>
  }
  return cases[name]?.f32.logits ?? 5e-5
}

describe('as PyTorch and PEFT calculate', () => {
  test.each([
    'llama-lora',
    'llama-rslora',
    'llama-dora',
    'llama3-lora',
    'llama-linear-rope-lora',
    'mistral-lora',
    'qwen2-lora',
    'qwen2-attention-only',
    'qwen2-yarn-lora',
    'qwen3-lora',
    'phi3-lora',
    'phi3-partial-rotary-lora',
    'phi3-longrope-lora',
    'gemma-lora',
    'gemma2-lora',
    'gemma3-lora',
    'exaone4-lora',
    'glm4-lora',
    'granite-lora',
    'ministral3-lora',
    'olmo2-lora',
    'olmo3-lora',
    'smollm3-lora',
    'lfm2-lora',
    'qwen3_5-lora',
    'lora-bias',
    'lora-patterns',
    'lora-save-head',
    'lora-save-embeddings',
    'lora-token-indices',
    'lora-token-indices-tied',
    'lora-all-linear',
    'lora-one-layer',
    'ia3',
    'vera'
  ])('%s', async (name) => {
    const dir = caseDir(name)
    const inputs = readSafetensors(join(dir, 'inputs.safetensors'))
    const expected = readSafetensors(join(dir, 'expected.safetensors'))
    const { model } = json(dir, 'case.json')
    const { tokens, lengths } = raggedBatch(inputs, 'batch0.')
    const text = [...tokens.subarray(0, lengths[0])]
    const base = join(dir, String(model))
    const tuned = join(dir, 'adapter_init')
    // of another kind than LoRA a case holds those of the adapter alone
    const pairs = expected.has('logits')
      ? ([['logits', tuned]] as const)
      : ([
          ['base.logits', undefined],
          ['adapter.logits', tuned]
        ] as const)
    for (const [wanted, adapter] of pairs) {
      const rows = unpadded(expected, wanted, lengths)
      const vocab = rows.length / tokens.length
      const got = (await logitsOf(base, text, adapter)).flat()
      expect(got).toHaveLength(text.length * vocab)
      expect(apart(got, rows.subarray(0, got.length)), wanted).toBeLessThan(allowed(dir, name))
    }
  })

  test('experts, of a base whose adapter is of a kind that is not known', async () => {
    const dir = caseDir('qwen3_moe-lora')
    const { tokens, lengths } = raggedBatch(readSafetensors(join(dir, 'inputs.safetensors')), 'batch0.')
    const text = [...tokens.subarray(0, lengths[0])]
    const expected = readSafetensors(join(dir, 'expected.safetensors'))
    const rows = unpadded(expected, 'base.logits', lengths)
    const got = (await logitsOf(join(dir, '../models/qwen3_moe'), text)).flat()
    expect(apart(got, rows.subarray(0, got.length))).toBeLessThan(allowed(dir, 'qwen3_moe-lora'))
    await expect(logitsOf(join(dir, '../models/qwen3_moe'), text, join(dir, 'adapter_init'))).rejects.toThrow(
      NotPlain
    )
  })

  test.each(['bf16', 'f16', 'shards'])('stored as %s', async (kind) => {
    const source = join(goldenDir, 'models/llama')
    const dir = join(place, `stored-${kind}`)
    cpSync(source, dir, { recursive: true })
    const all = [...readSafetensors(join(source, 'model.safetensors'))]
    if (kind === 'shards') {
      rmSync(join(dir, 'model.safetensors'))
      const half = all.length >> 1
      const shards = { 'a.safetensors': all.slice(0, half), 'b.safetensors': all.slice(half) }
      const map = Object.entries(shards).flatMap(([file, some]) => some.map(([name]) => [name, file]))
      for (const [file, some] of Object.entries(shards)) writeSafetensors(join(dir, file), new Map(some))
      writeFileSync(
        join(dir, 'model.safetensors.index.json'),
        JSON.stringify({ weight_map: Object.fromEntries(map) })
      )
    } else {
      writeSafetensors(
        join(dir, 'model.safetensors'),
        new Map(all.map(([name, one]) => [name, halved(one, kind)]))
      )
    }
    const got = (await logitsOf(dir, [1, 2, 3])).flat()
    const whole = Float32Array.from((await logitsOf(source, [1, 2, 3])).flat())
    expect(apart(got, whole)).toBeLessThan(kind === 'shards' ? 1e-7 : kind === 'bf16' ? 3e-2 : 3e-3)
  })
})

/** Cut off, as nobody should round; but near enough to tell one from the other. */
function halved(tensor: Tensor, kind: string): Tensor {
  const values = floats(tensor)
  const words = Uint16Array.from(values, (value) => {
    const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0
    if (kind === 'bf16') return bits >>> 16
    const exponent = ((bits >>> 23) & 255) - 112
    return exponent <= 0
      ? (bits >>> 16) & 0x8000
      : ((bits >>> 16) & 0x8000) | (exponent << 10) | ((bits >>> 13) & 1023)
  })
  return { dtype: kind === 'bf16' ? 'BF16' : 'F16', shape: tensor.shape, bytes: new Uint8Array(words.buffer) }
}

describe('what was written wrongly and is read back as wrongly', () => {
  const tokens = [5, 9, 200, 31]
  let copies = 0

  /** A folder, and what an engine says that makes the same mistakes in reading as in writing. */
  async function request(spoil: (dir: string) => void, adapter = false): Promise<SecondRequest> {
    const base = join(goldenDir, 'models/llama')
    const source = adapter ? join(goldenDir, 'llama-lora/adapter_final') : base
    const dir = join(place, `copy-${++copies}`)
    cpSync(source, dir, { recursive: true })
    const right = await logitsOf(base, tokens, adapter ? source : undefined)
    spoil(dir)
    return {
      ...(adapter ? { modelDir: base, adapterDir: dir } : { modelDir: dir }),
      isAsStored: true,
      known: 320,
      tokens,
      engine: async (asked) => Float32Array.from(right[asked.length - 1] ?? []),
      target: dir
    }
  }

  const changed =
    (change: (tensors: Map<string, Tensor>) => void, file = 'model.safetensors') =>
    (dir: string) => {
      const tensors = new Map(readSafetensors(join(dir, file)))
      change(tensors)
      writeSafetensors(join(dir, file), tensors)
    }
  const q = 'model.layers.1.self_attn.q_proj.weight'
  const swap = (a: string, b: string) => (tensors: Map<string, Tensor>) => {
    const [one, other] = [tensors.get(a), tensors.get(b)]
    if (one && other) tensors.set(a, other).set(b, one)
  }
  /** as llama.cpp lays a head, and Transformers does not */
  const interleaved = (tensors: Map<string, Tensor>): void => {
    const tensor = tensors.get(q) as Tensor
    const width = (tensor.shape[1] ?? 0) * 4
    const rows = Array.from({ length: tensor.shape[0] ?? 0 }, (_, i) =>
      tensor.bytes.subarray(i * width, (i + 1) * width)
    )
    const half = rows.length / 2
    const order = rows.map((_, i) => (i % 2 === 0 ? i / 2 : half + (i - 1) / 2))
    tensors.set(q, {
      ...tensor,
      bytes: Uint8Array.from(Buffer.concat(order.map((i) => rows[i] as Uint8Array)))
    })
  }

  test('an untouched one passes', async () => {
    for (const adapter of [false, true]) {
      const check = await checkNumbers(await request(() => undefined, adapter))
      expect(check).toMatchObject({ checked: true, tokens: 4 })
    }
  })

  test.each([
    [
      'gate and up exchanged',
      changed(swap('model.layers.0.mlp.gate_proj.weight', 'model.layers.0.mlp.up_proj.weight'))
    ],
    [
      'layers exchanged',
      changed(swap('model.layers.0.mlp.down_proj.weight', 'model.layers.1.mlp.down_proj.weight'))
    ],
    ['rows of heads interleaved', changed(interleaved)]
  ])('%s', async (_, spoil) => {
    await expect(checkNumbers(await request(spoil))).rejects.toMatchObject({ code: 'EXPORT_DIFFERS' })
  })

  test('a tensor under another name is said by name', async () => {
    const rename = changed((tensors) => {
      tensors.set('model.layers.1.attn.q_proj.weight', tensors.get(q) as Tensor)
      tensors.delete(q)
    })
    await expect(checkNumbers(await request(rename))).rejects.toMatchObject({
      code: 'EXPORT_TENSOR_MISSING',
      details: { tensor: q }
    })
  })

  test('a config that says another rope or another scale', async () => {
    const theta = (dir: string): void => {
      const config = json(dir)
      const rope = { rope_theta: 500, rope_type: 'default' }
      writeFileSync(join(dir, 'config.json'), JSON.stringify({ ...config, rope_parameters: rope }))
    }
    await expect(checkNumbers(await request(theta))).rejects.toMatchObject({ code: 'EXPORT_DIFFERS' })
    const alpha = (dir: string): void => {
      const config = json(dir, 'adapter_config.json')
      writeFileSync(join(dir, 'adapter_config.json'), JSON.stringify({ ...config, lora_alpha: 1 }))
    }
    await expect(checkNumbers(await request(alpha, true))).rejects.toMatchObject({ code: 'EXPORT_DIFFERS' })
  })

  test('what is not known, too large or rounded is said, never passed', async () => {
    const own = await request(() => undefined)
    expect(await checkNumbers({ ...own, isAsStored: false })).toEqual({
      checked: false,
      why: 'rounded',
      what: ''
    })
    const pickled = async (): Promise<SecondRequest> => {
      const asked = await request(() => undefined, true)
      const modelDir = join(place, 'pickled')
      cpSync(asked.modelDir, modelDir, { recursive: true })
      rmSync(join(modelDir, 'model.safetensors'))
      return { ...asked, modelDir }
    }
    expect(await checkNumbers(await pickled())).toMatchObject({ checked: false, why: 'form' })
    const olmo = (dir: string): void =>
      writeFileSync(join(dir, 'config.json'), JSON.stringify({ ...json(dir), model_type: 'nobodys' }))
    expect(await checkNumbers(await request(olmo))).toEqual({
      checked: false,
      why: 'unknown',
      what: 'nobodys'
    })
    const said = (fields: Record<string, unknown>) => (dir: string) => {
      const config = { ...json(dir, 'adapter_config.json'), ...fields }
      writeFileSync(join(dir, 'adapter_config.json'), JSON.stringify(config))
    }
    for (const [fields, what] of [
      [{ use_qalora: true }, 'use_qalora'],
      [{ a_field_of_tomorrow: 1 }, 'a_field_of_tomorrow'],
      [{ init_lora_weights: 'pissa' }, 'init_lora_weights pissa'],
      [{ bias: 'some' }, 'bias some'],
      [{ peft_type: 'LOHA' }, 'LOHA']
    ] as const)
      expect(await checkNumbers(await request(said(fields), true))).toMatchObject({ why: 'unknown', what })
    expect(() =>
      plainConfig({ ...json(join(goldenDir, 'models/llama')), rope_parameters: { rope_type: 'spiral' } })
    ).toThrow(NotPlain)
  })

  test('where a rope is stretched with its text, the text counts', () => {
    const rope = { rope_type: 'dynamic', factor: 2 }
    const made = { theta: 1e4, width: 8, positions: 32, original: null }
    const plain = rotation({}, made).turns(32)
    expect(rotation(rope, made).turns(32)).toEqual(plain)
    // the base grows to 3^(8 / 6) of itself at twice the positions
    const grown = rotation({}, { ...made, theta: 1e4 * 3 ** (8 / 6) }).turns(64)
    expect(rotation(rope, made).turns(64)).toEqual(grown)
  })

  test('a head that a tied base does not have, kept by an adapter, is not guessed at', async () => {
    const dir = join(caseDir('lora-save-head'), 'adapter_init')
    await expect(openPlainAdapter(dir, { tied: true })).rejects.toThrow(NotPlain)
  })
})
