// Gemma 4 as the hub has it: its text model within a larger one, heads of layers that see all said for all of them at once,
// keys and values that files hold for layers that borrow theirs; and configs that cannot be. What it computes is the golden
// case's to prove.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { batchOf, openOptions, refusal } from '../fixtures/sessions'
import { float32, readSafetensors, writeSafetensors } from '../fixtures/safetensors'
import { engine, withSession } from '../golden-runner/engine'

const place = mkdtempSync(join(tmpdir(), 'neiro-gemma4-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

type Json = Record<string, unknown>
const alone = resolve(import.meta.dirname, '../golden-2/models/gemma4')
const config = JSON.parse(readFileSync(join(alone, 'config.json'), 'utf8')) as Json

function folder(name: string, changed: Json): string {
  const dir = join(place, name)
  mkdirSync(dir)
  copyFileSync(join(alone, 'model.safetensors'), join(dir, 'model.safetensors'))
  writeFileSync(join(dir, 'config.json'), JSON.stringify(changed))
  return dir
}

const logits = (modelDir: string): Promise<Float32Array> => {
  const { train: _, ...options } = openOptions({ modelDir, baseQuantization: 'none' })
  const { tokens, lengths } = batchOf([17, 30])
  return withSession(options, (session) => session.logits({ tokens, lengths }, { adapter: false }))
}

test('its text part within the whole, in the words of the hub, computes as it does alone', async () => {
  const { per_layer_config: _, architectures: __, ...text } = config
  const dir = folder('whole', {
    architectures: ['Gemma4ForConditionalGeneration'],
    model_type: 'gemma4',
    text_config: { ...text, global_head_dim: 32 },
    vision_config: {},
    audio_config: {}
  })
  const own = [...readSafetensors(join(alone, 'model.safetensors'))].map(
    ([name, tensor]) => [name.replace(/^model\./, 'model.language_model.'), tensor] as const
  )
  const small = float32(new Float32Array(6), [2, 3])
  const beside = [
    ...['vision_tower.patch.weight', 'embed_vision.proj.weight', 'audio_tower.conv.weight', 'ears.weight'],
    // what a layer that borrows would not use
    ...['k_proj.weight', 'v_proj.weight', 'k_norm.weight'].map(
      (part) => `language_model.layers.3.self_attn.${part}`
    )
  ]
  writeSafetensors(
    join(dir, 'model.safetensors'),
    new Map([...own, ...beside.map((name) => [`model.${name}`, small] as const)])
  )
  expect(await logits(dir)).toEqual(await logits(alone))
  const info = await engine().inspectModel(dir)
  expect(info.family).toBe('gemma4_text')
  expect(info.unreadTensors).toEqual(['model.ears.weight'])
  expect(info.linearModules).toEqual(
    expect.arrayContaining(['per_layer_model_projection', 'per_layer_input_gate', 'per_layer_projection'])
  )
})

describe('a config', () => {
  test.each([
    ['in which no layer of a kind has keys of its own', { num_kv_shared_layers: 3 }, 'BAD_CONFIG'],
    ['with experts that it does not count', { num_experts: null, enable_moe_block: true }, 'BAD_CONFIG'],
    ['that reads both ways', { use_bidirectional_attention: 'all' }, 'UNSUPPORTED_MODEL'],
    ['with another vocabulary for its layers', { vocab_size_per_layer_input: 100 }, 'UNSUPPORTED_MODEL'],
    [
      'with heads of three sizes',
      { per_layer_config: { 1: { head_dim: 32 }, 3: { head_dim: 8 } } },
      'UNSUPPORTED_MODEL'
    ],
    [
      'with more keys than queries go with',
      { per_layer_config: { 1: { num_key_value_heads: 3 } } },
      'BAD_CONFIG'
    ]
  ])('%s is refused by name', async (name, change, code) => {
    const dir = folder(name.replaceAll(' ', '-'), { ...config, ...change })
    const said = await refusal(() => engine().inspectModel(dir))
    expect(said.code).toBe(code)
    expect(said.details['field']).toBe(
      Object.keys(change)[0] === 'per_layer_config' && code === 'BAD_CONFIG'
        ? 'num_key_value_heads'
        : Object.keys(change)[0]
    )
  })

  test('prompt and prefix are refused: its layers know the tokens', async () => {
    for (const kind of ['prompt', 'prefix'] as const) {
      const train = { kind, virtualTokens: 4 }
      const said = await refusal(() => engine().planMemory(openOptions({ modelDir: alone, train })))
      expect(said).toMatchObject({ code: 'BAD_OPTION', details: { option: 'kind' } })
    }
  })
})
