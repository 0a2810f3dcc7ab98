// The command line as real processes on a tiny model: data, tune, plan, runs, and its own manners. What each
// says, in events and in both languages, and what it leaves behind.
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MemoryPlan } from '../../addon/index'
import type { Figures } from '../../main/contract/figures'
import { wordsOf } from '../../main/words/errors'
import { fitOf } from '../../main/services/runs/fit'
import type { RunPlan } from '../../main/services/runs/planner'
import { neiro, type CliEvent } from '../fixtures/neiro-cli'
import { tinyModel } from '../fixtures/tiny-model'
import type { AdapterConfig } from '../golden-runner/cases'
import { Desk, only, small } from './desk'
import { runNeiro } from './neiro-process'

const desk = new Desk()
beforeAll(() => desk.train())
afterAll(() => desk.remove())

describe('data', () => {
  test('what was recognised and refused, in the language of the locale', async () => {
    const ja = await desk.person(['data', desk.faq], { env: { LC_ALL: 'ja_JP.UTF-8' } })
    expect(ja.status).toBe(0)
    expect(ja.stdout).toContain('質問と回答')
    expect(ja.stdout).toContain('お手本 20組、使えない行 1 行')
    const en = await desk.person(['data', desk.faq, '--lang', 'en'], { env: { LC_ALL: 'ja_JP.UTF-8' } })
    expect(en.stdout).toContain('20 examples, 1 row not used')
    expect(en.stdout).toContain('faq.csv:22')
  })

  test('what the data room says of a file is said here: language, doubts, files of no use', async () => {
    const odd = join(desk.place, 'odd-names.csv')
    writeFileSync(odd, 'お客様からのご質問欄,弊社の回答欄\nいつ届きますか,明日です\n返品は,できます\n')
    const empty = join(desk.place, 'prices.csv')
    writeFileSync(empty, '品名,値段\n傘,500\n')
    const { stdout, stderr, status } = await desk.person(['data', odd, empty, '--lang', 'en'])
    expect(stdout).toContain('Language: Japanese')
    expect(stdout).toContain('Read as: fairly certain: Worked out from the column names.')
    expect(`${stdout}${stderr}`).toContain('prices.csv')
    expect(stdout).toContain('2 examples')
    expect(status).toBe(1)
  })

  test('refused rows are saved for a spreadsheet and for a program', async () => {
    for (const ending of ['csv', 'jsonl']) {
      const file = join(desk.place, `refused.${ending}`)
      expect((await desk.person(['data', desk.faq, '--save-refused', file])).status).toBe(0)
      const text = readFileSync(file, 'utf8')
      // for people the reason as a sentence, for programs its code too
      expect(text.includes('EMPTY_ANSWER')).toBe(ending === 'jsonl')
      expect(text).toContain('空の答え')
      expect(text.startsWith('\uFEFF')).toBe(ending === 'csv')
    }
  })

  test('refused rows are listed and saved where they are all there is', async () => {
    const bad = join(desk.place, 'bad.csv')
    writeFileSync(bad, 'question,answer\nq,\nr,nan\n')
    const file = join(desk.place, 'all-refused.jsonl')
    const { status, stdout, stderr } = await desk.person(['data', bad, '--save-refused', file])
    expect(status).not.toBe(0)
    const rows = readFileSync(file, 'utf8').trim().split('\n')
    expect(rows.map((row) => (JSON.parse(row) as { reason: string }).reason)).toEqual([
      'EMPTY_ANSWER',
      'WORD_FOR_NOTHING'
    ])
    expect(`${stdout}${stderr}`).toContain('bad.csv:3')
    expect(`${stdout}${stderr}`).not.toMatch(/\{\w+\}/)
  })

  test('examples as the model sees them, with what is learnt marked', async () => {
    const { stdout } = await desk.person(['data', desk.faq, '--show', '2', '--model', desk.model])
    expect(stdout).toContain('<s><|user|>質問0は</s><|assistant|>«答えは0です。</s>»')
    const { events } = await neiro(['data', desk.faq, '--show', '2', '--model', desk.model], desk.env)
    const [first] = only(events, 'example') as unknown as { pieces: { text: string; learnt: boolean }[] }[]
    expect(first?.pieces.filter((piece) => piece.learnt).map((piece) => piece.text)).toEqual([
      '答えは0です。</s>'
    ])
    expect(only(events, 'data')[0]).toMatchObject({ examples: 20, refused: 1 })
  })

  test('a wrong guess can be corrected: encoding and columns', async () => {
    const file = join(desk.place, 'odd.csv')
    writeFileSync(
      file,
      Buffer.from([
        0x66, 0x72, 0x61, 0x67, 0x65, 0x2c, 0x61, 0x6e, 0x74, 0x0a, 0x88, 0xc0, 0x2c, 0x88, 0xc0, 0x0a
      ])
    )
    const args = [
      'data',
      file,
      '--encoding',
      'shift_jis',
      '--column',
      'question=frage',
      '--column',
      'answer=ant',
      '--show',
      '1'
    ]
    const { events, stderr } = await neiro(args, desk.env)
    expect(only(events, 'example')[0], stderr).toMatchObject({
      messages: [
        { role: 'user', content: '安' },
        { role: 'assistant', content: '安' }
      ]
    })
  })
})

describe('tune', () => {
  test('events in order: prepared, memory, steps, checks, samples, finished', async () => {
    const { events, status } = await neiro(
      desk.tuneArgs('--max-steps', '3', '--name', '二つ目', '--question', 'q'),
      desk.env
    )
    expect(status).toBe(0)
    const names = events.map(({ event }) => event)
    expect(names[0]).toBe('prepared')
    expect(names.at(-1)).toBe('finished')
    expect(only(events, 'prepared')[0]).toMatchObject({ train: 18, heldOut: 2, refused: 1 })
    expect(only(events, 'step').map((event) => event['step'])).toEqual([1, 2, 3])
    expect(only(events, 'evaluation').length).toBeGreaterThan(1)
    expect(only(events, 'sample')[0]).toMatchObject({ question: 'q', answer: expect.any(String) })
    const { result } = events.at(-1) as unknown as { result: string }
    expect(readdirSync(result)).toContain('adapter_model.safetensors')
  })

  test('any family with the settings as they are: the model says which linear layers it has', async () => {
    const expected = {
      phi3: ['qkv_proj', 'o_proj', 'gate_up_proj', 'down_proj'],
      gemma2: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']
    }
    for (const family of ['phi3', 'gemma2'] as const) {
      const out = join(desk.place, `by-${family}`)
      const args = ['tune', '--model', tinyModel(family, desk.place), '--data', desk.faq, ...small]
      const { events, status, stderr } = await neiro([...args, '--max-steps', '2', '--out', out], desk.env)
      expect(status, stderr).toBe(0)
      const { result } = events.at(-1) as unknown as { result: string }
      const config = JSON.parse(readFileSync(join(result, 'adapter_config.json'), 'utf8')) as AdapterConfig
      expect(config.target_modules).toEqual(expected[family])
    }
    const odd = ['--model', tinyModel('phi3', desk.place), '--data', desk.faq, '--target-modules', 'q_proj']
    const refused = await neiro(['tune', ...odd, ...small], desk.env)
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('qkv_proj, o_proj, gate_up_proj, down_proj')
  })

  test('a recipe with flags on top; what the run wrote can be run again', async () => {
    const recipe = join(desk.place, 'recipe.yaml')
    writeFileSync(
      recipe,
      `model: ${JSON.stringify(desk.model)}\ndata: faq.csv\nsettings: { max_seq_length: 64, max_steps: 9 }\n`
    )
    const first = await neiro(
      ['tune', recipe, '--max-steps', '2', '--out', join(desk.place, 'by-recipe')],
      desk.env
    )
    expect(only(first.events, 'step'), first.stderr).toHaveLength(2)
    const again = await neiro(
      ['tune', join(desk.place, 'by-recipe/recipe.yaml'), '--out', join(desk.place, 'again')],
      desk.env
    )
    expect(only(again.events, 'step'), again.stderr).toHaveLength(2)
    const losses = (events: readonly CliEvent[]): unknown[] =>
      only(events, 'step').map((event) => (event['figures'] as Figures)['loss'])
    expect(losses(again.events)).toEqual(losses(first.events))
  })

  test('Ctrl-C pauses with a checkpoint and says how to go on; resumed, it ends as if nothing had been', async () => {
    const args = (out: string): string[] =>
      desk.tuneArgs(
        '--max-steps',
        '60',
        '--early-stopping-patience',
        '0',
        '--out',
        join(desk.place, out),
        '--lang',
        'ja'
      )
    const paused = await desk.person(args('paused'), { interruptAt: ['学習のフォルダー'] })
    expect([paused.status, paused.stderr]).toEqual([130, expect.any(String)])
    expect(paused.stdout).toContain('一時停止しました')
    expect(paused.stdout).toContain('neiro tune --resume paused')
    const { events } = await neiro(['runs', '--run', join(desk.place, 'paused')], desk.env)
    expect(only(events, 'run')[0]).toMatchObject({ state: 'paused' })
    expect((await desk.person(['tune', '--resume', join(desk.place, 'paused')])).status).toBe(0)
    expect((await desk.person(args('whole'))).status).toBe(0)
    const weights = (name: string): Buffer =>
      readFileSync(join(desk.place, name, 'adapter/adapter_model.safetensors'))
    expect(weights('paused').equals(weights('whole'))).toBe(true)
  })

  test('goes on where its model lies now; another model, or none, is no place to go on with', async () => {
    const moved = join(desk.place, 'moved-model')
    const dir = join(desk.place, 'with-moved')
    const from = join(desk.place, 'model-of-its-own')
    cpSync(desk.model, from, { recursive: true })
    const args = ['tune', '--model', from, '--data', desk.faq, ...small, '--max-steps', '60', '--out', dir]
    expect((await desk.person(args, { interruptAt: ['Run folder'] })).status).toBe(130)
    renameSync(from, moved)

    const lost = await neiro(['tune', '--resume', dir], desk.env)
    expect(lost.error?.code).toBe('MODEL_MOVED')
    expect(wordsOf({ code: 'MODEL_MOVED', details: {} }, 'en').hint).toContain('--resume RUN --model DIR')
    const resume = (model: string): ReturnType<typeof neiro> =>
      neiro(['tune', '--resume', dir, '--model', model], desk.env)
    expect((await resume(join(desk.place, 'nowhere'))).error?.code).toMatch(/MODEL/)

    // the same form, other weights
    const other = join(desk.place, 'other-model')
    cpSync(moved, other, { recursive: true })
    const weights = readFileSync(join(other, 'model.safetensors'))
    weights[weights.length - 1] = (weights.at(-1) ?? 0) ^ 1
    writeFileSync(join(other, 'model.safetensors'), weights)
    expect((await resume(other)).error?.code).toBe('OTHER_MODEL')

    // where it was, and no longer what it was
    const config = readFileSync(join(moved, 'config.json'), 'utf8')
    renameSync(moved, from)
    writeFileSync(join(from, 'config.json'), config.replace(/"rms_norm_eps": ?[^,]+/, '"rms_norm_eps": 0.5'))
    expect((await neiro(['tune', '--resume', dir], desk.env)).error?.code).toBe('OTHER_MODEL')
    writeFileSync(join(from, 'config.json'), config)
    renameSync(from, moved)

    const { status, stderr } = await resume(moved)
    expect([status, stderr]).toEqual([0, ''])
    expect(existsSync(join(dir, 'adapter', 'adapter_model.safetensors'))).toBe(true)
  }, 120_000)

  test('a second Ctrl-C ends at once, and the run can still be resumed', async () => {
    const dir = join(desk.place, 'killed')
    const args = desk.tuneArgs(
      '--max-steps',
      '100000',
      '--epochs',
      '1000',
      '--checkpoint-steps',
      '1',
      '--out',
      dir
    )
    const killed = await desk.person(args, { interruptAt: ['Run folder', 'Pausing'] })
    expect(killed.status).toBe(130)
    expect(killed.stdout).toContain('--resume killed')
    // it was asked for: nothing went wrong
    expect(killed.stdout + killed.stderr).not.toContain('unexpectedly')
    const { events } = await neiro(['runs', '--run', dir], desk.env)
    expect(String(only(events, 'run')[0]?.['state'])).toMatch(/interrupted|paused|waiting/)
  })

  test('Ctrl-C while the data is read leaves no run behind', async () => {
    const many = join(desk.place, 'many.jsonl')
    const rows = Array.from({ length: 20_000 }, (_, at) =>
      JSON.stringify({ question: `q${at}`, answer: `a${at}` })
    )
    writeFileSync(many, rows.join('\n'))
    const dir = join(desk.place, 'broken-off')
    const args = ['tune', '--model', desk.model, '--data', many, '--out', dir]
    const { status, stderr } = await desk.person(args, { interruptAt: ['Model:'] })
    expect([status, stderr.includes('[CANCELLED]')]).toEqual([130, true])
    expect(readdirSync(desk.place).filter((name) => name.includes('broken-off'))).toEqual([])
  })

  test('files are read as neiro data reads them with the same flags, or as the recipe says', async () => {
    const file = join(desk.place, 'shop.csv')
    const rows = Array.from({ length: 12 }, (_, at) => `${at};納期${at};いつですか${at};明日です${at}`)
    writeFileSync(file, ['社内用;2026年', '番号;件名;本文;返事', ...rows].join('\n'))
    const flags = ['--header-row', '2', '--delimiter', 'semicolon', '--split', 'mails']
    const columns = ['question=件名', 'question=本文', 'answer=返事'].flatMap((one) => ['--column', one])
    const recipe = join(desk.place, 'reading.yaml')
    writeFileSync(
      recipe,
      `model: ${JSON.stringify(desk.model)}\ndata: shop.csv\nsettings: { max_seq_length: 64, max_steps: 1 }\n` +
        'reading: { header_row: 2, columns: { question: [件名, 本文], answer: 返事 } }\n'
    )
    const byFlags = ['tune', '--model', desk.model, '--data', file, ...small, '--max-steps', '1']
    for (const [name, args] of [
      ['by-flags', [...byFlags, ...flags, ...columns]],
      ['by-reading', ['tune', recipe, '--encoding', 'utf-8']]
    ] as const) {
      const out = join(desk.place, name)
      const { events, stderr } = await neiro([...args, '--out', out], desk.env)
      expect(only(events, 'prepared')[0], stderr).toMatchObject({ train: 11, heldOut: 1 })
      const learnt = readFileSync(join(out, 'data/train.jsonl'), 'utf8')
      expect(learnt).toMatch(/納期\d+\\n\\nいつですか\d+/)
      // its own copy needs no such word
      expect(readFileSync(join(out, 'recipe.yaml'), 'utf8')).not.toContain('reading:')
    }
    const wrong = await neiro(['plan', recipe, '--column', 'answer=返信'], desk.env)
    expect([wrong.error?.code, wrong.error?.message]).toEqual([
      'NO_SUCH_COLUMN',
      expect.stringContaining('返信')
    ])
  })

  test('what a resumed run was made of cannot be changed', async () => {
    const { status, error } = await neiro(['tune', '--resume', desk.run, '--epochs', '5'], desk.env)
    expect([status, error?.code]).toEqual([2, 'FLAGS_CLASH'])
    const finished = await neiro(['tune', '--resume', desk.run], desk.env)
    expect([finished.status, finished.error?.code]).toEqual([1, 'RUN_FINISHED'])
  })
})

describe('plan', () => {
  test('memory by purpose adds up, for a model alone and for data', async () => {
    for (const data of [[], ['--data', desk.faq]]) {
      const { events, stderr } = await neiro(['plan', '--model', desk.model, ...data, ...small], desk.env)
      const [plan] = only(events, 'plan') as unknown as [
        { memory: MemoryPlan; fit: string; time: { totalSteps: number } }
      ]
      const { weights, adapter, gradients, optimizer, activations, workspace, runtime } = plan.memory
      const parts = [weights, adapter, gradients, optimizer, activations, workspace, runtime]
      expect(
        parts.reduce((sum, part) => sum + part, 0),
        stderr
      ).toBe(plan.memory.total)
      expect(plan.fit).toBe('fits')
      expect(plan.time.totalSteps > 0).toBe(data.length > 0)
    }
    const runs = join(desk.place, 'home/runs')
    expect((existsSync(runs) ? readdirSync(runs) : []).filter((name) => name.includes('plan'))).toEqual([])
  })

  test('says whether it fits, and the figures bear it out', async () => {
    const large = tinyModel('llama', desk.place)
    const config = JSON.parse(readFileSync(join(large, 'config.json'), 'utf8'))
    writeFileSync(join(large, 'config.json'), JSON.stringify({ ...config, max_position_embeddings: 131_072 }))
    for (const batchSize of ['1', '32']) {
      const args = ['plan', '--model', large, '--batch-size', batchSize, '--max-seq-length', '131072']
      const { events, stderr } = await neiro(args, desk.env)
      const [plan] = only(events, 'plan') as unknown as [RunPlan]
      const { memoryBytes, availableBytes } = plan.machine
      const figures = { needed: plan.memory.total, free: availableBytes, machine: memoryBytes }
      expect(plan.fit, stderr).toBe(fitOf(figures))
    }
  })
})

describe('runs', () => {
  test('none, then some; one by name, by folder and as the latest', async () => {
    const home = { ...desk.env, NEIRO_HOME: join(desk.place, 'home-of-nobody') }
    expect((await runNeiro(['runs'], { env: { ...home, LC_ALL: 'ja_JP.UTF-8' } })).stdout).toContain(
      '学習の記録は、まだありません'
    )
    expect((await neiro(['chat', '--run', 'latest', '--prompt', 'x'], home)).error?.code).toBe('NO_RUNS')
    const wrong = await neiro(['chat', '--run', 'nitamono', '--prompt', 'x'], desk.env)
    expect([wrong.status, wrong.error?.code]).toEqual([1, 'NO_SUCH_RUN'])
    const { events } = await neiro(['runs'], desk.env)
    const listed = only(events, 'run').find(({ name }) => name === '二つ目')
    expect(listed).toMatchObject({ state: 'finished', project: null })
    // what was put elsewhere with --out is on the list too
    expect(only(events, 'run').map(({ dir }) => dir)).toContain(join(desk.place, 'by-recipe'))
    const words = ['二つ目', String(listed?.['id']), String(listed?.['dir'])]
    for (const word of [...words, 'latest']) {
      const [one] = only((await neiro(['runs', '--run', word], desk.env)).events, 'run')
      expect(one).toMatchObject({ id: (word === 'latest' ? events[0] : listed)?.['id'] })
    }
  })
})

describe('the command line itself', () => {
  test('help, version, and mistakes with the right exit code', async () => {
    expect((await desk.person([])).stdout).toContain('neiro demo')
    expect((await desk.person(['help', 'tune'])).stdout).toEqual(
      (await desk.person(['tune', '--help'])).stdout
    )
    expect((await desk.person(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const wrong = await desk.person(['tuen', '--lang', 'ja'])
    expect([wrong.status, wrong.stdout]).toEqual([2, ''])
    expect(wrong.stderr).toMatch(/「tuen」[\s\S]*tune[\s\S]*\[UNKNOWN_COMMAND\]/)
    const flag = await desk.person(['tune', '--lerning-rate', '1'])
    expect([flag.status, flag.stderr.includes('--learning-rate')]).toEqual([2, true])
    const range = await neiro(desk.tuneArgs('--lora-rank', '0'), desk.env)
    expect([range.status, range.error?.code]).toEqual([1, 'SETTING_OUT_OF_RANGE'])
  })

  test('a misspelt setting in a recipe names its line and the right word', async () => {
    const recipe = join(desk.place, 'misspelt.yaml')
    writeFileSync(recipe, 'model: starter\ndata: sample\nsettings:\n  learnig_rate: 0.1\n')
    const { status, stderr } = await desk.person(['tune', recipe, '--lang', 'ja'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/4 行目[\s\S]*learning_rate[\s\S]*\[UNKNOWN_SETTING\]/)
  })

  test('probe says what is here', async () => {
    const { events } = await neiro(['probe', '--threads', '1'], desk.env)
    expect(only(events, 'probe')[0]).toMatchObject({ families: expect.arrayContaining(['llama']) })
    expect(Number(only(events, 'speed')[0]?.['peakGflops'])).toBeGreaterThan(0)
  })
})
