// What weights alone lack to be a model: a config for their precision, and the tokenizer's files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { completeModel, configFor, type WeightsDtype } from '../../main/files/model-folder'
import { temporaryFolder } from '../trainer/run-fixture'

describe('configFor', () => {
  const config = { model_type: 'llama', hidden_size: 8, quantization_config: { bits: 4 }, rope: { a: [1] } }
  const of = (extra: object, dtype: WeightsDtype): unknown =>
    JSON.parse(configFor({ ...config, ...extra }, dtype))

  test('the new dtype under the name in use, nothing quantised left, the rest untouched', () => {
    const { quantization_config: _, ...kept } = config
    expect(of({ dtype: 'float32' }, 'BF16')).toEqual({ ...kept, dtype: 'bfloat16' })
    expect(of({ torch_dtype: 'bfloat16' }, 'F16')).toEqual({ ...kept, torch_dtype: 'float16' })
    expect(of({}, 'F32')).toEqual({ ...kept, torch_dtype: 'float32' })
  })
})

test('the tokenizer and the licence come along as they are, weights and whatever else lies there do not', async () => {
  const [from, to] = [temporaryFolder(), join(temporaryFolder(), 'to')]
  mkdirSync(to)
  const carried = ['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja', 'LICENSE', 'vocab.txt']
  for (const name of [...carried, 'model.safetensors', 'optimizer.pt', 'README.md'])
    writeFileSync(join(from, name), `${name} のなかみ`)
  writeFileSync(join(from, 'config.json'), '{"model_type":"llama","torch_dtype":"bfloat16"}')
  await completeModel(from, to, 'F32')
  expect(readdirSync(to).sort()).toEqual([...carried, 'config.json'].sort())
  expect(readFileSync(join(to, 'LICENSE'), 'utf8')).toBe('LICENSE のなかみ')
  expect(JSON.parse(readFileSync(join(to, 'config.json'), 'utf8'))).toMatchObject({ torch_dtype: 'float32' })
})
