// Folders that hold more than a text model (Qwen3.5 with its eyes, as the hub has it): the text model is read, trained and
// written as if it stood there alone. That Transformers writes them so was looked at by hand.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readModel } from '../../main/services/models/read-model'
import { openOptions } from '../fixtures/sessions'
import { float32, readSafetensors, writeSafetensors, type Tensors } from '../fixtures/safetensors'
import { tinyModel } from '../fixtures/tiny-model'
import { engine } from '../golden-runner/engine'

const place = mkdtempSync(join(tmpdir(), 'text-part-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

type Json = Record<string, unknown>
const jsonOf = (dir: string): Json => JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8')) as Json
const tensorsOf = (dir: string): Tensors => readSafetensors(join(dir, 'model.safetensors'))
const small = float32(new Float32Array(6), [2, 3])

/** The folder with its model as a part of a larger one. */
function whole(change: (config: Json) => Json = (config) => config): string {
  const dir = tinyModel('qwen3_5', place)
  const { architectures: _, tie_word_embeddings, ...text } = jsonOf(dir)
  const config = {
    architectures: ['Qwen3_5ForConditionalGeneration'],
    ...{ model_type: 'qwen3_5', image_token_id: 300, tie_word_embeddings },
    ...{ text_config: text, vision_config: { depth: 1, model_type: 'qwen3_5_vision' } }
  }
  writeFileSync(join(dir, 'config.json'), JSON.stringify(change(config)))
  const own = [...tensorsOf(dir)].map(
    ([name, tensor]) => [name.replace(/^model\./, 'model.language_model.'), tensor] as const
  )
  const beside = ['model.visual.patch_embed.proj.weight', 'mtp.fc.weight', 'model.ears.weight']
  writeSafetensors(
    join(dir, 'model.safetensors'),
    new Map([...own, ...beside.map((name) => [name, small] as const)])
  )
  return dir
}

const tokens = { tokens: Int32Array.from({ length: 20 }, (_, at) => 3 + ((at * 53) % 250)) }

test('the text part computes as the text model alone, and is written as one', async () => {
  const logits = async (modelDir: string): Promise<Float32Array> => {
    const options = openOptions({ modelDir, baseQuantization: 'none', train: undefined })
    const session = await engine().Session.open(options)
    try {
      if (modelDir === dir) await session.saveMerged({ dir: join(place, 'merged'), dtype: 'F32' })
      return await session.logits({ ...tokens, lengths: Int32Array.of(20) }, { adapter: false })
    } finally {
      await session.close()
    }
  }
  const dir = whole()
  const alone = tinyModel('qwen3_5', place)
  const expected = await logits(alone)
  expect(await logits(dir)).toEqual(expected)
  expect(await logits(join(place, 'merged'))).toEqual(expected)
  expect(tensorsOf(join(place, 'merged'))).toEqual(tensorsOf(alone))
  const { transformers_version: _, use_cache: __, ...own } = jsonOf(alone)
  expect(jsonOf(join(place, 'merged'))).toMatchObject(own)

  const info = await engine().inspectModel(dir)
  expect(info).toMatchObject({
    family: 'qwen3_5_text',
    parameters: (await engine().inspectModel(alone)).parameters
  })
  // eyes and heads that guess ahead are left out by name; what nobody knows is said
  expect(info.unreadTensors).toEqual(['model.ears.weight'])
})

test('its small files are told as the text model’s', async () => {
  const { modelType, config, eosTokenIds, vocabSize, maxPositionEmbeddings } = await readModel(whole())
  expect({ modelType, eosTokenIds, vocabSize, maxPositionEmbeddings }).toEqual({
    ...{ modelType: 'qwen3_5_text', eosTokenIds: [2] },
    ...{ vocabSize: 320, maxPositionEmbeddings: 256 }
  })
  expect(config).toMatchObject({ tie_word_embeddings: true, architectures: ['Qwen3_5ForCausalLM'] })
})

test.each([
  ['no config of its text', ({ text_config: _, ...rest }: Json) => rest, 'BAD_CONFIG'],
  [
    'another text model',
    (config: Json) => ({
      ...config,
      text_config: { ...(config['text_config'] as Json), model_type: 'llama' }
    }),
    'BAD_CONFIG'
  ],
  [
    'a quantised one',
    (config: Json) => ({ ...config, quantization_config: { bits: 4 } }),
    'UNSUPPORTED_MODEL'
  ],
  [
    'more of a family without such a part',
    (config: Json) => ({ ...config, model_type: 'qwen9' }),
    'UNKNOWN_ARCHITECTURE'
  ]
])('%s is refused', async (_name, change, code) => {
  await expect(engine().inspectModel(whole(change))).rejects.toMatchObject({ code })
})
