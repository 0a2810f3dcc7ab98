// The command line as real processes on a tuned tiny model: eval, chat, export.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import type { EvaluationResult } from '../../main/contract/evaluation'
import { Desk, eventsIn, only } from './desk'

const desk = new Desk()
beforeAll(() => desk.train())
afterAll(() => desk.remove())

describe('eval', () => {
  test('asks ways without training the same questions, says where passages come from, and writes a report', async () => {
    const report = join(desk.run, 'report.html')
    const args = ['eval', '--run', desk.run, '--limit', '1', '--prompt', 'Be kind.', '--examples', '2']
    const more = ['--documents', desk.faq, '--retrieval', '1', '--forbidden', 'x', '--report', report]
    const { events, status, stderr } = await neiro([...args, ...more], desk.env)
    expect(status, stderr).toBe(0)
    const answer = events.find(({ event }) => event === 'answer') as unknown as {
      others: readonly { kind: string; text: string; sources: readonly string[] }[]
    }
    expect(answer.others.map(({ kind }) => kind)).toEqual(['prompt', 'examples', 'retrieval'])
    expect(answer.others[1]?.sources.length).toBeGreaterThan(0)
    expect(answer.others[2]?.sources[0]).toContain('faq')
    const result = events.find(({ event }) => event === 'result') as unknown as EvaluationResult
    expect(result.candidates.map(({ candidate }) => candidate.kind)).toEqual([
      ...['base', 'prompt', 'examples', 'retrieval', 'tuned']
    ])
    expect(result.verdict?.code).toBe('few')
    expect(readFileSync(report, 'utf8')).toContain('<!doctype html>')
    // the same command again asks nothing: every answer is there
    const again = await neiro([...args, ...more], desk.env)
    expect(again.events.find(({ event }) => event === 'result')).toEqual(
      events.find(({ event }) => event === 'result')
    )
  }, 120_000)

  test('a run on what it held out; the same by its adapter folder', async () => {
    const byRun = await neiro(['eval', '--run', desk.run, '--limit', '1', '--max-new-tokens', '6'], desk.env)
    const [scores] = only(byRun.events, 'scores')
    expect(scores, byRun.stderr).toMatchObject({
      base: { examples: 2 },
      tuned: { exact: { total: 1 } }
    })
    const args = ['eval', '--adapter', join(desk.run, 'adapter'), '--limit', '1', '--max-new-tokens', '6']
    expect(only((await neiro(args, desk.env)).events, 'scores')).toEqual([scores])
  })

  test('asks what the run itself kept out, whatever has become of its data; asked again, it asks nothing', async () => {
    const args = ['eval', '--run', desk.run, '--max-new-tokens', '4']
    const kept = readFileSync(join(desk.run, 'data/held-out.jsonl'), 'utf8')
    const data = readFileSync(desk.faq, 'utf8')
    // split anew, these rows would hold out others, and none of the old ones
    writeFileSync(
      desk.faq,
      `質問,回答\n${Array.from({ length: 9 }, (_, at) => `別の質問${at},別の答え`).join('\n')}\n`
    )
    try {
      const { events, stderr } = await neiro(args, desk.env)
      const asked = only(events, 'answer').map(({ question }) => String(question))
      expect(asked, stderr).toHaveLength(2)
      for (const question of asked) expect(kept).toContain(question)
      const sheets = join(desk.run, 'evaluations')
      const texts = (): string[] =>
        readdirSync(sheets).map((name) => readFileSync(join(sheets, name, 'items.jsonl'), 'utf8'))
      const before = texts()
      expect(only((await neiro(args, desk.env)).events, 'answer')).toEqual(only(events, 'answer'))
      expect(texts()).toEqual(before)
    } finally {
      writeFileSync(desk.faq, data)
    }
  })

  test('of data that is named, says how much the run has learnt from', async () => {
    const args = ['eval', '--run', desk.run, '--data', desk.faq, '--limit', '0']
    const { events, stderr } = await neiro(args, desk.env)
    expect(only(events, 'scores')[0], stderr).toMatchObject({
      seen: { of: 20, exact: 18 },
      base: { examples: 20 }
    })
    expect((await desk.person([...args, '--lang', 'en'])).stderr).toContain(
      'of the 20 held-out examples are the same as a training example, or nearly'
    )
    const plain = ['eval', '--model', desk.model, '--data', desk.faq, '--limit', '0']
    expect(only((await neiro(plain, desk.env)).events, 'scores')[0]).toMatchObject({
      seen: null,
      tuned: null
    })
  })

  test('side by side for people, in both languages', async () => {
    const ja = await desk.person([
      'eval',
      '--run',
      desk.run,
      '--limit',
      '1',
      '--max-new-tokens',
      '6',
      '--lang',
      'ja'
    ])
    expect(ja.stdout).toMatch(/もとのモデル +│ 学んだモデル/)
    expect(ja.stdout).toContain('パープレキシティ')
    const en = await desk.person([
      'eval',
      '--model',
      desk.model,
      '--data',
      desk.faq,
      '--limit',
      '1',
      '--max-new-tokens',
      '6'
    ])
    expect(en.stdout).toMatch(/base model +│ expected/)
    expect(en.stdout).toContain('20 examples of the data you gave')
  })
})

describe('chat', () => {
  test('one question: pieces joined are the answer; greedy twice is the same', async () => {
    const args = [
      'chat',
      '--run',
      desk.run,
      '--prompt',
      '送料は',
      '--max-new-tokens',
      '12',
      '--temperature',
      '0'
    ]
    const [first, second] = [await neiro(args, desk.env), await neiro(args, desk.env)]
    const pieces = only(first.events, 'piece')
      .map((event) => event['text'])
      .join('')
    expect(only(first.events, 'answer')[0], first.stderr).toMatchObject({ text: pieces })
    expect(only(second.events, 'answer')).toEqual(only(first.events, 'answer'))
    const base = await neiro([...args, '--base'], desk.env)
    expect(only(base.events, 'opened')[0]).toMatchObject({ adapter: null })
  })

  test('lines from a pipe, one answer each; /base and /clear are no questions', async () => {
    const { stdout, status } = await desk.person(
      ['chat', '--run', desk.run, '--max-new-tokens', '3', '--json'],
      {
        input: 'one\n\n/base\n/clear\ntwo\n/exit\nnever\n'
      }
    )
    const events = eventsIn(stdout)
    expect([status, only(events, 'answer').length]).toEqual([0, 2])
  })

  test('Ctrl-C ends the answer', async () => {
    const args = [
      'chat',
      '--model',
      desk.model,
      '--prompt',
      'a',
      '--max-new-tokens',
      '200',
      '--temperature',
      '1',
      '--seed',
      '1',
      '--json'
    ]
    const { status, stdout } = await desk.person(args, { interruptAt: ['"piece"'] })
    const [answer] = eventsIn(stdout).filter(({ event }) => event === 'answer')
    // a random model may reach its end first; then it was not cut
    expect([answer?.['finished'], status]).toEqual(
      answer?.['finished'] === 'cancelled' ? ['cancelled', 130] : [expect.any(String), 0]
    )
  })
})

describe('export', () => {
  test('peft and merged, compared and said so; a folder in the way is kept', async () => {
    for (const kind of ['peft', 'merged']) {
      const out = join(desk.place, `export-${kind}`)
      const done = await desk.person(['export', kind, '--run', desk.run, '--out', out, '--lang', 'ja'])
      expect(done.status, done.stderr).toBe(0)
      expect(done.stdout).toContain('手元のモデルと')
      expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('お手本 18件')
      const again = await neiro(['export', kind, '--run', desk.run, '--out', out], desk.env)
      expect([again.status, again.error?.code]).toEqual([1, 'TARGET_EXISTS'])
      const forced = await neiro(['export', kind, '--run', desk.run, '--out', out, '--force'], desk.env)
      expect(only(forced.events, 'exported')[0]).toMatchObject({ kind, dir: out })
    }
    // both are listed, newest first; a folder that is gone is not
    const listed = await neiro(['export', 'list', '--run', desk.run], desk.env)
    expect(only(listed.events, 'export').map(({ kind }) => kind)).toEqual(['merged', 'peft'])
    rmSync(join(desk.place, 'export-peft'), { recursive: true })
    const shown = await desk.person(['export', 'list', '--run', desk.run])
    expect(shown.stdout).toContain(join(desk.place, 'export-merged'))
    expect(shown.stdout).not.toContain('export-peft')
    // what was merged is a model like any other
    const { status } = await neiro(
      ['eval', '--model', join(desk.place, 'export-merged'), '--data', desk.faq, '--limit', '0'],
      desk.env
    )
    expect(status).toBe(0)
  })

  test('of a run that held nothing out; the adapter finds its base by itself', async () => {
    const run = join(desk.place, 'nothing-held-out')
    const tuned = await neiro(
      desk.tuneArgs(
        '--out',
        run,
        '--held-out-ratio',
        '0',
        '--max-steps',
        '2',
        '--system-prompt',
        'ていねいに。'
      ),
      desk.env
    )
    expect(tuned.status, tuned.stderr).toBe(0)
    expect(existsSync(join(run, 'prepared/held-out.safetensors'))).toBe(false)
    const own = readFileSync(join(run, 'adapter/adapter_config.json'), 'utf8')
    expect(JSON.parse(own)).toMatchObject({ base_model_name_or_path: desk.model })
    for (const kind of ['peft', 'merged']) {
      const out = join(desk.place, `all-learnt-${kind}`)
      const done = await neiro(['export', kind, '--run', run, '--out', out], desk.env)
      expect(done.status, done.stderr).toBe(0)
      expect(only(done.events, 'exported')[0]).toMatchObject({ check: { answers: { asked: 2 } } })
      expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('20 examples')
      expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('ていねいに。')
    }
    const asked = ['--prompt', 'a', '--max-new-tokens', '2', '--temperature', '0']
    const adapter = ['chat', '--adapter', join(desk.place, 'all-learnt-peft'), ...asked]
    const { status, stderr } = await neiro(adapter, desk.env)
    expect(status, stderr).toBe(0)
  })

  test('mistakes', async () => {
    const code = async (...args: string[]): Promise<unknown[]> => {
      const { status, error } = await neiro(['export', ...args], desk.env)
      return [status, error?.code]
    }
    expect(await code('pfet', '--run', desk.run, '--out', 'x')).toEqual([2, 'UNKNOWN_EXPORT'])
    expect(await code('peft', '--run', desk.run)).toEqual([2, 'ARGUMENT_MISSING'])
    expect(await code('list')).toEqual([2, 'ARGUMENT_MISSING'])
    expect(await code('peft', '--model', desk.model, '--out', 'x')).toEqual([2, 'ADAPTER_NOT_SAID'])
    expect(await code('peft', '--model', desk.model, '--adapter', desk.model, '--out', 'x')).toEqual([
      1,
      'NO_ADAPTER_FOLDER'
    ])
    expect(await code('peft', '--run', 'nothing-like-it', '--out', 'x')).toEqual([1, 'NO_SUCH_RUN'])
    expect(existsSync('x')).toBe(false)
  })
})
