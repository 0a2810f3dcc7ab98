// The old encodings, told by what their bytes mean: offices of many countries, short files and long ones. A reading that
// is not the one that was written is never called certain.
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { readPaths } from '../../../../main/services/dataset/read/read-paths'
import { byEvidence } from '../../../../main/services/reading/recognise/by-evidence'
import { decodeFile } from '../../../../main/services/reading/recognise/decode-file'
import { unreadable } from '../../../../main/services/reading/signs-of-text'
import { recogniseEncoding } from '../../../../main/services/reading/recognise/recognise-encoding'
import { Chance } from '../../random'
import { encode, writeData } from '../write-file'

const texts: readonly (readonly [name: string, encoding: string, text: string])[] = [
  ['en', 'windows-1252', 'Question,Answer\nWhat if I don’t receive it?,Please don’t worry. We’ll trace it\n'],
  ['en1', 'windows-1252', 'q,a\nx,I don’t know\n'],
  ['en£', 'windows-1252', 'q,a\nWhat does it cost?,It costs £20 or €25.\n'],
  ['endash', 'windows-1252', 'q,a\nOpen?,Mon–Fri 9–17\n'],
  ['encafe', 'windows-1252', 'q,a\nWhere?,At the café\n'],
  ['enquotes', 'windows-1252', 'q,a\nHow?,Click “Change date” under Orders — it is free…\n'],
  [
    'de',
    'windows-1252',
    'Frage;Antwort\nWann öffnen Sie?;Wir öffnen um 9 Uhr. Schöne Grüße aus München, natürlich auch für Gäste.\n'
  ],
  [
    'fr',
    'windows-1252',
    'q;r\nOù êtes-vous ?;Nous sommes situés à côté de la gare, près du café. Ça dépend de l’été.\n'
  ],
  [
    'es',
    'windows-1252',
    'p;r\n¿Cuándo abren?;Abrimos a las nueve de la mañana. ¡Atención! El envío es rápido.\n'
  ],
  [
    'pt',
    'windows-1252',
    'p;r\nQuando abre?;A loja não abre às segundas. Informações e devoluções são grátis.\n'
  ],
  ['it', 'windows-1252', 'd;r\nPerché?;La città è bella, però non è più vicina.\n'],
  ['sv', 'windows-1252', 'f;s\nNär öppnar ni?;Vi öppnar klockan nio på måndagar. Hör gärna av dig.\n'],
  [
    'da',
    'windows-1252',
    's;s\nHvornår åbner I?;Vi åbner klokken ni på søndag. Læs mere på vores hjemmeside.\n'
  ],
  ['fi', 'windows-1252', 'k;v\nMilloin?;Myymälä avataan yhdeksältä. Hyvää päivää, tämä on tärkeää.\n'],
  ['is', 'windows-1252', 's;s\nHvenær?;Við opnum klukkan níu. Það er opið á þriðjudögum, góðan daginn.\n'],
  [
    'de mac',
    'macroman',
    'Frage;Antwort\nWann öffnen Sie?;Wir öffnen um 9 Uhr. Schöne Grüße aus München, natürlich auch für Gäste.\n'
  ],
  [
    'en mac',
    'macroman',
    'Question,Answer\nWhat if I don’t receive it?,Please don’t worry. We’ll trace “it”.\n'
  ],
  [
    'fr mac',
    'macroman',
    'q;r\nOù êtes-vous ?;Nous sommes situés à côté de la gare, près du café. Ça dépend de l’été.\n'
  ],
  [
    'de 850',
    'cp850',
    'Frage;Antwort\nWann öffnen Sie?;Wir öffnen um 9 Uhr. Schöne Grüße aus München, natürlich auch für Gäste.\n'
  ],
  ['fr 15', 'iso-8859-15', 'q;r\nPrix ?;Le cœur coûte 5 € et 10 € à côté. Les œufs coûtent 3 €.\n'],
  [
    'pl',
    'windows-1250',
    'p;o\nKiedy otwieracie?;Otwieramy o dziewiątej. Proszę się zgłosić, dziękuję za zamówienie, świetnie.\n'
  ],
  [
    'pl2',
    'iso-8859-2',
    'p;o\nKiedy otwieracie?;Otwieramy o dziewiątej. Proszę się zgłosić, dziękuję za zamówienie, świetnie.\n'
  ],
  [
    'pl852',
    'cp852',
    'p;o\nKiedy otwieracie?;Otwieramy o dziewiątej. Proszę się zgłosić, dziękuję za zamówienie, świetnie.\n'
  ],
  [
    'cs',
    'windows-1250',
    'o;o\nKdy otevíráte?;Otevíráme v devět hodin. Děkujeme za objednávku, příště můžete přijít dříve.\n'
  ],
  [
    'hu',
    'windows-1250',
    'k;v\nMikor?;Kilenckor nyitunk. Köszönjük a megrendelést, jövő hétfőn érkezik, örülünk.\n'
  ],
  [
    'ro',
    'windows-1250',
    'i;r\nCând?;La ora nouă. Vă mulţumim pentru comandă, livrarea în oraş durează trei zile.\n'
  ],
  [
    'hr',
    'windows-1250',
    'p;o\nKada?;Otvaramo u devet. Hvala što ste naručili, možete doći sljedeći tjedan, više.\n'
  ],
  ['ru', 'windows-1251', 'Вопрос;Ответ\nКогда вы открываетесь?;Мы открываемся в девять часов.\n'],
  ['ru koi', 'koi8-r', 'Вопрос;Ответ\nКогда вы открываетесь?;Мы открываемся в девять часов.\n'],
  ['ru 866', 'cp866', 'Вопрос;Ответ\nКогда вы открываетесь?;Мы открываемся в девять часов.\n'],
  ['ru 5', 'iso-8859-5', 'Вопрос;Ответ\nКогда вы открываетесь?;Мы открываемся в девять часов.\n'],
  ['ru mac', 'maccyrillic', 'Вопрос;Ответ\nКогда вы открываетесь?;Мы открываемся в девять часов.\n'],
  ['uk', 'windows-1251', 'Питання;Відповідь\nКоли ви відкриваєтесь?;Ми відкриваємося о дев’ятій годині.\n'],
  [
    'bg',
    'windows-1251',
    'Въпрос;Отговор\nКога отваряте?;Отваряме в девет часа. Благодарим ви за поръчката.\n'
  ],
  [
    'el',
    'windows-1253',
    'Ερώτηση;Απάντηση\nΠότε ανοίγετε;;Ανοίγουμε στις εννέα το πρωί. Ευχαριστούμε για την παραγγελία.\n'
  ],
  [
    'tr',
    'windows-1254',
    'Soru;Cevap\nNe zaman açılıyorsunuz?;Dokuzda açılıyoruz. Siparişiniz için teşekkürler, müşteri hizmetleri, İstanbul, değil.\n'
  ],
  ['he', 'windows-1255', 'שאלה;תשובה\nמתי אתם פותחים?;אנחנו פותחים בתשע בבוקר. תודה על ההזמנה.\n'],
  ['ar', 'windows-1256', 'سؤال;جواب\nمتى تفتحون؟;نفتح في الساعة التاسعة صباحا. شكرا لطلبك.\n'],
  [
    'lt',
    'windows-1257',
    'k;a\nKada?;Atidarome devintą valandą. Ačiū už užsakymą, šiandien, žinoma, prašome.\n'
  ],
  ['vi', 'windows-1258', 'h;d\nKhi nào?;Chúng tôi mơ cưa lúc chín giơ. Đơn hàng cua ban đa đươc gưi.\n'],
  ['th', 'windows-874', 'คำถาม,คำตอบ\nเปิดกี่โมง,เราเปิดเวลาเก้าโมงเช้า ขอบคุณสำหรับคำสั่งซื้อ\n'],
  ['zh', 'gb18030', '问题,答案\n你们几点开门？,我们早上九点开门。感谢您的订单，请联系客服。\n'],
  ['zh short', 'gb18030', 'q,a\nx,您好\n'],
  ['tw', 'big5', '問題,答案\n你們幾點開門？,我們早上九點開門。感謝您的訂單，請聯絡客服。\n'],
  ['ko', 'cp949', '질문,답변\n언제 여나요?,아침 아홉 시에 엽니다. 주문해 주셔서 감사합니다.\n'],
  ['ko ext', 'cp949', '질문,답변\n뭐예요?,똠양꿍 펲시 쓩 감사합니다. 배송은 이틀 걸립니다.\n'],
  ['ja names', 'cp932', '氏名,担当\n髙橋,﨑山\n①㈱見本,～Ⅲ℡㎝\n'],
  ['ja', 'cp932', '商品名,区分,価格\n1,リンゴ,通年\n2,みかん,冬季\n'],
  ['ja kana half', 'cp932', 'ﾌﾘｶﾞﾅ,氏名\nﾔﾏﾀﾞ ﾀﾛｳ,山田太郎\n'],
  ['ja euc', 'euc-jp', '質問,回答\n営業時間は？,九時から十七時までです。\n'],
  ['tr names', 'windows-1254', 'ad,şehir\nAyşe,İzmir\nÇağrı,Muğla\n'],
  ['de upper', 'windows-1252', 'FRAGE;ANTWORT\nWO?;IN KÖLN, MÜNCHEN UND GRÜNWALD, STRAßE\n'],
  ['en nbsp', 'windows-1252', 'q,a\nCost?,10\u00a0000 £ — naïve résumé\n'],
  ['symbols', 'windows-1252', 'q,a\nSize?,20×30 cm, 25 °C, ±5 µm\n'],
  ['de cp437-like', 'cp850', 'a;b\nTür;offen\n'],
  ['ja 1 row', 'cp932', '質問,回答\n送料は？,無料です\n'],
  ['ja latin-ish', 'cp932', 'Q,A\nＡＢＣ株式会社,０３－１２３４－５６７８\n']
]

/** A letter or two among plain ones may be anything; these must only not be called certain. */
const open = new Set(['symbols', 'de cp437-like'])

test.each(texts.filter(([name]) => !open.has(name)))('%s in %s', (_, encoding, text) => {
  const bytes = iconv.encode(text, encoding)
  const found = byEvidence(bytes)
  expect(iconv.decode(bytes, found?.encoding ?? 'ascii')).toBe(iconv.decode(bytes, encoding))
})

test('a part of a text that is read in another encoding is never called certain', () => {
  const chance = new Chance(7)
  const wrong: string[] = []
  for (const [name, encoding, text] of texts) {
    const words = text.split(/(?<=[\s,;])/)
    for (let i = 0; i < 20; i++) {
      const from = chance.below(words.length)
      const part = words.slice(from, from + 1 + chance.below(6)).join('')
      const bytes = iconv.encode(part, encoding)
      if (bytes.every((byte) => byte < 0x80)) continue
      const found = byEvidence(bytes)
      if (!found || found.certainty.sure !== 'high') continue
      if (iconv.decode(bytes, found.encoding) !== iconv.decode(bytes, encoding))
        wrong.push(`${name}: ${part} as ${found.encoding}`)
    }
  }
  expect(wrong).toEqual([])
})

test('what is not certain shows the first doubtful words and what else they could be', () => {
  const found = byEvidence(iconv.encode('id,name\n1,您好\n', 'gb18030'))
  expect(found?.certainty).toMatchObject({ sure: 'low', words: ['您好'], otherwise: 'euc-jp' })
})

test.each(['cp932', 'euc-jp', 'gb18030'])(
  'where the part that is looked at ends in the middle of a character, nothing is damaged: %s',
  (encoding) => {
    const text =
      encoding === 'gb18030' ? '您好，我们早上九点开门。' : '有給休暇は、人事部の窓口でお取りいただけます。'
    for (const ends of [',', ''])
      for (let more = 0; more < 4; more++) {
        const bytes = iconv.encode(`${'a'.repeat(more)}${`${text}${ends}`.repeat(500)}`, encoding)
        expect(byEvidence(bytes)?.certainty, `${more} ${ends}`).toMatchObject({ sure: 'high' })
      }
  }
)

describe('files that hold more than one encoding', () => {
  const rows = (from: number, n: number): string =>
    Array.from(
      { length: n },
      (_, i) => `質問その${from + i}は？,回答その${from + i}は担当者にお問い合わせください。\n`
    ).join('')
  const read = async (
    bytes: Buffer
  ): Promise<{ examples: number; refused: readonly string[]; encoding: string }> => {
    const { files } = await readPaths([writeData('faq.csv', bytes)])
    const [file] = files
    return {
      examples: file?.examples.length ?? 0,
      refused: file?.refused.map(({ source, reason }) => `${source.row} ${reason}`) ?? [],
      encoding: file?.recognised.encoding ?? ''
    }
  }

  test('a row of Shift_JIS at the end of UTF-8 is refused as a row', async () => {
    const bytes = Buffer.concat([encode(`質問,回答\n${rows(0, 30)}`, 'utf-8'), encode(rows(30, 1), 'cp932')])
    expect(await read(bytes)).toEqual({ examples: 30, refused: ['32 BROKEN_CHARACTERS'], encoding: 'utf-8' })
  })

  test('as many rows of Shift_JIS as of UTF-8', async () => {
    const bytes = Buffer.concat([encode(`質問,回答\n${rows(0, 4)}`, 'utf-8'), encode(rows(4, 4), 'cp932')])
    expect(await read(bytes)).toMatchObject({ examples: 4, encoding: 'utf-8' })
  })

  test.each([
    [
      'cp932',
      'ご質問,回答\n送料はいくらですか？,全国一律五百円です。\n納期はいつですか？,三営業日です。\n返品はできますか？,できます。\n',
      '追加の質問は？,追加の回答です。\n'
    ],
    [
      'windows-1252',
      'question,answer\nWhere is it?,It’s at the café.\nWhen?,We’re open from 9.\nWhy?,It’s naïve.\n',
      'Who?,It’s the café’s owner.\n'
    ],
    [
      'gb18030',
      '问题,答案\n几点开门？,我们早上九点开门。\n在哪里？,我们在北京。\n怎么联系？,请联系客服。\n',
      '可以退货吗？,可以退货。\n'
    ]
  ])('a row of UTF-8 at the end of %s is refused as a row', async (encoding, text, last) => {
    const bytes = Buffer.concat([iconv.encode(text, encoding), Buffer.from(last)])
    expect(await read(bytes)).toEqual({ examples: 3, refused: ['5 BROKEN_CHARACTERS'], encoding })
  })

  test('a sign for what could not be read that stands in the text itself is text', async () => {
    const bytes = encode(
      '質問,回答\n「\uFFFD」とは何ですか？,文字化けの印です。\n送料は？,無料です。\n',
      'utf-8'
    )
    expect(await read(bytes)).toEqual({ examples: 2, refused: [], encoding: 'utf-8' })
  })

  test('and it stays apart from a damaged one in the same file', async () => {
    const good = 'question,answer\nWhat is \uFFFD?,A sign.\nWhy?,Because.\nWho?,Somebody.\n'
    const bytes = Buffer.concat([Buffer.from(good), Buffer.from([0x57, 0xe3, 0x81, 0x3f, 0x2c, 0x61, 0x0a])])
    expect(await read(bytes)).toMatchObject({ examples: 3, refused: ['5 BROKEN_CHARACTERS'] })
  })
})

test.each(['utf-32le', 'utf-32be'] as const)('%s, with a mark and without', async (encoding) => {
  const text = 'question,answer\n送料は？,無料です😀\n'
  for (const mark of ['', '\uFEFF']) {
    const path = writeData('faq.csv', iconv.encode(mark + text, encoding))
    expect((await recogniseEncoding(path)).encoding).toBe(encoding)
    let decoded = ''
    for await (const piece of decodeFile(path, encoding)) decoded += piece
    expect(decoded).toBe(text)
  }
})

test('text that was misread once and saved so is doubted, with the words', async () => {
  const path = writeData('faq.csv', 'question,answer\nWhy?,Donâ€™t worry\nWhat?,Itâ€™s a cafÃ©\n', 'utf-8')
  const { certainty } = await recogniseEncoding(path)
  expect(certainty).toMatchObject({ sure: 'fair', doubt: 'misread-before' })
  expect(certainty.words?.[0]).toContain('Donâ€™t')
})

test('half a character at the very end is damage', async () => {
  let text = ''
  const bytes = Buffer.concat([encode('質問と回答。', 'utf-8'), Buffer.from([0xe3, 0x81])])
  for await (const piece of decodeFile(writeData('a.txt', bytes), 'utf-8')) text += piece
  expect(text).toBe(`質問と回答。${unreadable}`)
})
