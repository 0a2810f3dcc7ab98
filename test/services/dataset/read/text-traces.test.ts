// Texts that are not what somebody wrote are named: encoded ones, templates, quoted mails, cut ones. Ordinary ones are not.
import { expect, test } from 'vitest'
import { mayHoldTraces, traces } from '../../../../main/services/dataset/read/text-traces'
import { jsonl, read, said } from '../../reading/reading'

const notesOf = async (...answers: readonly string[]) =>
  (await read('a.jsonl', jsonl(...answers.map((answer, i) => ({ question: `q${i}`, answer }))))).report
    .files[0]?.fields ?? []

test.each([
  ['encoded', 'Where%20is%20it%3F', 'e%20'],
  ['encoded', '%E8%BF%94%E5%93%81', '%E8%BF%94'],
  ['encoded', '\\u8fd4\\u54c1', '\\u8fd4'],
  ['encoded', '\\xe8\\xbf\\x94', '\\xe8\\xbf'],
  ['encoded', '=E8=BF=94=E5=93=81', '=E8=BF'],
  ['encoded', '5LiH5Zu944Gu6L+U5ZOB44KS5om/44KK44G+44GZ', '5LiH5Zu944Gu6L+U5ZOB'],
  ['encoded', 'Thank you :smile:', ':smile:'],
  ['template', '<|im_start|>user\nHello', '<|im_start|>'],
  ['template', '[INST] Hello [/INST] Hi', '[INST]'],
  ['template', 'Dear {{customer.name}}, thanks', '{{customer.name}}'],
  ['template', 'Regards, [NAME]', '[NAME]'],
  ['template', '○○様、ありがとうございます', '○○様'],
  ['template', '（例）9時から18時です。', '（例）'],
  ['template', '<think>Hm.</think>Yes.', '<think>'],
  ['encoded', "'0042 is it", "'0042 is it"],
  ['quoted', 'Yes.\n\n> Can I return it?', '> Can I return it?'],
  ['subtitles', '1\n00:00:01,000 --> 00:00:03,000\nHello', '00:01,000 -->']
])('%s: %j', async (kind, answer, field) => {
  expect(await notesOf(answer, 'b')).toEqual([{ kind, field, count: 1 }])
})

test.each([
  'See https://ja.wikipedia.org/wiki/%E8%BF%94%E5%93%81 and https://x.example/a%20b',
  '100% cotton, 50%off, 5%20',
  'C:\\users\\x',
  'a=b, E=mc2, x >= y',
  'From 10:30 to 12:00: closed.',
  'Supercalifragilisticexpialidocious',
  'if (a > b) { return } else { $x }',
  '5 > 3',
  '[FAQ] ○ or ×',
  "'Yes' is what we say",
  'たとえば、例：りんご'
])('%j is as it was written', async (answer) => {
  expect(await notesOf(answer, 'b')).toEqual([])
})

test('texts of one length, the longest there is, were cut; so were those that end in points', async () => {
  const long = (sign: string, length: number): string => sign.repeat(length)
  const cut = ['short', 'longer', 'and so on', ...['a', 'b', 'c'].map((sign) => long(sign, 255))]
  expect(await notesOf(...cut)).toEqual([{ kind: 'cut', field: '255', count: 3 }])
  expect(await notesOf('one', long('x', 32_767))).toEqual([{ kind: 'cut', field: '32767', count: 1 }])
  expect(await notesOf('It left…', 'Yes, you...', 'We are…', 'No.')).toEqual([
    { kind: 'cut', field: '…', count: 3 }
  ])
  expect(await notesOf(...['a', 'b', 'c', 'd'].map((sign) => long(sign, 77)))).toEqual([])
  // of one length by chance: they end as a sentence does
  const sentences = ['12', '34', '56', '78'].map((id) => `Order ${id} ${long('x', 90)}.`)
  expect(await notesOf('short', ...sentences)).toEqual([])
  expect(await notesOf('Well…', 'Yes.', 'No.', 'Perhaps.')).toEqual([])
})

test('what nobody sees is nothing; the same as above, signs alone and totals are no answers', async () => {
  const rows = [
    'q,a',
    '\u200b\u200b,a',
    'q,\u200b',
    'q,\u3164',
    'q,〃',
    'q,同上',
    'q,Same as above',
    'q,########',
    'q,（空白）',
    '合計,120件',
    'Total,3',
    'q,はい',
    '合計はいくらですか？,120件',
    'varchar(255),TEXT',
    'text,はい'
  ]
  const { examples, report } = await read('a.csv', `質問,回答\n${rows.join('\n')}\n`)
  expect(examples.map(said)).toEqual([
    'u: q | a: a',
    'u: q | a: はい',
    'u: 合計はいくらですか？ | a: 120件',
    'u: text | a: はい'
  ])
  expect(report.refused.map(({ reason }) => reason)).toEqual([
    'EMPTY_QUESTION',
    'EMPTY_ANSWER',
    'EMPTY_ANSWER',
    ...Array<string>(5).fill('WORD_FOR_NOTHING'),
    'TOTAL_ROW',
    'TOTAL_ROW',
    'TYPE_ROW'
  ])
})

test('the first look passes over no sign', () => {
  const hasSign = (text: string): boolean => traces.some(({ sign }) => sign.test(text))
  const words = [
    '例',
    'サンプル',
    'Original',
    'wrote',
    '元のメッセージ',
    '[INST',
    '_of_turn>',
    '### ',
    ':a',
    ':+',
    '=?',
    '-->'
  ]
  for (let code = 0; code < 0x10000; code++) words.push(String.fromCharCode(code))
  const texts = words.flatMap((word) => [word, `あ${word}`, `x ${word}い`])
  expect(texts.filter((text) => hasSign(text) && !mayHoldTraces([text]))).toEqual([])
  // and passes over what most texts are
  for (const text of ['送料は（税込）500円です！', 'Yes, we do: 10% off? No.'.replace('%', ' percent')])
    expect(mayHoldTraces([text])).toBe(false)
})

test('what our own masks have put there is no mark of a template, and the same without a number is', async () => {
  const own = [
    'I live at [ADDRESS 1], call [PHONE 2].',
    'Dear [NAME 12], your [NUMBER 1].',
    '［お名前1］様、［住所1］です。'
  ]
  expect((await notesOf(...own)).filter(({ kind }) => kind === 'template')).toEqual([])
  expect(await notesOf('Dear [NAME 1], I live at [ADDRESS].')).toMatchObject([{ kind: 'template' }])
})
