// Model folders: what their small files say, and every way in which a stranger's folder may be wrong.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { NeiroError } from '../../../main/contract/errors'
import { wordsOf } from '../../../main/words/errors'
import { knownFamilies } from '../../../main/services/models/families'
import { readModel } from '../../../main/services/models/read-model'
import { stopTokensOf } from '../../../main/services/models/stop-tokens'
import { goldenDir, tinyChatTemplate, tinyModel } from '../../fixtures/tiny-model'

const parent = mkdtempSync(join(tmpdir(), 'read-model-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const json = (dir: string, name: string, value: unknown): void =>
  writeFileSync(join(dir, name), JSON.stringify(value))
const model = (): string => tinyModel('llama', parent)
const refusal = async (dir: string): Promise<NeiroError> =>
  readModel(dir).then(
    () => Promise.reject(new Error('was read')),
    (error: NeiroError) => error
  )

describe('what a folder says', () => {
  test('a complete folder', async () => {
    const dir = model()
    expect(await readModel(dir)).toMatchObject({
      dir,
      name: basename(dir),
      modelType: 'llama',
      eosTokenIds: [2],
      bosTokenId: 1,
      chatTemplate: tinyChatTemplate,
      specialTokens: { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>' },
      storedDtype: 'F32',
      licence: null,
      languages: [],
      maxPositionEmbeddings: 256
    })
  })

  test('stored dtype is what the weights say, whatever the config says', async () => {
    for (const [folder, dtype] of [
      ['bf16', 'BF16'],
      ['f16', 'F16'],
      ['config-v4', 'BF16'],
      ['f32-sharded', 'F32']
    ] as const) {
      expect((await readModel(join(goldenDir, 'formats', folder))).storedDtype).toBe(dtype)
    }
    const dir = model()
    json(dir, 'config.json', { model_type: 'llama', dtype: 'bfloat16' })
    expect((await readModel(dir)).storedDtype).toBe('F32')
  })

  test('generation_config goes before config; several end tokens are kept', async () => {
    const dir = model()
    json(dir, 'generation_config.json', { eos_token_id: [7, 2], bos_token_id: 5 })
    expect(await readModel(dir)).toMatchObject({ eosTokenIds: [7, 2], bosTokenId: 5 })
    rmSync(join(dir, 'generation_config.json'))
    expect(await readModel(dir)).toMatchObject({ eosTokenIds: [2], bosTokenId: 1 })
  })

  test('the chat template from tokenizer_config: text, or the default of a list', async () => {
    const dir = model()
    rmSync(join(dir, 'chat_template.jinja'))
    expect((await readModel(dir)).chatTemplate).toBeNull()
    json(dir, 'tokenizer_config.json', { chat_template: 'T', eos_token: { content: '</s>', lstrip: false } })
    expect(await readModel(dir)).toMatchObject({ chatTemplate: 'T', specialTokens: { eos_token: '</s>' } })
    const list = [
      { name: 'tool_use', template: 'U' },
      { name: 'default', template: 'D' }
    ]
    json(dir, 'tokenizer_config.json', { chat_template: list })
    expect((await readModel(dir)).chatTemplate).toBe('D')
  })

  test('the licence from the model card, also a named other one; a broken card is no error', async () => {
    const dir = model()
    const card = (front: string): void =>
      writeFileSync(join(dir, 'README.md'), `---\n${front}\n---\n# Card\n`)
    card('license: apache-2.0\ntags:\n- a')
    expect((await readModel(dir)).licence).toBe('apache-2.0')
    card('license: other\nlicense_name: gemma\nlanguage:\n- ja\n- en')
    expect(await readModel(dir)).toMatchObject({ licence: 'gemma', languages: ['ja', 'en'] })
    card('language: ja')
    expect(await readModel(dir)).toMatchObject({ licence: null, languages: ['ja'] })
    card('license: [')
    await expect(readModel(dir)).resolves.toBeTruthy()
    card('- just\n- a list')
    expect((await readModel(dir)).licence).toBeNull()
  })

  test('a snapshot of the Hugging Face cache has the name of its repository', async () => {
    const snapshots = join(parent, 'models--Some--Model-0.5B', 'snapshots')
    mkdirSync(snapshots, { recursive: true })
    renameSync(model(), join(snapshots, 'abc123'))
    expect((await readModel(join(snapshots, 'abc123'))).name).toBe('Some/Model-0.5B')
  })

  test('a folder called model has the name of the folder around it', async () => {
    mkdirSync(join(parent, 'starter'))
    renameSync(model(), join(parent, 'starter', 'model'))
    expect((await readModel(join(parent, 'starter', 'model'))).name).toBe('starter')
  })

  test('the size of shards is their sum', async () => {
    expect((await readModel(join(goldenDir, 'formats/f32-sharded'))).sizeBytes).toBeGreaterThan(600_000)
  })
})

describe('what is refused, by name and with a way out', () => {
  const cases: readonly [string, string, (dir: string) => string | void][] = [
    ['nothing there', 'NO_MODEL_FOLDER', (dir) => join(dir, 'none')],
    ['a file', 'NO_MODEL_FOLDER', (dir) => join(dir, 'config.json')],
    [
      'a GGUF file',
      'GGUF_BY_ITSELF',
      (dir) => (writeFileSync(join(dir, 'm.gguf'), 'GGUF'), join(dir, 'm.gguf'))
    ],
    ['no config', 'NO_CONFIG', (dir) => rmSync(join(dir, 'config.json'))],
    ['a cut config', 'BROKEN_MODEL_FILE', (dir) => truncateSync(join(dir, 'config.json'), 40)],
    ['a config that is a list', 'BROKEN_MODEL_FILE', (dir) => json(dir, 'config.json', [])],
    ['an unknown kind', 'UNKNOWN_ARCHITECTURE', (dir) => json(dir, 'config.json', { model_type: 'gpt2' })],
    ['no kind at all', 'UNKNOWN_ARCHITECTURE', (dir) => json(dir, 'config.json', {})],
    ['no weights', 'NO_WEIGHTS', (dir) => rmSync(join(dir, 'model.safetensors'))],
    [
      'pickle only',
      'PICKLE_REFUSED',
      (dir) => renameSync(join(dir, 'model.safetensors'), join(dir, 'pytorch_model.bin'))
    ],
    [
      'a GGUF in the folder',
      'GGUF_BY_ITSELF',
      (dir) => renameSync(join(dir, 'model.safetensors'), join(dir, 'm.gguf'))
    ],
    [
      'a shard missing',
      'SHARD_MISSING',
      (dir) => {
        rmSync(join(dir, 'model.safetensors'))
        json(dir, 'model.safetensors.index.json', { weight_map: { a: 'model-00001-of-00002.safetensors' } })
      }
    ],
    [
      'a shard outside the folder',
      'SHARD_MISSING',
      (dir) => {
        renameSync(join(dir, 'model.safetensors'), join(dir, '..', 'outside.safetensors'))
        json(dir, 'model.safetensors.index.json', { weight_map: { a: '../outside.safetensors' } })
      }
    ],
    [
      'an LFS pointer for weights',
      'LFS_POINTER',
      (dir) =>
        writeFileSync(
          join(dir, 'model.safetensors'),
          'version https://git-lfs.github.com/spec/v1\noid sha256:0'
        )
    ],
    [
      'an LFS pointer for the tokenizer config',
      'LFS_POINTER',
      (dir) =>
        writeFileSync(join(dir, 'tokenizer_config.json'), 'version https://git-lfs.github.com/spec/v1\n')
    ]
  ]
  for (const [what, code, spoil] of cases) {
    test(what, async () => {
      const dir = model()
      const error = await refusal(spoil(dir) ?? dir)
      expect(error.code).toBe(code)
      for (const language of ['ja', 'en'] as const) {
        const words = wordsOf(error, language)
        expect(words.message + words.hint).not.toMatch(/\{\w+\}/)
      }
    })
  }

  test('an unknown kind is refused by name even without weights, and the known ones are listed', async () => {
    const dir = model()
    rmSync(join(dir, 'model.safetensors'))
    json(dir, 'config.json', { model_type: 'gpt_bigcode' })
    const error = await refusal(dir)
    expect(error.details).toMatchObject({
      architecture: 'gpt_bigcode',
      known: knownFamilies.join(', ')
    })
  })

  const pointer = resolve('../shared/data/negative/lfs-pointer-gguf/smollm2-135m-instruct-q8_0.gguf')
  test.skipIf(!existsSync(pointer))('a real LFS pointer (skipped: shared data not present)', async () => {
    expect((await refusal(pointer)).code).toBe('LFS_POINTER')
    const dir = model()
    copyFileSync(pointer, join(dir, 'model.safetensors'))
    expect((await refusal(dir)).code).toBe('LFS_POINTER')
  })
})

test('stop tokens: what answers are taught to end with first, then what the files name; none beyond the model', () => {
  const ids: Record<string, number> = { '<|im_end|>': 9, '</s>': 2 }
  const text = (turnEnd: number | null) => ({
    marks: { begin: null, end: null, turnEnd, idLimit: 50, strays: [], around: { before: [], behind: [] } },
    idOf: (token: string): number | null => ids[token] ?? null
  })
  const model = { eosTokenIds: [3, 2, 41], specialTokens: { eos_token: '</s>' }, vocabSize: 40 }
  expect(stopTokensOf(model, text(9))).toEqual([9, 2, 3])
  expect(stopTokensOf({ ...model, specialTokens: {} }, text(null))).toEqual([3, 2])
  expect(stopTokensOf(model, text(40))).toEqual([2, 3])
})
