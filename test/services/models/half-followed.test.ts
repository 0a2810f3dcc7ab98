// What a model folder says and is not followed here is named before anything is learnt.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { halfFollowed } from '../../../main/services/models/half-followed'
import { ownFolder } from '../../fixtures/own-folder'

const nothing = { generation: {}, tokenizer: {}, templates: null }
const codes = async (given: Partial<typeof nothing> | object, dir = ownFolder()): Promise<unknown[]> => {
  const { always, answering } = await halfFollowed(dir, { ...nothing, ...given })
  return [...always, ...answering].map((error) => error.toData())
}

test('nothing is said of an ordinary folder', async () => {
  const generation = {
    do_sample: true,
    temperature: 0.6,
    repetition_penalty: 1,
    max_new_tokens: 2048,
    num_beams: 1
  }
  expect(await codes({ generation, templates: '{{ messages }}' })).toEqual([])
  expect(
    await codes({
      templates: [
        { name: 'rag', template: 'a' },
        { name: 'default', template: 'b' }
      ]
    })
  ).toEqual([])
})

test('the first of several templates, none of which is the default', async () => {
  const templates = [
    { name: 'tool_use', template: 'a' },
    { name: 'rag', template: 'b' }
  ]
  expect(await codes({ templates })).toMatchObject([
    { code: 'TEMPLATE_NOT_DEFAULT', details: { name: 'tool_use' } }
  ])
})

test('rules for answers that are not followed', async () => {
  const generation = { repetition_penalty: 1.3, max_new_tokens: 5, suppress_tokens: [3], stop_strings: [] }
  expect(await codes({ generation })).toMatchObject([
    { code: 'ANSWER_RULES', details: { rules: 'repetition_penalty 1.3, suppress_tokens, max_new_tokens 5' } }
  ])
})

test('an adapter beside the weights', async () => {
  const dir = ownFolder()
  writeFileSync(join(dir, 'adapter_config.json'), '{}')
  expect(await codes({}, dir)).toEqual([])
  writeFileSync(join(dir, 'adapter_model.safetensors'), '')
  expect(await codes({}, dir)).toMatchObject([{ code: 'ADAPTER_BESIDE_MODEL' }])
})

test('a template in the file of models for pictures, where there is no other', async () => {
  const dir = ownFolder()
  writeFileSync(join(dir, 'chat_template.json'), '{"chat_template": "x"}')
  expect(await codes({ templates: undefined }, dir)).toMatchObject([{ code: 'TEMPLATE_IN_OLD_FILE' }])
  expect(await codes({ templates: 'x' }, dir)).toEqual([])
  expect(await codes({ templates: null }, dir)).toEqual([])
})
