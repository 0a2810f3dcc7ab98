// Documents gone on with on the command line, as real processes on a tiny model: an adapter, and all weights; paused, resumed,
// taken home; and a table that says nothing of which column is text.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, only } from './desk'

const desk = new Desk()
const documents = join(desk.place, 'manuals')
beforeAll(() => {
  mkdirSync(documents)
  for (let at = 0; at < 6; ++at) {
    const lines = Array.from(
      { length: 12 },
      (_, line) => `第${line}条　規程${at}の${line}番目の決まりである。`
    )
    writeFileSync(join(documents, `manual-${at}.txt`), `${lines.join('\n')}\n`)
  }
})
afterAll(() => desk.remove())

const steps = ['--max-steps', '6', '--max-seq-length', '64', '--threads', '1', '--learning-rate', '5e-3']
const tune = (method: string, out: string): string[] => [
  ...['tune', '--model', desk.model, '--data', documents, '--method', method],
  ...[...steps, '--seed', '3', '--out', out]
]

describe.each([
  ['continued', 'adapter'],
  ['continued-full', 'model']
] as const)('%s', (method, result) => {
  const run = join(desk.place, `${method}-run`)

  test('learns what comes next, and paused and resumed ends with the same bits', async () => {
    const { status, stderr, events } = await neiro(tune(method, run), desk.env)
    expect(status, stderr).toBe(0)
    expect(only(events, 'finished')[0]).toMatchObject({ step: 6, result: join(run, result) })
    const losses = only(events, 'evaluation').map(
      (line) => (line['figures'] as unknown as { loss: number }).loss
    )
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
    const dir = join(desk.place, `${method}-paused`)
    const paused = await desk.person(tune(method, dir), { interruptAt: ['step 2'] })
    expect(paused.status, paused.stderr).toBe(130)
    const resumed = await neiro(['tune', '--resume', dir], desk.env)
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(await folderBytes(dir, result)).toEqual(await folderBytes(run, result))
  })

  test('goes on with a text, and is taken home', async () => {
    const ask = ['--continue', '第1条', '--temperature', '0', '--max-new-tokens', '6']
    const said = await neiro(['chat', '--run', run, ...ask], desk.env)
    expect(said.status, said.stderr).toBe(0)
    const out = join(desk.place, `${method}-home`)
    const { status, stderr } = await neiro(['export', 'merged', '--run', run, '--out', out], desk.env)
    expect(status, stderr).toBe(0)
    expect(existsSync(join(out, 'model.safetensors'))).toBe(true)
  })
})

describe('a table', () => {
  const refused = async (name: string, text: string, ...more: string[]): Promise<void> => {
    const file = join(desk.place, name)
    writeFileSync(file, text)
    const out = join(desk.place, `${name}-run`)
    const args = [
      'tune',
      '--model',
      desk.model,
      '--data',
      file,
      '--method',
      'continued',
      '--out',
      out,
      ...more
    ]
    const { status, stderr } = await desk.person(args)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/--column/)
    expect(stderr).toMatch(/text/)
    expect(existsSync(out)).toBe(false)
  }
  const rows = Array.from(
    { length: 8 },
    (_, at) => `質問${at}はどうしますか。,答えは${at}番の決まりによります。`
  )

  test('of questions and answers is refused, and the way out is named', async () => {
    await refused('asked.csv', `質問,回答\n${rows.join('\n')}\n`)
  })

  test('without a header, too', async () => {
    await refused('bare.csv', `${rows.join('\n')}\n`)
  })

  test('whose column is named is learnt from', async () => {
    const file = join(desk.place, 'named.csv')
    writeFileSync(file, `質問,回答\n${rows.join('\n')}\n`)
    const out = join(desk.place, 'named-run')
    const args = ['tune', '--model', desk.model, '--data', file, '--method', 'continued', '--out', out]
    const { status, stderr } = await neiro([...args, ...steps, '--column', 'text=回答'], desk.env)
    expect(status, stderr).toBe(0)
  })
})
