// /v1/embeddings over a tiny BERT in the real engine: the official openai client unchanged, vectors as Transformers and
// sentence-transformers make them, what is refused, and what is not served beside it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startApiServer, type ApiServer } from '../../main/api/server'
import type { TrainerHost } from '../../main/services/engine/trainer-host'
import { EngineProcess } from '../../main/services/engine/engine-process'
import { Turns } from '../../main/services/engine/turns'
import { readTunedModel } from '../../main/services/runs/tuned-model'
import { servedSet, type Candidate } from '../../main/services/serving/served-models'
import { Serving } from '../../main/services/serving/serving'
import { LoadedModelText } from '../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import { Calls } from '../../main/trainer/calls'
import { errorData } from '../../main/trainer/error-data'
import { NeiroError } from '../../main/contract/errors'
import { vectorsOfTransformers } from '../fixtures/last-hidden-states'
import { tinyModel } from '../fixtures/tiny-model'
import { engine } from '../golden-runner/engine'

const dir = tinyModel('bert-classifier')
const known = vectorsOfTransformers.models.bert.texts
/** what the tokenizer makes of it is the first of the known texts */
const text = 'abc'

beforeAll(() => {
  const file = join(dir, 'tokenizer.json')
  const around = ['<|system|>', '</s>'].map((token, at) => ({ token, id: at === 0 ? 3 : 2 }))
  const [begin, end] = around.map(({ token }) => ({ SpecialToken: { id: token, type_id: 0 } }))
  const postProcessor = {
    type: 'TemplateProcessing',
    single: [begin, { Sequence: { id: 'A', type_id: 0 } }, end],
    pair: [begin, { Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }, end],
    special_tokens: Object.fromEntries(
      around.map(({ token, id }) => [token, { id: token, ids: [id], tokens: [token] }])
    )
  }
  const tokenizer = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...tokenizer, post_processor: postProcessor }))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** The trainer's calls in this very process. */
const calls = new Calls(engine(), () => undefined)
const host = {
  call: (call: never, args: never) =>
    calls.answer(call, args).catch((error: unknown) => {
      const { code, details } = errorData(error)
      throw new NeiroError(code, details)
    }),
  exited: new Promise(() => undefined),
  stop: () => calls.end('interrupt')
} as unknown as TrainerHost

let server: ApiServer | null = null
let trainer: EngineProcess
let client: OpenAI
async function serve(candidates: readonly Candidate[] = []): Promise<Serving> {
  trainer = new EngineProcess({ idleMs: 60_000, start: async () => host })
  const modelTexts = new ModelTexts((source) => LoadedModelText.load(source))
  const serving = new Serving({
    ...{ turns: new Turns(trainer), engine: trainer },
    find: (conversations) =>
      servedSet(
        candidates,
        { modelDir: dir, baseQuantization: 'none', runs: null, baseName: 'e' },
        {
          ...{ conversations, maxContext: 2048 },
          read: (parts) => readTunedModel(parts, { modelTexts, threads: 1 }),
          positions: async (modelDir) =>
            (await trainer.call('inspectModel', { modelDir })).maxPositionEmbeddings
        }
      ),
    memory: async () => 2 ** 30
  })
  await serving.warm()
  const log = (): undefined => undefined
  server = await startApiServer({
    ...{ serving, host: '127.0.0.1', port: 0, key: () => null, language: () => 'en', log }
  })
  client = new OpenAI({ baseURL: server.address, apiKey: 'none', maxRetries: 0 })
  return serving
}
afterEach(async () => {
  await server?.close()
  await trainer.stop()
  for (const name of ['modules.json', '1_Pooling', 'sentence_bert_config.json', 'README.md'])
    rmSync(join(dir, name), { recursive: true, force: true })
})

/** The folder in the form of sentence-transformers. */
function form(pooling: object, steps: readonly string[] = ['Transformer', 'Pooling']): void {
  const paths: Readonly<Record<string, string>> = { Transformer: '', Pooling: '1_Pooling' }
  const modules = steps.map((kind, idx) => ({
    ...{ idx, name: String(idx), path: paths[kind] ?? `${idx}_${kind}` },
    type: `sentence_transformers.models.${kind}`
  }))
  writeFileSync(join(dir, 'modules.json'), JSON.stringify(modules))
  mkdirSync(join(dir, '1_Pooling'), { recursive: true })
  writeFileSync(join(dir, '1_Pooling/config.json'), JSON.stringify(pooling))
}
const mean = { pooling_mode_cls_token: false, pooling_mode_mean_tokens: true }
const cls = { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }

function expectVector(vector: readonly number[], at: number, pooling: 'mean' | 'cls', unit = false): void {
  const { first, length } = known[at]?.[pooling] ?? { first: [], length: 0 }
  expect(vector).toHaveLength(64)
  expect(Math.hypot(...vector)).toBeCloseTo(unit ? 1 : length, 4)
  expect(first).toHaveLength(6)
  first.forEach((value, i) => expect(vector[i]).toBeCloseTo(unit ? value / length : value, 4))
}

describe('vectors', () => {
  test('are means where nothing else is said; the client asks for base64, and may ask for numbers', async () => {
    await serve()
    const { data, usage, model, object } = await client.embeddings.create({ model: 'e', input: text })
    expect({ object, model, usage, data: data.map(({ index, object: kind }) => ({ index, kind })) }).toEqual({
      ...{ object: 'list', model: 'e', usage: { prompt_tokens: 5, total_tokens: 5 } },
      data: [{ index: 0, kind: 'embedding' }]
    })
    expectVector(data[0]?.embedding ?? [], 0, 'mean')
    const numbers = await client.embeddings.create({ model: 'e', input: [text], encoding_format: 'float' })
    expect(numbers.data[0]?.embedding.map(Math.fround)).toEqual(data[0]?.embedding.map(Math.fround))
  })

  test('of many texts and of token lists are those of each alone, over several passes', async () => {
    await serve()
    const tokens = vectorsOfTransformers.texts.map((ids) => [...ids])
    const { data, usage } = await client.embeddings.create({
      model: 'e',
      input: Array.from({ length: 300 }, (_, at) => tokens[at % 2] ?? [])
    })
    expect(data).toHaveLength(300)
    for (const at of [0, 1, 150, 299]) expectVector(data[at]?.embedding ?? [], at % 2, 'mean')
    expect(usage.prompt_tokens).toBe(150 * (5 + 14))
  })

  test.each([
    ['the first token', cls, undefined, 'cls', false],
    ['the mean to length 1', mean, ['Transformer', 'Pooling', 'Normalize'], 'mean', true],
    ['the first token by its newer word', { pooling_mode: 'cls' }, undefined, 'cls', false]
  ] as const)('are made as the folder says: %s', async (_, pooling, steps, word, unit) => {
    form(pooling, steps)
    await serve()
    const { data } = await client.embeddings.create({ model: 'e', input: text })
    expectVector(data[0]?.embedding ?? [], 0, word, unit)
  })

  test('of lower case where the folder says so', async () => {
    form(mean)
    writeFileSync(join(dir, 'sentence_bert_config.json'), JSON.stringify({ do_lower_case: true }))
    await serve()
    const { data } = await client.embeddings.create({ model: 'e', input: ' ABC ' })
    expectVector(data[0]?.embedding ?? [], 0, 'mean')
  })
})

describe('refused are', () => {
  test.each([
    [{ dimensions: 32 }, 'dimensions', 'unsupported_parameter'],
    [{ made_up: 1 }, 'made_up', 'unsupported_parameter'],
    [{ encoding_format: 'hex' }, 'encoding_format', 'invalid_value'],
    [{ input: '' }, 'input', 'invalid_value'],
    [{ input: [] }, 'input', 'invalid_value'],
    [{ input: ['a', 1] }, 'input', 'invalid_value'],
    [{ input: [3, -1] }, 'input', 'invalid_value'],
    [{ input: [3, 264] }, null, 'invalid_value'],
    [{ input: 'x'.repeat(63) }, null, 'context_length_exceeded'],
    [{ model: 'other' }, 'model', 'model_not_found']
  ])('%j', async (more, param, code) => {
    await serve()
    const asked = client.embeddings.create({ model: 'e', input: text, ...more } as never)
    await expect(asked).rejects.toMatchObject({ param, code })
  })

  test('conversations, and texts beyond what the folder itself says', async () => {
    form(mean)
    writeFileSync(join(dir, 'sentence_bert_config.json'), JSON.stringify({ max_seq_length: 6 }))
    await serve()
    const messages = [{ role: 'user' as const, content: 'x' }]
    await expect(client.chat.completions.create({ model: 'e', messages })).rejects.toMatchObject({
      ...{ status: 400, code: 'unsupported_model' }
    })
    expect((await client.embeddings.create({ model: 'e', input: 'abcd' })).usage.total_tokens).toBe(6)
    await expect(client.embeddings.create({ model: 'e', input: 'abcde' })).rejects.toThrow(
      /7 tokens.*at most 6/
    )
  })

  test.each([
    ['2_Dense', () => form(mean, ['Transformer', 'Pooling', 'Dense']), 'modules.json: Dense'],
    [
      'two poolings',
      () => form({ ...mean, ...cls, pooling_mode_mean_tokens: true }),
      '1_Pooling/config.json: cls_token, mean_tokens'
    ],
    ['another pooling', () => form({ pooling_mode: 'lasttoken' }), '1_Pooling/config.json: lasttoken'],
    [
      'a folder that was fetched without its form',
      () => writeFileSync(join(dir, 'README.md'), '---\ntags:\n- sentence-transformers\n---\n'),
      'modules.json'
    ]
  ])('to be served: %s', async (_, prepare, what) => {
    prepare()
    server = null
    await expect(serve()).rejects.toMatchObject({ code: 'EMBEDDING_FORM', details: { what } })
  })
})

test('a run that sorts on the same base is left out, and named', async () => {
  const parts: Candidate['parts'] = {
    ...{ modelDir: dir, adapterDir: dir, trainedDir: null, baseQuantization: 'none', systemPrompt: '' },
    ...{ runDir: null, settings: { maxSeqLength: 64, lossOn: 'responses' } },
    score: { problem: 'single_label_classification', labels: ['a', 'b'] }
  }
  const view = { id: 'r', name: 'sorts', createdAt: '2026-01-01T00:00:00Z', project: null }
  const serving = await serve([{ view, projectName: null, parts }])
  const { models, leftOut } = await serving.served()
  expect(models.map(({ name }) => name)).toEqual(['e'])
  expect(leftOut).toEqual([{ run: 'r', name: 'sorts', why: 'sorts' }])
})
