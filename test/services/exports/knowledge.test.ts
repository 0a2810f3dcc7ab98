// An export knows what the run knows: a stranger who opens the folder asks as the run was taught and stops where it
// stops, or nothing is kept. Through the real engine, on tiny models with the habits that were reported.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Message } from '../../../main/contract/records'
import type { TrainerCaller, TrainerCallName, TrainerCalls } from '../../../main/contract/trainer-protocol'
import { TrainerHost } from '../../../main/services/engine/trainer-host'
import { withDefaultSystem } from '../../../main/services/exports/knowledge'
import { SecondReader } from '../../../main/services/exports/second-reader'
import { writeExport, type ExportTask } from '../../../main/services/exports/write-export'
import { isReadOtherwise } from '../../../main/services/models/doubts'
import { readModel } from '../../../main/services/models/read-model'
import { readTunedModel, type TunedModelParts } from '../../../main/services/runs/tuned-model'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { withSystem } from '../../../main/services/tokens/with-system'
import { addonFile, trainerEntry } from '../../fixtures/places'
import { ownFolder } from '../../fixtures/own-folder'
import { floats, float32, readSafetensors, writeSafetensors, type Tensor } from '../../fixtures/safetensors'
import { smallFiles } from '../../fixtures/small-files'
import { goldenDir, tinyModel } from '../../fixtures/tiny-model'

let host: TrainerHost
beforeAll(async () => {
  host = await TrainerHost.start({ trainerEntry, addonFile })
})
afterAll(() => host.stop())
const modelTexts = new ModelTexts((source) => LoadedModelText.load(source))

type Json = Record<string, unknown>
const read = (dir: string, name: string): Json => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Json
const change = (dir: string, name: string, members: object): void =>
  writeFileSync(join(dir, name), JSON.stringify({ ...read(dir, name), ...members }))
const user = (content: string): Message => ({ role: 'user', content })

/** Ends its turns with <|user|>, which no file calls an end. */
const odd =
  '{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|user|>{% endfor %}' +
  '{% if add_generation_prompt %}<|assistant|>{% endif %}'

async function task(
  kind: 'peft' | 'merged',
  o: { change?: (dir: string) => void; systemPrompt?: string; dtype?: 'F32' | 'BF16' } = {}
): Promise<ExportTask> {
  const place = ownFolder()
  const modelDir = tinyModel('llama', place)
  o.change?.(modelDir)
  const adapterDir = join(place, 'adapter')
  cpSync(join(goldenDir, 'llama-lora/adapter_final'), adapterDir, { recursive: true })
  const parts: TunedModelParts = {
    ...{ modelDir, adapterDir, trainedDir: null, baseQuantization: 'none', runDir: null },
    settings: { maxSeqLength: 128, lossOn: 'responses' },
    systemPrompt: o.systemPrompt ?? ''
  }
  const tuned = await readTunedModel(parts, { modelTexts, threads: 1 })
  const out = join(place, 'out')
  return {
    kind,
    tuned,
    dtype: o.dtype ?? 'F32',
    out,
    replace: false,
    card: () => '# card\n',
    title: 'tried',
    smallFiles,
    modelTexts
  }
}

describe.each(['peft', 'merged'] as const)('%s', (kind) => {
  test('a template whose end no file names: it ends where it was taught to, in every file', async () => {
    const o = await task(kind, { change: (dir) => writeFileSync(join(dir, 'chat_template.jinja'), odd) })
    expect(o.tuned.stopTokens).toEqual([4, 2])
    await writeExport(host, o)
    expect(read(o.out, 'generation_config.json')['eos_token_id']).toEqual([4, 2])
    expect(read(o.out, 'tokenizer_config.json')['eos_token']).toBe('<|user|>')
    if (kind === 'merged') expect(read(o.out, 'config.json')['eos_token_id']).toEqual([4, 2])
    expect((await SecondReader.open(o.out, modelTexts)).ends).toEqual([4, 2])
  })

  test('a base without a template carries the plain one that it was taught with', async () => {
    const o = await task(kind, { change: (dir) => rmSync(join(dir, 'chat_template.jinja')) })
    await writeExport(host, o)
    const template = readFileSync(join(o.out, 'chat_template.jinja'), 'utf8')
    expect(read(o.out, 'tokenizer_config.json')['chat_template']).toBe(template)
    const reader = await SecondReader.open(o.out, modelTexts)
    expect(await reader.prompt([user('q')])).toEqual(await o.tuned.modelText.prompt([user('q')]))
    expect(new ChatTemplate(template, { eos_token: '</s>' }).render([user('q')], true)).toBe('q\n')
  })

  test('of two templates that differ the used one is carried in both places', async () => {
    const other = (dir: string): void => change(dir, 'tokenizer_config.json', { chat_template: odd })
    const o = await task(kind, { change: other })
    expect(o.tuned.model.hasOtherTemplate).toBe(true)
    await writeExport(host, o)
    expect(read(o.out, 'tokenizer_config.json')['chat_template']).toBe(o.tuned.model.chatTemplate)
    expect((await readModel(kind === 'merged' ? o.out : o.tuned.model.dir)).hasOtherTemplate).toBe(
      kind === 'peft'
    )
  })

  test('where the tokenizer’s two files disagree on marks for spaces, the one that was followed is carried', async () => {
    const other = (dir: string): void => {
      change(dir, 'tokenizer.json', { normalizer: { type: 'Prepend', prepend: '▁' } })
      change(dir, 'tokenizer_config.json', { tokenizer_class: 'LlamaTokenizer', legacy: false })
    }
    const o = await task(kind, { change: other })
    expect(isReadOtherwise(o.tuned.modelText.marks, o.tuned.model.halfFollowed)).toBe(true)
    await writeExport(host, o)
    expect(read(o.out, 'tokenizer_config.json')).toMatchObject({ legacy: true, add_prefix_space: true })
  })

  test('the system prompt stands in the template, and gives way to another one', async () => {
    const systemPrompt = 'Be "kind".\n敬語で\\答える。'
    const o = await task(kind, { systemPrompt })
    await writeExport(host, o)
    const reader = await SecondReader.open(o.out, modelTexts)
    const { modelText } = o.tuned
    for (const messages of [
      [user('q')],
      [user('q'), { role: 'assistant', content: 'a' } as const, user('r')]
    ])
      expect(await reader.prompt(messages)).toEqual(
        await modelText.prompt(withSystem(messages, systemPrompt))
      )
    const own: Message[] = [{ role: 'system', content: 'Other.' }, user('q')]
    expect(await reader.prompt(own)).toEqual(await modelText.prompt(own))
  })

  test.each<[string, (dir: string) => void]>([
    [
      'a list of named templates',
      (dir) => {
        const template = readFileSync(join(dir, 'chat_template.jinja'), 'utf8')
        rmSync(join(dir, 'chat_template.jinja'))
        const list = [
          { name: 'tool_use', template: 'x' },
          { name: 'default', template }
        ]
        change(dir, 'tokenizer_config.json', { chat_template: list })
      }
    ],
    [
      'special tokens that only the map names',
      (dir) => {
        const { bos_token, eos_token, ...rest } = read(dir, 'tokenizer_config.json')
        writeFileSync(join(dir, 'tokenizer_config.json'), JSON.stringify(rest))
        writeFileSync(join(dir, 'special_tokens_map.json'), JSON.stringify({ bos_token, eos_token }))
      }
    ],
    [
      'no template, and an end that only the numbers name',
      (dir) => {
        rmSync(join(dir, 'chat_template.jinja'))
        const { eos_token: _, ...rest } = read(dir, 'tokenizer_config.json')
        writeFileSync(join(dir, 'tokenizer_config.json'), JSON.stringify(rest))
      }
    ],
    [
      'neither tokenizer_config.json nor generation_config.json',
      (dir) => {
        rmSync(join(dir, 'tokenizer_config.json'))
        rmSync(join(dir, 'generation_config.json'))
      }
    ]
  ])('%s: read as it was taught', async (_name, prepare) => {
    const o = await task(kind, { change: prepare })
    const { check } = await writeExport(host, o)
    expect(check.answers).toEqual({ asked: 1, changed: 0 })
    const reader = await SecondReader.open(o.out, modelTexts)
    const talk: Message[] = [user('q'), { role: 'assistant', content: 'a' }, user('r')]
    expect(await reader.prompt(talk)).toEqual(await o.tuned.modelText.prompt(talk))
    expect(reader.ends).toEqual([2])
  })

  test('what would end otherwise, or ask otherwise, is not kept', async () => {
    const cases: readonly [string, (dir: string) => void][] = [
      ['EXPORT_ENDS_OTHERWISE', (dir) => change(dir, 'generation_config.json', { eos_token_id: 3 })],
      ['EXPORT_ASKS_OTHERWISE', (dir) => writeFileSync(join(dir, 'chat_template.jinja'), `${odd} `)]
    ]
    for (const [code, spoil] of cases) {
      const o = await task(kind)
      // at the last call before it is read: everything has been written
      const caller = after('open', 2, spoil)
      await expect(writeExport(caller, o)).rejects.toMatchObject({ code, details: { target: o.out } })
      expect(existsSync(o.out)).toBe(false)
    }
  })
})

/** Spoils the folder that is opened for the nth time. */
function after(call: TrainerCallName, nth: number, spoil: (dir: string) => void): TrainerCaller {
  let calls = 0
  return {
    async call<C extends TrainerCallName>(name: C, args: TrainerCalls[C]['args']) {
      if (name === call && ++calls === nth) {
        const { adapterDir, modelDir } = args as { adapterDir?: string; modelDir: string }
        spoil(adapterDir ?? modelDir)
      }
      return host.call(name, args)
    }
  }
}

test('an adapter names its base by a path that can be followed', async () => {
  const o = await task('peft')
  await writeExport(host, o)
  const base = read(o.out, 'adapter_config.json')['base_model_name_or_path']
  expect(base).toBe(o.tuned.model.dir)
  expect((await readModel(String(base))).name).toBe(o.tuned.model.name)
})

test('a head of its own beside a config that says tied: merged with it, and said to be untied', async () => {
  const own = (dir: string): void =>
    change(dir, 'config.json', { tie_word_embeddings: true, architectures: null })
  const o = await task('merged', { change: own })
  await writeExport(host, o)
  expect(readSafetensors(join(o.out, 'model.safetensors')).has('lm_head.weight')).toBe(true)
  expect(read(o.out, 'config.json')).toMatchObject({
    tie_word_embeddings: false,
    architectures: ['LlamaForCausalLM']
  })
})

test('a greedy answer that rounding changes is counted, one that it does not is not', async () => {
  // every token has the same score but for two, by less than BF16 can hold: the first of all wins where they are equal
  const near = (dir: string): void => {
    const file = join(dir, 'model.safetensors')
    const tensors = new Map<string, Tensor>(readSafetensors(file))
    const head = tensors.get('lm_head.weight') as Tensor
    const [rows = 0, width = 0] = head.shape
    const first = Float32Array.from(floats(head).subarray(0, width), (value) =>
      Math.fround(Math.round(value * 64) / 64)
    )
    const factor = (row: number): number => (row === 200 ? 1 + 1e-4 : row === 201 ? 1 - 1e-4 : 1)
    const values = Array.from({ length: rows }, (_, row) =>
      Array.from(first, (value) => value * factor(row))
    ).flat()
    tensors.set('lm_head.weight', float32(values, head.shape))
    writeSafetensors(file, tensors)
  }
  const rounded = await writeExport(host, await task('merged', { change: near, dtype: 'BF16' }))
  expect(rounded.check.answers).toEqual({ asked: 1, changed: 1 })
  const exact = await writeExport(host, await task('merged', { change: near, dtype: 'F32' }))
  expect(exact.check.answers).toEqual({ asked: 1, changed: 0 })
})

test('the default system prompt leaves a template’s own words alone', () => {
  for (const source of [
    '{% for m in messages %}{{ m.content }}|{% endfor %}',
    '\n{{ messages[0].content }}'
  ]) {
    const render = (messages: readonly Message[]): string =>
      new ChatTemplate(withDefaultSystem(source, 'S'), {}).render(messages)
    const plain = (messages: readonly Message[]): string => new ChatTemplate(source, {}).render(messages)
    expect(render([user('q')])).toBe(plain([{ role: 'system', content: 'S' }, user('q')]))
  }
  expect(withDefaultSystem('x', '')).toBe('x')
})
