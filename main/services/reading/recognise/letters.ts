// How often the letters of each language stand in its texts, in logarithms (nats), coarse on purpose: enough to tell
// which of several readings of the same bytes is a language. Pure; knows nothing of bytes.
import iconv from 'iconv-lite'

/** Logarithm of how often a character stands in texts of a language; undefined: it hardly does. */
export type Letters = ReadonlyMap<string, number>

export interface Script {
  readonly letters: Letters
  /** of characters of the same script that are not listed */
  readonly rest: (character: string) => number
  /** do capitals exist, and words of one case? */
  readonly hasCase: boolean
  /** do its letters stand in words of their own? Ideographs may touch anything */
  readonly hasWords: boolean
  /** small words of plain letters by which the language is known */
  readonly words?: ReadonlySet<string>
}

/** Hardly ever: a letter of another script, a symbol that no office text has. */
export const stray = -11.5

const groups = (weights: readonly number[], lists: readonly string[]): Letters =>
  new Map(
    lists.flatMap((list, i) => [...list].map((c): [string, number] => [c, weights[i] ?? stray])).reverse()
  )

/** Letters beyond ASCII: frequent, less, seldom; their capitals follow. words: the plainest ones of the language. */
function latin(words: string, ...lists: readonly string[]): Script {
  return { ...withCapitals(groups([-4.3, -5.3, -6.8], lists)), words: new Set(words.split(' ')) }
}

/** The whole alphabet: frequent, less, seldom, rare. */
function alphabet(...lists: readonly string[]): Script {
  return withCapitals(groups([-2.7, -3.5, -4.6, -6.5], lists))
}

function withCapitals(small: Letters): Script {
  const all = new Map(small)
  for (const [letter, weight] of small) {
    const capital = letter.toUpperCase()
    if (capital.length === 1 && !all.has(capital)) all.set(capital, weight - 2.5)
  }
  return { letters: all, rest: () => stray, hasCase: true, hasWords: true }
}

function withoutCase(...lists: readonly string[]): Script {
  return {
    letters: groups([-2.7, -3.5, -4.6, -6.5], lists),
    rest: () => stray,
    hasCase: false,
    hasWords: true
  }
}

/** A character set of the old kind: its most used characters stand in its first part. */
function levels(first: number, last: number, encoding: string, isWhole: boolean): ReadonlySet<string> {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead++) {
    if (isWhole) for (let trail = 0x40; trail <= 0x7e; trail++) bytes.push(lead, trail)
    for (let trail = 0xa1; trail <= 0xfe; trail++) bytes.push(lead, trail)
  }
  return new Set(iconv.decode(Buffer.from(bytes), encoding))
}

const punctuation = '、。，．・：；？！（）「」『』【】～〜ー－　“”‘’…《》'

function ideographs(
  lists: readonly string[],
  usual: () => ReadonlySet<string>,
  seldom: () => ReadonlySet<string>
): Script {
  const letters = groups([-3.3, -4.5, -6.1], lists)
  let known: readonly ReadonlySet<string>[] | null = null
  const rest = (character: string): number => {
    known ??= [usual(), seldom()]
    if (known[0]?.has(character)) return -8.5
    if (known[1]?.has(character)) return -10.5
    return punctuation.includes(character) ? -6 : /[０-９Ａ-Ｚａ-ｚ①-⑳㈱Ⅰ-Ⅻ℡㎝㎜]/.test(character) ? -8 : -13
  }
  return { letters, rest, hasCase: false, hasWords: false }
}

const hiraganaOften = 'のにたいてはをがですしとるまな、。'
const kana =
  'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽぁぃぅぇぉっゃゅょアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョヴー・「」？'
const kanji =
  '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨' +
  '質問回答注文番号承知返品到着以内願送料弊社負担設定方法確認連絡対応場合必要利用可能情報変更支払手続申込登録商発配達届営業当者会員新期限受付完了開始終使説明類証添資部課株式京都府県市区町村地郵便住所氏様御件世存予約空席満室交換修理保障画面表示選択力保削除印刷管権請求領収税抜合計額数量単価在庫切等荷次第通常平均最低全分同自動運転免許健康険給与休暇残業請却由題解決原因調査結果報告改善提案検討重要緊急至希望相談窓口図駅徒歩無有特別割引価格比較評点体感想謝失礼恐縮幸甚協'
const hanOften = '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你，。、'
const han =
  '对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术共确传师观清今切院让识候带导争运请您好谢订单退货票配送客服联系电支付密码账号登录册怎需供址收快递费免价优惠申办'
const hanTraditionalOften = '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你，。、'
const hanTraditional =
  '對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直資命山金指許統區保至隊形社便空決治展馬科司五基書非則聽白卻界達光放強即像難且權思完設式色路記南品住告類求據程北邊交規萬取格望覺術共確傳師觀清今切院讓識候帶導爭運請您謝訂單退貨票配送客服聯絡支付密碼帳號登錄註冊怎需供址收快遞費免價優惠申辦寄'
const hangulOften = '이다는에가을고의로하지은사기도한를인어리아대나자시서니습요'
const hangul =
  '그일부원해수정전제있것안주만신으게상보여과들용않라마장까문배송답변질객회품환불교결카드현금영증능합입세감녕십오후확연락처화번호담당직무간월목토분방법청경취소반료비우때내년할될된됩되면또거저우리중국학생명조구성공동모두스트음등바로오내용더없를려며위데와적물선개업계시작력행진실통료'

const iso = (encoding: string, first: number, last: number) => (): ReadonlySet<string> =>
  levels(first, last, encoding, false)

const halfWidth = [...'｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ']
/** Half-width kana: in runs; one alone is hardly ever meant. */
export const isHalfWidthKana = (character: string): boolean => character >= '\uff61' && character <= '\uff9f'
export const halfWidthKana = { inRun: -Math.log(halfWidth.length), first: -6.5, alone: -10.5 }

export const scripts = {
  ja: ideographs([hiraganaOften, kana, kanji], iso('euc-jp', 0xb0, 0xcf), iso('euc-jp', 0xd0, 0xf4)),
  zh: ideographs([hanOften, '', han], iso('gb2312', 0xb0, 0xd7), iso('gb2312', 0xd8, 0xf7)),
  zhTraditional: ideographs(
    [hanTraditionalOften, '', hanTraditional],
    () => levels(0xa4, 0xc6, 'big5', true),
    () => levels(0xc9, 0xf9, 'big5', true)
  ),
  ko: ideographs([hangulOften, hangul, ''], iso('cp949', 0xb0, 0xc8), iso('cp949', 0xca, 0xfd)),
  en: latin('the and is you to of we it in your for what how do can are not', '', '', 'éèêëàçñöüïîáíóú'),
  de: latin('der die das und ist wir sie ein nicht mit von wann wie den auf', 'äöü', 'ß', 'éèàáâñ'),
  fr: latin('le la les des est vous nous un une et que pour sur dans je pas', 'éèà', 'êçùâîôû', 'ëïœÿæ'),
  es: latin('el los las que de por para con una no es se su en como', 'áéíóñ', 'ú¿¡', 'üºª'),
  pt: latin('os as que de por para com uma do da em se no na', 'ãáéçó', 'íêâõúà', 'ôüªº'),
  it: latin('il lo gli che di per con una non si del della sono', 'àèì', 'òùé', 'íóî'),
  nl: latin('de het een en van is wij niet met voor hoe', '', 'éë', 'ïöüèêóáàç'),
  nordic: latin('och att det er vi ikke en av til for som ja on ei der du i', 'åäöæø', 'é', 'üèáàêü'),
  is: latin('og er vi ekki um til sem hvar', 'áðíóþæö', 'éúý', ''),
  pl: latin('i w nie na do jest co jak po od', 'ąęłóś', 'żćńź', 'éäöü'),
  cs: latin('a se na je v do to jak co od', 'áíéěřščžýů', 'ťúóňďľô', 'ĺŕäöü'),
  hu: latin('a az nem hogy van egy meg', 'áéíóöő', 'úüű', 'äß'),
  ro: latin('si de la nu este cu pe in', 'ăîâșțşţ', '', 'éáöü'),
  hr: latin('i je u na se da za od', 'čšž', 'ćđ', 'éöü'),
  tr: latin('ve bir bu ne da de mi var', 'ıişğüöç', 'İŞÇÖÜĞ', 'âîû'),
  baltic: latin('ir ja kas ar ei kad no par un on', 'āēīšųėžąčęįūõäöü', 'ģķļņŗ', 'ó'),
  vi: latin('la va cho co khi khong', 'đăâêôơưáàíìóòúùéèýãõ', '̣̀́̉̃', ''),
  ru: alphabet('оеаинтсрвл', 'кмдпуяыьгзб', 'чйхжшюцщ', 'эфъё'),
  uk: alphabet('оанивітерс', 'клудмпяязьб', 'гчйхцїєжюшщ', 'фґ'),
  bg: alphabet('аиоетнрсвл', 'кдпмзягбу', 'ъчжцйшщ', 'хфюь'),
  sr: alphabet('аиоенрстук', 'влпмдзјбг', 'чшцжњљћђ', 'хфџ'),
  el: alphabet('αοιετσνηρ', 'υκπμςλάόίέ', 'ωήγδθχύφώ', 'βξζψϊΰϋΐ'),
  he: withoutCase('יוהלארתבמש', 'נכעדחקפם', 'צטגזסן', 'ךףץ״׳'),
  ar: withoutCase('اليمونرتب', 'ةعدسفهكقأ', 'حجشصضطىخذ،', 'ثإئزغظءآؤ؟'),
  th: withoutCase('านรอกเงมย่ล', 'วดทสตัี้ปบิคห', 'แจพชขใไ็์ึืุู', 'ณผถฟธศซษภญะำโๆฯ')
} as const satisfies Readonly<Record<string, Script>>

export type Language = keyof typeof scripts
