// Several tasks at once on the command line, as real processes on a tiny model: answers and sorted texts from two files learnt
// by one adapter with a head beside the language head; paused and resumed to the same bits, talked to, asked for labels, and
// taken home; and what cannot be is refused by name.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSafetensors, tensorOf } from '../fixtures/safetensors'
import { neiro } from '../fixtures/neiro-cli'
import { folderBytes } from '../trainer/run-fixture'
import { Desk, eventsIn, only } from './desk'

const desk = new Desk()
const mails = join(desk.place, 'mails.csv')
const run = join(desk.place, 'both')
const rows = Array.from({ length: 24 }, (_, at) =>
  at % 2 === 0 ? `refund order ${at} please,returns` : `where is my parcel ${at},delivery`
)
writeFileSync(mails, `text,label\n${rows.join('\n')}\n`)
afterAll(() => desk.remove())

const steps = ['--max-steps', '24', '--learning-rate', '2e-2', '--batch-size', '8', '--seed', '3']
const tune = (out: string, ...data: string[]): string[] => [
  ...['tune', '--model', desk.model, '--method', 'multi-task', '--data', ...data],
  ...['--max-seq-length', '64', '--lora-rank', '4', '--threads', '1', ...steps, '--out', out]
]
beforeAll(async () => {
  const { status, stderr, events } = await neiro(
    [...tune(run, desk.faq, mails), '--label-weight', '2'],
    desk.env
  )
  if (status !== 0) throw new Error(stderr)
  const figures = only(events, 'evaluation').map(
    (line) => line['figures'] as unknown as Record<string, number>
  )
  expect(figures.at(-1)?.['loss']).toBeLessThan(figures[0]?.['loss'] ?? 0)
  expect(figures.at(-1)?.['accuracy']).toBeGreaterThan(0.9)
})

test('paused and resumed it is the same to the bit, its head too', async () => {
  const dir = join(desk.place, 'paused')
  const paused = await desk.person([...tune(dir, desk.faq, mails), '--label-weight', '2'], {
    interruptAt: ['step 1']
  })
  expect(paused.status, paused.stderr).toBe(130)
  const resumed = await neiro(['tune', '--resume', dir], desk.env)
  expect(resumed.status, resumed.stderr).toBe(0)
  const bytes = await folderBytes(dir, 'adapter')
  expect(Object.keys(bytes)).toContain('heads.safetensors')
  expect(bytes).toEqual(await folderBytes(run, 'adapter'))
})

test('it answers, and says labels of texts', async () => {
  const ask = ['--prompt', '質問1は', '--temperature', '0', '--max-new-tokens', '6']
  const said = await neiro(['chat', '--run', run, ...ask], desk.env)
  expect(said.status, said.stderr).toBe(0)
  const sort = async (text: string): Promise<unknown> => {
    const { status, stdout, stderr } = await desk.person(['classify', '--run', run, text, '--json'])
    expect(status, stderr).toBe(0)
    return eventsIn(stdout)
  }
  expect(JSON.stringify(await sort('refund order 7 please'))).toContain('"said":["returns"]')
  expect(JSON.stringify(await sort('where is my parcel 8'))).toContain('"said":["delivery"]')
})

test('taken home, the head goes with it, with its labels', async () => {
  const out = join(desk.place, 'taken')
  const { status, stderr } = await neiro(['export', 'merged', '--run', run, '--out', out], desk.env)
  expect(status, stderr).toBe(0)
  expect(existsSync(join(out, 'model.safetensors'))).toBe(true)
  const head = tensorOf(readSafetensors(join(out, 'heads.safetensors')), 'labels.weight')
  expect(head.shape).toEqual([2, 64])
  expect(JSON.parse(readFileSync(join(out, 'labels.json'), 'utf8'))).toMatchObject({
    labels: ['delivery', 'returns']
  })
})

test('one task alone is refused, whichever it is', async () => {
  for (const [file, code] of [
    [desk.faq, 'NO_LABELS'],
    [mails, 'NO_ANSWERS_BESIDE']
  ] as const) {
    const out = join(desk.place, 'no-run')
    const { status, events } = await neiro(tune(out, file), desk.env)
    expect(status).not.toBe(0)
    expect(only(events, 'error')[0]).toMatchObject({ code })
    expect(existsSync(out)).toBe(false)
  }
})
