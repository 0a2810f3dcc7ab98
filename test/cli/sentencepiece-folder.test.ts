// A model whose folder has its tokenizer as a SentencePiece model alone, the whole way by the command line: tuned, spoken
// with, exported as a folder that others open, and as a GGUF file that says what it cannot keep.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readModelProto } from '../../main/services/tokens/sentencepiece/model-proto'
import { randomModel } from '../bench/random-model'
import { neiro, type CliResult } from '../fixtures/neiro-cli'

const place = mkdtempSync(join(tmpdir(), 'neiro-sentencepiece-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const run = async (...args: readonly string[]): Promise<CliResult> => {
  const result = await neiro([...args, '--lang', 'en'], { NEIRO_HOME: join(place, 'home') })
  expect(result.status, result.stderr).toBe(0)
  return result
}

const proto = join(import.meta.dirname, '../services/tokens/sentencepiece/uni-id.model')
const template =
  "{{ bos_token }}{% for message in messages %}{% if message.role == 'user' %}問{{ message.content }}" +
  '{% else %}答{{ message.content }}{{ eos_token }}{% endif %}{% endfor %}{% if add_generation_prompt %}答{% endif %}'

let model = ''
beforeAll(async () => {
  const { pieces } = readModelProto(readFileSync(proto))
  model = randomModel(
    {
      ...{ name: 'spoken', modelType: 'llama', hidden: 64, intermediate: 128, layers: 2, heads: 4 },
      ...{
        kvHeads: 2,
        headDim: 16,
        vocab: pieces.length,
        tied: false,
        theta: 10_000,
        positions: 256,
        epsilon: 1e-6
      }
    },
    place
  )
  copyFileSync(proto, join(model, 'tokenizer.model'))
  const config = {
    bos_token: '<s>',
    eos_token: '</s>',
    unk_token: '<unk>',
    add_bos_token: true,
    chat_template: template
  }
  writeFileSync(join(model, 'tokenizer_config.json'), JSON.stringify(config))
  const rows = Array.from({ length: 8 }, (_, at) => `送料は${at}円ですか。,${at}円でございます。`)
  writeFileSync(join(place, 'faq.csv'), `質問,回答\n${rows.join('\n')}\n`)
  await run(
    'tune',
    '--model',
    model,
    '--data',
    join(place, 'faq.csv'),
    '--out',
    join(place, 'run'),
    '--max-steps',
    '4'
  )
}, 60_000)

test('answers in words of its own pieces', async () => {
  const { events } = await run(
    'chat',
    '--run',
    join(place, 'run'),
    '--prompt',
    '送料は',
    '--max-new-tokens',
    '6'
  )
  expect(events.find(({ event }) => event === 'answer')).toMatchObject({ tokens: expect.any(Number) })
}, 60_000)

test('is exported with the tokenizer that was made of it beside the one that it had', async () => {
  await run('export', 'merged', '--run', join(place, 'run'), '--out', join(place, 'merged'), '--dtype', 'f32')
  expect(readdirSync(join(place, 'merged'))).toEqual(
    expect.arrayContaining(['tokenizer.json', 'tokenizer.model', 'tokenizer_config.json'])
  )
}, 60_000)

test('as a GGUF file, says that text may be cut otherwise there: in its record, in the card and on the audit sheet', async () => {
  const { events } = await run('export', 'gguf', '--run', join(place, 'run'), '--out', join(place, 'gguf'))
  const exported = events.find(({ event }) => event === 'exported') as unknown as { check: { text: string } }
  expect(exported.check.text).toBe('near')
  for (const name of ['README.md', 'AUDIT.md'])
    expect(readFileSync(join(place, 'gguf', name), 'utf8')).toContain('may be cut otherwise')
}, 60_000)
