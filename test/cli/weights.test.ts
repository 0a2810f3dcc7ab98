// Data sets with weights on the command line: what is learnt of a file comes as often as said, by flag and by recipe, and a
// name that is none of the files is refused.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { neiro } from '../fixtures/neiro-cli'
import { Desk, only, small } from './desk'

const desk = new Desk()
afterAll(() => desk.remove())

const other = join(desk.place, 'other.csv')
const rows = Array.from({ length: 10 }, (_, at) => `別の質問${at}は,別の答え${at}です。`)
writeFileSync(other, `質問,回答\n${rows.join('\n')}\n`)
const held = join(desk.place, 'held.csv')
writeFileSync(held, '質問,回答\n確かめる質問は,答えです。\n')

const data = ['--model', desk.model, '--data', desk.faq, other, '--held-out', held]
const short = [...small, '--max-steps', '1']

test('a file counts as often as its weight says, by flag and by recipe, and a run keeps it so', async () => {
  const out = join(desk.place, 'weighed')
  const weights = ['--weight', 'other.csv=3', '--weight', 'faq.csv=0.5']
  const { status, stderr, events } = await neiro(
    ['tune', ...data, ...short, ...weights, '--out', out],
    desk.env
  )
  expect(status, stderr).toBe(0)
  // 20 of the one, 10 of the other
  expect(only(events, 'prepared')[0]).toMatchObject({ train: 10 + 30, heldOut: 1 })
  // its own files hold them so, and its recipe counts them no second time
  const again = await neiro(['tune', join(out, 'recipe.yaml'), '--out', join(desk.place, 'again')], desk.env)
  expect(only(again.events, 'prepared')[0], again.stderr).toMatchObject({ train: 40 })
  const recipe = join(desk.place, 'own.yaml')
  const files = `data: [${desk.faq}, ${other}]\nheld_out: [${held}]`
  writeFileSync(recipe, `name: own\nmodel: ${desk.model}\n${files}\nweights: { other.csv: 2 }\n`)
  const said = await neiro(['tune', recipe, ...short, '--out', join(desk.place, 'own')], desk.env)
  expect(only(said.events, 'prepared')[0], said.stderr).toMatchObject({ train: 20 + 20 })
})

test('a name that is none of the files, and a weight that is none, are refused', async () => {
  const out = join(desk.place, 'no-run')
  const refused = async (weight: string): Promise<unknown> => {
    const { status, events } = await neiro(
      ['tune', ...data, ...short, '--weight', weight, '--out', out],
      desk.env
    )
    expect(status).not.toBe(0)
    expect(existsSync(out)).toBe(false)
    return only(events, 'error')[0]
  }
  expect(await refused('fag.csv=2')).toMatchObject({
    code: 'WEIGHT_OF_NO_FILE',
    details: { name: 'fag.csv' }
  })
  expect(await refused('faq.csv=-1')).toMatchObject({ code: 'WRONG_FLAG_VALUE' })
  expect(await refused('faq.csv')).toMatchObject({ code: 'WRONG_FLAG_VALUE' })
})
