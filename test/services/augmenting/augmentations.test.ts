// Synthetic examples of a project: marked, never held out, not learnt where what they were made from is held out, capped, taken
// back by undo, and still marked after a save, a new start and a way through a file.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { usualChoices } from '../../../main/contract/augmentation'
import type { Example } from '../../../main/contract/records'
import { Augmentations } from '../../../main/services/augmenting/augmentations'
import { CheckUps } from '../../../main/services/doctor/check-ups'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { kindOf } from '../../../main/services/dataset/kinds'
import { hashOf } from '../../../main/services/dataset/kept/search-form'
import { examplesOf } from '../../../main/services/dataset/set/kept-set'
import { savedFile } from '../../../main/services/dataset/set/save-file'
import { questionKey } from '../../../main/services/dataset/set/split'
import { originHex } from '../../../main/services/dataset/set/synthetic-rows'
import { room, splitAt, writeFile, type Room } from '../dataset/project'

const goods = ['皿', '椀', '盆', '鉢', '箸', '杯', '壺', '鍋', '釜', '籠']
const rows = goods.flatMap((thing, i) => [
  `${thing}の送料を教えてください。,送料は${300 + i}円です。`,
  `急いでいるので、${thing}はいつ届きますか。,${i + 1}日で届きます。`,
  `${thing}の保証はありますか。,${i + 1}年の保証があります。`
])

const augmentationsOf = ({ data, files }: Room): Augmentations =>
  new Augmentations({
    ...{ data, files, tell: () => undefined, fileName: () => '作り足したお手本' },
    paraphraserOf: async () => async (question) =>
      question.includes('送料')
        ? question.replace('送料を教えてください。', '送料は何円になりますか。')
        : null
  })

async function begun(): Promise<Room> {
  const here = room()
  await here.add(writeFile(here.dir, 'faq.csv', `質問,回答\n${rows.join('\n')}\n`))
  return here
}

const wanted = (here: Room, choices = { ...usualChoices, share: 0.5 }) => ({
  ...{ dir: here.dir, project: 'project-1', choices }
})
const keyOf = (example: Example): string => originHex(hashOf(questionKey(example)))
const pair = (example: Example) => kindOf(example).pair(example)

describe('synthetic examples', () => {
  test('are shown as they will be, made within their share, marked, and undone', async () => {
    const here = await begun()
    const before = await splitAt(here)
    const preview = await augmentationsOf(here).preview(wanted(here))
    expect(preview.written).toBe(before.train.length)
    expect(preview.count).toBe(Math.floor(0.5 * before.train.length))
    const view = await augmentationsOf(here).apply(wanted(here))
    expect(view.synthetic).toBe(preview.count)
    expect(view.files.at(-1)?.file).toBe('作り足したお手本.jsonl')
    const { train, heldOut } = await splitAt(here)
    const made = train.filter(({ synthetic }) => synthetic)
    expect(made.length).toBe(preview.count)
    for (const { question, becomes } of preview.examples) {
      expect(made.map((one) => pair(one).question)).toContain(becomes)
      expect(before.train.map((one) => pair(one).question)).toContain(question)
    }
    // the answer is that of what it was made from
    const answers = new Map(before.train.map((one) => [keyOf(one), pair(one).answer]))
    for (const one of made) expect(pair(one).answer).toBe(answers.get(one.synthetic?.of ?? ''))
    // what is held out is what was
    expect(heldOut.map(keyOf).sort()).toEqual(before.heldOut.map(keyOf).sort())
    const full = await augmentationsOf(here).preview(wanted(here))
    expect([full.count, full.wanted, full.there]).toEqual([0, 0, preview.count])
    expect((await here.undo()).synthetic).toBe(0)
  })

  test('are on neither side where another division holds out what they were made from', async () => {
    const here = await begun()
    await augmentationsOf(here).apply(wanted(here, { ...usualChoices, share: 1 }))
    for (const share of [0.2, 0.4, 0.6]) {
      const { train, heldOut } = await splitAt(here, share)
      const held = new Set(heldOut.map(keyOf))
      expect(heldOut.some(({ synthetic }) => synthetic)).toBe(false)
      const made = train.filter(({ synthetic }) => synthetic)
      expect(made.every(({ synthetic }) => !held.has(synthetic?.of ?? ''))).toBe(true)
      // some were left out for it
      expect(train.length + heldOut.length).toBeLessThan((await here.data.get({ dir: here.dir })).examples)
    }
  })

  test('also where what they were made from was put into other words since', async () => {
    const here = await begun()
    await augmentationsOf(here).apply(wanted(here, { ...usualChoices, share: 1 }))
    const { heldOut } = await splitAt(here, 0.5)
    const page = await here.data.rows({ dir: here.dir, offset: 0, limit: 200, search: '' })
    const made = page.rows.filter(({ synthetic }) => synthetic)
    expect(made.length).toBeGreaterThan(0)
    const [held] = heldOut
    const index = page.rows.find(({ question }) => question === pair(held as Example).question)?.index ?? -1
    await here.data.editExample({ dir: here.dir, index, question: '別の聞きかたで、送料をうかがいます。' })
    const after = await splitAt(here, 0.5)
    const raw = keyOf(held as Example)
    const isHeld = after.heldOut.some((one) => pair(one).answer === pair(held as Example).answer)
    if (isHeld) expect(after.train.some(({ synthetic }) => synthetic?.of === raw)).toBe(false)
  })

  test('a model says others, and what asks for something else is not used', async () => {
    const here = await begun()
    const asked = wanted(here, { kinds: ['paraphrase'], share: 1, words: [] })
    const { examples } = await augmentationsOf(here).preview(asked)
    expect(examples.length).toBeGreaterThan(0)
    await augmentationsOf(here).apply(asked)
    const { train } = await splitAt(here)
    const made = train.filter(({ synthetic }) => synthetic)
    expect(made.length).toBeGreaterThan(3)
    for (const one of made) expect(pair(one).question).toMatch(/送料は何円になりますか。$/)
  })

  test.each([
    ['openai', 'out.jsonl'],
    ['alpaca', 'out.jsonl'],
    ['sharegpt', 'out.jsonl'],
    ['csv', 'out.csv'],
    ['openai', 'out.parquet']
  ] as const)('keep their mark through a file of the form %s, %s', async (form, name) => {
    const here = await begun()
    const { synthetic } = await augmentationsOf(here).apply(wanted(here))
    const set = await here.data.learntSet(here.dir)
    const { content } = savedFile(name, form, () => examplesOf(set), true)
    const parts: Buffer[] = []
    for await (const part of content) parts.push(Buffer.from(part))
    const file = join(mkdtempSync(join(tmpdir(), 'neiro-augment-')), name)
    writeFileSync(file, Buffer.concat(parts))
    const there = room()
    const view = await there.add(file)
    expect([view.examples, view.synthetic]).toEqual([rows.length + synthetic, synthetic])
    expect((await splitAt(there)).heldOut.some((one) => one.synthetic)).toBe(false)
    // nothing of it is told as a column that nobody reads
    expect(JSON.stringify(view.files.map(({ fields }) => fields ?? []))).not.toContain('synthetic')
  })

  test('are told neither as repeats of what they were made from nor as enough', async () => {
    const here = await begun()
    const counts = async (): Promise<unknown> => {
      const ups = new CheckUps({
        data: Object.assign(here.data, { tooLongOf: async () => new Uint32Array(0) }),
        keeper: new KeepingHere(),
        goalOf: async () => 'tone',
        language: () => 'ja'
      })
      const { findings } = await ups.get({ dir: here.dir, keep: 'first' })
      return findings.map(({ kind, count }) => [kind, count])
    }
    const before = await counts()
    expect(before).toContainEqual(['too-few', rows.length])
    await augmentationsOf(here).apply(wanted(here, { ...usualChoices, share: 1 }))
    expect(await counts()).toEqual(before)
  })

  test('a project that is opened anew has them marked', async () => {
    const here = await begun()
    const { synthetic } = await augmentationsOf(here).apply(wanted(here))
    expect(readFileSync(join(here.dir, 'data', 'log.jsonl'), 'utf8')).toContain('作り足したお手本')
    const again = room({ dir: here.dir })
    expect((await again.data.get({ dir: here.dir })).synthetic).toBe(synthetic)
  })
})
