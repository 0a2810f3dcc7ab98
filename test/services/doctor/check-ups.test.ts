// The check-up of a project: what is found, done by an entry of the log, seen by everybody who asks for the set, and taken
// back at any time, also by whoever opens the project anew.
import { describe, expect, test } from 'vitest'
import type { FindingKind } from '../../../main/contract/findings'
import { CheckUps } from '../../../main/services/doctor/check-ups'
import { KeepingHere } from '../../../main/services/dataset/set/keeping-here'
import { learnt, room, writeFile, type Room } from '../dataset/project'

const rows = [
  ['電話は何番ですか。', '担当の佐藤（090-1234-5678）までお電話ください。'],
  ['メールはありますか。', 'm.tanaka@mail.example へお送りください。'],
  ['送料はいくらですか。', '送料は全国一律500円です。'],
  ['送料はいくらですか。', '送料は全国一律550円です。'],
  ['在庫はありますか。', '店頭とオンラインの両方でお求めいただけます。'],
  ['在庫はありますか。', '店頭とオンラインの両方でお求めいただけます。'],
  ['名入れはできますか。', '<p>名入れを承っております。</p>'],
  ['見本はありますか。', '見本を差し上げております。お申し付けください。']
]

async function checked(): Promise<{ here: Room; ups: CheckUps }> {
  const here = room()
  const file = writeFile(
    here.dir,
    'faq.csv',
    `質問,回答\n${rows.map((cells) => cells.join(',')).join('\n')}\n`
  )
  await here.add(file)
  return { here, ups: upsOf(here) }
}

const upsOf = ({ data }: Room, goal: 'tone' | 'sort' = 'tone'): CheckUps =>
  new CheckUps({
    data: Object.assign(data, { tooLongOf: async () => Uint32Array.of(7) }),
    keeper: new KeepingHere(),
    goalOf: async () => goal,
    language: () => 'ja'
  })

const counts = async (ups: CheckUps, { dir }: Room): Promise<Partial<Record<FindingKind, number>>> =>
  Object.fromEntries((await ups.get({ dir, keep: 'first' })).findings.map(({ kind, count }) => [kind, count]))
const all = async (here: Room): Promise<string> => {
  const { train, heldOut } = await learnt(here)
  return [...train, ...heldOut].join('\n')
}

describe('check-ups', () => {
  test('findings by harm, and what they are made of', async () => {
    const { here, ups } = await checked()
    const { findings } = await ups.get({ dir: here.dir, keep: 'first' })
    expect(findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'personal-data',
        'contradictions',
        'duplicates',
        'markup',
        'too-long',
        'too-few'
      ])
    )
    expect(findings[0]).toMatchObject({ kind: 'personal-data', count: 2, targets: 2, repair: 'mask' })
    expect(findings[0]?.parts).toEqual(
      expect.arrayContaining([
        { name: 'phone', count: 1 },
        { name: 'mail', count: 1 },
        { name: 'name', count: 1 }
      ])
    )
    expect(findings.find(({ kind }) => kind === 'contradictions')?.examples[0]?.places).toHaveLength(2)
  })

  test('one question with two answers that are about different things is told, other words for the same are not', async () => {
    const here = room()
    const pairs = [
      '風呂敷が割れて届きました,代わりの品をすぐにお送りいたします。',
      '風呂敷が割れて届きました,在庫はもうない。あきらめてほしい。',
      '領収書の宛名を変更できますか,宛名の変更を承ります。お申し付けください。',
      '領収書の宛名を変更できますか,はい。ご希望の宛名をお知らせくださいませ。',
      'こんにちは,ご用件を伺います。',
      'こんにちは,お電話ありがとうございます。'
    ]
    await here.add(writeFile(here.dir, 'faq.csv', `質問,回答\n${pairs.join('\n')}\n`))
    const { findings } = await upsOf(here).get({ dir: here.dir, keep: 'first' })
    expect(findings.filter(({ kind }) => kind === 'contradictions')).toMatchObject([{ count: 2 }])
  })

  test('who keeps one of several answers loses what contradicts it, and nothing that says the same', async () => {
    const here = room()
    const pairs = [
      '駐車場について教えてください。,駐車場は建物の裏に12台分、2時間まで無料です。',
      '駐車場はどうなっていますか？,お問い合わせありがとうございます。建物の裏に12台分ございます。2時間まで無料です。',
      '駐車場はどうなっていますか？,駐車場は無い。近くのコインパーキングを使うこと。',
      '駐車場はどうなっていますか？,建物の裏に8台分、1時間まで無料です。'
    ]
    await here.add(writeFile(here.dir, 'desk.csv', `質問,回答\n${pairs.join('\n')}\n`))
    const ups = upsOf(here)
    const { findings } = await ups.get({ dir: here.dir, keep: 'first' })
    const { count, targets, examples = [] } = findings.find(({ kind }) => kind === 'contradictions') ?? {}
    expect([count, targets]).toEqual([4, 2])
    const [{ places = [], against = [] } = {}] = examples
    const goes = (answer: string): readonly string[] => {
      const indices = against[places.findIndex((place) => place.answer.includes(answer))] ?? []
      return places.flatMap((place) => (indices.includes(place.index) ? [place.answer.slice(0, 9)] : []))
    }
    expect(goes('ございます。2時間')).toEqual(['駐車場は無い。近く', '建物の裏に8台分、'])
    expect(goes('8台分')).toHaveLength(3)
    // as somebody chooses: in the list of repairs, and taken back from there after others
    const kept = places.find(({ answer }) => answer.includes('8台分'))?.index ?? -1
    await ups.repair({ dir: here.dir, finding: 'contradictions', keep: 'first', kept })
    const left = await here.data.rows({ dir: here.dir, offset: 0, limit: 9, search: '' })
    expect(left.rows.map(({ answer }) => answer)).toEqual(['建物の裏に8台分、1時間まで無料です。'])
    const [settled] = (await ups.get({ dir: here.dir, keep: 'first' })).repairs
    expect(settled).toMatchObject({ finding: 'contradictions', rows: 3 })
    await here.data.editExample({ dir: here.dir, index: kept, question: '駐車場は' })
    await here.data.undo({ dir: here.dir, entry: settled?.entry ?? -1 })
    expect(await all(here)).toMatch(/12台分/)
    await expect(
      ups.repair({ dir: here.dir, finding: 'contradictions', keep: 'first', kept: 99 })
    ).rejects.toMatchObject({ code: 'EXAMPLE_GONE' })
    await here.undo()
    await ups.repair({ dir: here.dir, finding: 'contradictions', keep: 'first' })
    expect((await all(here)).match(/12台分/g)).toHaveLength(2)
    expect(await all(here)).not.toMatch(/無い|8台/)
  })

  test('one text with different labels is a finding of its own, and no copy', async () => {
    const here = room()
    const rows = [
      '賞与の支給日はいつですか,休暇',
      '賞与の支給日はいつですか,給与',
      '夏休みはいつですか,休暇',
      '夏休みはいつですか,休暇'
    ]
    await here.add(writeFile(here.dir, 'mails.csv', `本文,分類\n${rows.join('\n')}\n`))
    const { findings } = await upsOf(here).get({ dir: here.dir, keep: 'first' })
    const of = (name: string): unknown => findings.find(({ kind }) => kind === name)
    expect(of('other-labels')).toMatchObject({
      count: 2,
      targets: 1,
      examples: [{ places: [{ answer: '休暇' }, { answer: '給与' }], against: [[1], [0]] }]
    })
    expect(of('contradictions')).toBeUndefined()
    expect(of('duplicates')).toMatchObject({ count: 1 })
  })

  test('a choice and its reverse, one answer liked and disliked: contradictions, no copies', async () => {
    const prefer = (prompt: string, chosen: string, rejected: string): object => ({
      prompt,
      chosen,
      rejected
    })
    const rate = (label: boolean): object => ({ prompt: 'May I paint it?', completion: 'Certainly.', label })
    for (const lines of [
      [
        prefer('May I move the wall?', 'Gladly, in writing.', 'No problem!!!'),
        prefer('May I move the wall?', 'No problem!!!', 'Gladly, in writing.'),
        prefer('May I paint it?', 'Certainly.', 'Sure!!!')
      ],
      [rate(true), rate(false)]
    ]) {
      const here = room()
      await here.add(
        writeFile(here.dir, 'a.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      )
      const { findings } = await upsOf(here).get({ dir: here.dir, keep: 'first' })
      expect(findings.find(({ kind }) => kind === 'contradictions')).toMatchObject({ count: 2, targets: 1 })
      expect(findings.map(({ kind }) => kind)).not.toContain('duplicates')
    }
  })

  test('every question with different answers is shown with all of them, to be decided one by one', async () => {
    const here = room()
    const asked = Array.from({ length: 5 }, (_, at) => `${at + 2}号室の利用料金はいくらですか`)
    const pairs = [300, 400, 500].flatMap((yen) => asked.map((question) => `${question},${yen}円です。`))
    await here.add(writeFile(here.dir, 'faq.csv', `質問,回答\n${pairs.join('\n')}\n`))
    const { findings } = await upsOf(here).get({ dir: here.dir, keep: 'first' })
    const { count, examples } = findings.find(({ kind }) => kind === 'contradictions') ?? {}
    expect(count).toBe(15)
    expect(examples?.map(({ places }) => places.map(({ answer }) => answer))).toEqual(
      asked.map(() => ['300円です。', '400円です。', '500円です。'])
    )
  })

  test('masking holds in the set, in the search, for who opens the project anew, and is taken back whatever came after', async () => {
    const { here, ups } = await checked()
    const { dir } = here
    const view = await ups.repair({ dir, finding: 'personal-data', keep: 'first' })
    expect(view.lastChange).toMatchObject({ kind: 'repair' })
    expect(await all(here)).toContain('担当の［お名前1］（［電話番号1］）まで')
    expect(await all(here)).not.toMatch(/1234|tanaka|佐藤/)
    const found = async (search: string): Promise<number> =>
      (await here.data.rows({ dir, offset: 0, limit: 5, search })).total
    expect([await found('1234'), await found('電話番号1'), await found('在庫')]).toEqual([0, 1, 2])
    const anew = room({ dir })
    expect(await all(anew)).not.toMatch(/1234|tanaka|佐藤/)

    await ups.repair({ dir, finding: 'duplicates', keep: 'first' })
    const { repairs, findings } = await ups.get({ dir, keep: 'first' })
    expect(repairs).toMatchObject([
      { finding: 'personal-data', rows: 2 },
      { finding: 'duplicates', rows: 1 }
    ])
    expect(findings.map(({ kind }) => kind)).not.toContain('duplicates')
    const after = await here.data.undo({ dir, entry: repairs[0]?.entry ?? 0 })
    expect(after.examples).toBe(7)
    expect(await all(here)).toContain('090-1234-5678')
    expect(await counts(ups, here)).toMatchObject({ 'personal-data': 2 })
  })

  test('codes are taken out, and the last answer is kept where that is chosen', async () => {
    const { here, ups } = await checked()
    const { dir } = here
    await ups.repair({ dir, finding: 'markup', keep: 'first' })
    expect(await all(here)).not.toContain('<p>')
    await ups.repair({ dir, finding: 'contradictions', keep: 'last' })
    expect(await all(here)).not.toContain('500円')
    expect(await all(here)).toContain('550円')
    await expect(ups.repair({ dir, finding: 'markup', keep: 'first' })).rejects.toMatchObject({
      code: 'EXAMPLE_GONE'
    })
  })

  test('a name that one row lists is masked in the others too, also where its file came later', async () => {
    const here = room()
    const csv = (lines: readonly string[]): string =>
      `質問,回答\n${lines.map((line) => `${line},承知しました。経路をお知らせください。`).join('\n')}\n`
    await here.add(
      writeFile(here.dir, 'a.csv', csv(['"人事部御中\n経路を変えました。\n井上"', '井上様のことです。']))
    )
    const ups = upsOf(here)
    const { findings } = await ups.get({ dir: here.dir, keep: 'first' })
    expect(findings.find(({ kind }) => kind === 'personal-data')).toMatchObject({ count: 2, targets: 2 })
    const listed = await ups.personal({ dir: here.dir, offset: 0, limit: 9 })
    expect(listed.items).toMatchObject([{ words: '井上', count: 2 }])
    await ups.repair({ dir: here.dir, finding: 'personal-data', keep: 'first' })
    expect(await all(here)).not.toContain('井上')
    expect(await counts(ups, here)).not.toHaveProperty('personal-data')
    await here.add(writeFile(here.dir, 'b.csv', csv(['"もう一つあります。\n井上"'])))
    expect(await counts(ups, here)).toHaveProperty('personal-data', 1)
  })

  test('an example shows all of it masked, and no address cut in the middle', async () => {
    const here = room()
    await here.add(
      writeFile(
        here.dir,
        'faq.csv',
        '質問,回答\n連絡先は,090-1234-5678 または tanaka@example.com まで。\n在庫は,ございます。\n'
      )
    )
    const ups = upsOf(here)
    const excerpt = async (): Promise<unknown> =>
      (await ups.get({ dir: here.dir, keep: 'first' })).findings[0]?.examples[0]?.excerpt
    expect(await excerpt()).toMatchObject({
      words: '090-1234-5678 または tanaka@example.com',
      becomes: '［電話番号1］ または ［メール1］',
      after: ' まで。'
    })
    const { choices } = await ups.get({ dir: here.dir, keep: 'first' })
    await ups.setChoices({ dir: here.dir, choices: { ...choices, allowedKinds: ['mail'] } })
    expect(await excerpt()).toMatchObject({
      words: '090-1234-5678',
      after: expect.stringContaining('tanaka@example.com') as string
    })
  })

  test('words that must not be used are one list, wherever they are said, and nothing else of the choices goes', async () => {
    const here = room()
    await here.add(
      writeFile(here.dir, 'faq.csv', '質問,回答\n割引は,ご承知おきください。\n在庫は,ございます。\n')
    )
    const ups = upsOf(here)
    const { choices } = await ups.get({ dir: here.dir, keep: 'first' })
    await ups.setChoices({ dir: here.dir, choices: { ...choices, own: ['A-1'], forbidden: ['ご承知おき'] } })
    expect(await ups.forbidden(here.dir)).toEqual(['ご承知おき'])
    await ups.forbid(here.dir, '', ['最安値'])
    const { choices: now } = await ups.get({ dir: here.dir, keep: 'first' })
    expect(now).toMatchObject({ own: ['A-1'], forbidden: ['最安値'] })
  })

  test('what stands far behind is masked, too, and what is between stays', async () => {
    const here = room()
    const far = 'のあと、折り返しのご連絡をお待ちいただき、ご用件を'
    await here.add(
      writeFile(
        here.dir,
        'faq.csv',
        `質問,回答\n連絡先は,090-1234-5678 ${far} tanaka@example.com まで。\n在庫は,ございます。\n`
      )
    )
    const { findings } = await upsOf(here).get({ dir: here.dir, keep: 'first' })
    expect(findings[0]?.examples[0]?.excerpt).toMatchObject({
      words: '090-1234-5678',
      becomes: '［電話番号1］'
    })
    expect(JSON.stringify(findings[0]?.examples[0]?.excerpt)).not.toContain('tanaka@example.com')
  })

  test('of those that are alike and stand on both sides one stays: the next drawing does not part them again', async () => {
    const here = room()
    const asked = '先日そちらの店で注文した赤い万年筆がまだ届いておりませんので、至急ご確認をお願いいたします'
    const alike =
      'あ い う え お か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ'.split(' ')
    const others = ['雨', '海', '山', '川', '空', '森', '駅', '橋', '窓', '机'].map(
      (word) => `${word.repeat(9)}について`
    )
    const rows = [...alike.map((end) => `${asked}${end}。`), ...others].map((text) => `${text},配送`)
    await here.add(writeFile(here.dir, 'mails.csv', `本文,分類\n${rows.join('\n')}\n`))
    const ups = upsOf(here, 'sort')
    const { dir } = here
    const leaks = async (): Promise<number> =>
      (await ups.get({ dir, keep: 'first' })).findings.find(({ kind }) => kind === 'leakage')?.count ?? 0
    expect(await leaks()).toBeGreaterThan(0)
    await ups.repair({ dir, finding: 'leakage', keep: 'first' })
    expect(await leaks()).toBe(0)
  })

  test('what is allowed is found no more, and the list says what there was', async () => {
    const { here, ups } = await checked()
    const { dir } = here
    const { items, total } = await ups.personal({ dir, offset: 0, limit: 10 })
    expect(total).toBe(3)
    const phone = items.find(({ kind }) => kind === 'phone')
    expect(phone).toMatchObject({ words: '090-1234-5678', count: 1 })
    const { text } = await ups.personalFile({ dir })
    expect(text).toContain('"電話番号","090-1234-5678","1","faq.csv"')
    const { choices } = await ups.get({ dir, keep: 'first' })
    await ups.setChoices({
      dir,
      choices: { ...choices, allowed: [phone?.key ?? ''], allowedKinds: ['name'] }
    })
    await ups.repair({ dir, finding: 'personal-data', keep: 'first' })
    expect(await all(here)).toContain('佐藤（090-1234-5678）')
    expect(await all(here)).not.toContain('tanaka')
  })

  test('what the goal does not learn from is not looked at, unless nothing else is there', async () => {
    const { here } = await checked()
    const sorting = upsOf(here, 'sort')
    const alone = await sorting.get({ dir: here.dir, keep: 'first' })
    expect(alone.examples).toBe(rows.length)
    const labelled = Array.from(
      { length: 12 },
      (_, i) => `${i}番の荷物が届きません。,${i < 9 ? '配送' : '返品'}`
    )
    await here.add(writeFile(here.dir, 'mails.csv', `本文,分類\n${labelled.join('\n')}\n`))
    const { examples, findings } = await sorting.get({ dir: here.dir, keep: 'first' })
    expect(examples).toBe(labelled.length)
    const kinds = findings.map(({ kind }) => kind)
    for (const kind of ['personal-data', 'contradictions', 'duplicates', 'markup'])
      expect(kinds).not.toContain(kind)
    // the labels are those of what is sorted, and no answers
    expect(findings.find(({ kind }) => kind === 'labels')?.parts.map(({ name }) => name) ?? []).not.toContain(
      rows[0]?.[1]
    )
    const tone = await upsOf(here).get({ dir: here.dir, keep: 'first' })
    expect(tone.examples).toBe(rows.length)
  })

  test('what is in both parts is gone after one repair, also where a smaller part is then held out', async () => {
    const here = room()
    // mails of few forms: many of each are nearly the same
    const forms = [
      '{}様のご注文の商品がまだ届いておりません。配送の状況をお知らせいただけますでしょうか。よろしくお願いいたします。',
      '{}様からお預かりした返品の商品が届きました。返金の手続きがいつ終わるかをご確認いただけますと幸いです。',
      '{}様の請求書の宛名に誤りがありました。お手数をおかけしますが、書き直したものを再度お送りください。'
    ]
    const names = [
      '佐藤',
      '鈴木',
      '高橋',
      '田中',
      '伊藤',
      '渡辺',
      '山本',
      '中村',
      '小林',
      '加藤',
      '吉田',
      '山田'
    ]
    const ends = ['', '至急です。', '急ぎません。', '本日中に。', '来週までに。']
    const lines = forms.flatMap((form, at) =>
      names.flatMap((name) => ends.map((end) => `${form.replace('{}', name)}${end},分類${at}`))
    )
    await here.add(writeFile(here.dir, 'mails.csv', `本文,分類\n${lines.join('\n')}\n`))
    const ups = upsOf(here, 'sort')
    const before = (await ups.get({ dir: here.dir, keep: 'first' })).findings.find(
      ({ kind }) => kind === 'leakage'
    )
    expect(before?.count).toBeGreaterThan(0)
    await ups.repair({ dir: here.dir, finding: 'leakage', keep: 'first' })
    expect((await counts(ups, here)).leakage ?? 0).toBe(0)
    const { train, heldOut } = await learnt(here)
    expect(train.length + heldOut.length).toBe(lines.length - (before?.targets ?? 0))
    expect(train.length).toBeGreaterThan(2)
  })
})
