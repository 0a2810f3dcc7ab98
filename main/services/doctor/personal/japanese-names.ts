// Japanese names of people in a text: before 様, さん and the like, in greetings and introductions, behind the labels of
// forms, in signatures, and full names as the list has them. The honorific itself stays.
import {
  couldBeFamily,
  couldBeFull,
  couldBeKatakanaName,
  fullNameSplit,
  isFamily,
  isFamilyReading,
  isGiven,
  isHan,
  isHanAt,
  isHiragana,
  isInName,
  isKatakana,
  isKnownName,
  places,
  type Span
} from './japanese-name'
import { givenNames } from './name-lists'
import { couldBeGiven, couldBeSomebody, hasGivenEnd, isFigure, looksLikeFamily } from './nobody'
import { headerNames, isFullSigned, signatures } from './signed-names'
import { matchesOf } from '../matches'

const honorific =
  /(?:(?<![模同多異仕有])様(?![々子式相態])|さま(?![ざ])|さん(?![ぽ])|(?<![摂華源平])氏(?![名族神子])|殿(?![下堂方様])|君(?![主臨が])|くん|ちゃん(?!(?:ぽん|こ|ちゃん))|先生|先輩|(?:副?(?:部|課|社|店|係|院|所|支店)長|主任|専務|常務|教授|医師)(?![にへがをの]?(?:な|職)))/g
const title = /^(?:副|部|課|社|店|係|院|所|支|主|専|常|教|医)/
/** before a name without a space between */
const role =
  /(?:担当|店長|部長|課長|主任|係長|営業|会長|社長|院長|弊社|当社|当店|会社|商事|商店|工業|銀行|支店|本部|課|部|係|店|代表|取締役|責任者|窓口|総務|人事|経理|広報|患者|顧客|株式会社|産業|建設|不動産|物産|製作所|事務所|病院|薬局)$/

const runBefore = (
  text: string,
  end: number,
  fits: (sign: string | undefined) => boolean,
  most: number
): number => {
  let from = end
  while (from > 0 && end - from < most && fits(text[from - 1])) from--
  return from
}
const runAfter = (
  text: string,
  start: number,
  fits: (sign: string | undefined) => boolean,
  most: number
): number => {
  let to = start
  while (to < text.length && to - start < most && fits(text[to])) to++
  return to
}

/** The name that ends here. sure: the word behind it is said of people alone. */
function nameBefore(text: string, at: number, sure: boolean, any = sure): Span | null {
  const end = text[at - 1] === ' ' ? at - 1 : at
  if (text[end - 1] === '」') return sure ? quotedName(text, end - 1) : null
  const mixed = mixedNameBefore(text, end)
  if (mixed) return mixed
  const from = isHan(text[end - 1]) ? runBefore(text, end, isInName, 8) : end
  if (from < end) return hanNameBefore(text, from, end, sure, any)
  if (isKatakana(text[end - 1])) {
    const start = runBefore(text, end, isKatakana, 17)
    const run = text.slice(start, end)
    if (isHan(text[start - 1])) {
      // 鈴木パーキング様
      const family = couldBeKatakanaName(run) ? familyBefore(text, start) : null
      return family === null ? null : [family, end]
    }
    if (isFigure(run)) return null
    if (isFamilyReading(run) || (sure && couldBeKatakanaName(run))) return withFirstWord(text, start, end)
  }
  if (isHiragana(text[end - 1])) return hiraganaNameBefore(text, end)
  return null
}

/** 大和田ひろ子: a given name that begins in hiragana, behind a family name of the list. */
function mixedNameBefore(text: string, end: number): Span | null {
  const given = /[ぁ-ん]{2}[子美代江枝恵]$/.exec(text.slice(Math.max(0, end - 3), end))
  // 田中のお子様
  if (!given || /^.[おご]/.test(given[0])) return null
  const start = end - given[0].length
  const family = familyBefore(text, text[start - 1] === ' ' ? start - 1 : start)
  return family === null ? null : [family, end]
}

/** 「タナカ ハナコ」様 */
function quotedName(text: string, end: number): Span | null {
  const start = text.lastIndexOf('「', end) + 1
  const words = text.slice(start, end)
  if (start === 0 || words.length < 2 || words.length > 16) return null
  const [family = '', given = ''] = words.split(' ')
  const isKana = /^[ァ-ヶー ]+$/.test(words) && (given.length > 1 || isFamilyReading(family))
  return isKana || isKnownName(words.replace(' ', '')) ? [start, end] : null
}

function hanNameBefore(text: string, from: number, end: number, sure: boolean, any: boolean): Span | null {
  const run = text.slice(from, end)
  // 佐藤 花子様
  if (text[from - 1] === ' ' && (isGiven(run) || (any && couldBeGiven(run)))) {
    const first = runBefore(text, from - 1, isHan, 8)
    const family = familyBefore(text, from - 1)
    if (family !== null) return [family, end]
    const unknown = text.slice(first, from - 1)
    if (sure && unknown.length <= 3 && unknown.length > 0 && (couldBeFamily(unknown) || givenNames.has(run)))
      return [first, end]
    if (any && unknown.length <= 4 && run.length > 1 && isSomebody(text, first, from - 1)) return [first, end]
  }
  for (let k = 0; k < run.length; k++) {
    const name = run.slice(k)
    if (!isKnownName(name)) continue
    if (k === 0 || role.test(run.slice(0, k))) return [from + k, end]
    const split = fullNameSplit(name)
    if (any && run.length <= 4 && isSomebody(text, from, end)) return [from, end]
    if (sure && name.length > 1 && (isFamily(name) || (split > 1 && givenNames.has(name.slice(split)))))
      return [from + k, end]
  }
  if (!sure) return null
  if (couldBeFamily(run) || couldBeFull(run) || (run.length > 1 && givenNames.has(run))) return [from, end]
  const cut = role.exec(run.slice(0, -2))
  if (cut) {
    const name = run.slice(cut.index + cut[0].length)
    if (couldBeFamily(name) || couldBeFull(name)) return [end - name.length, end]
    return !any || /会社|[商工]/.test(cut[0]) || name.length < 2 || !couldBeSomebody(name)
      ? null
      : [end - name.length, end]
  }
  return any && isSomebody(text, from, end) ? [from, end] : null
}

/** Where only a name stands, these kanji are one as far as they are no word that could stand there too. */
function isSomebody(text: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? ''
  // お客様, ユーザー様, A社様
  if (/[おごァ-ヶーA-Za-z\d]/.test(before)) return false
  // 左様, 宮殿: one sign alone is a word too often
  return end - start > 1 && couldBeSomebody(text.slice(start, end))
}

function hiraganaNameBefore(text: string, end: number): Span | null {
  const from = runBefore(text, end, isHiragana, 6)
  for (let k = from; k < end - 1; k++) {
    const run = text.slice(k, end)
    // さくらさん; not what the end of a word happens to be
    if (!isFamilyReading(run) && !givenNames.has(run)) continue
    const family = familyBefore(text, k)
    if (family !== null) return [family, end]
    if (k === from || /[、。のはとがも]/.test(text[k - 1] as string)) return [k, end]
  }
  return null
}

/** Where a known family name that ends here begins. */
function familyBefore(text: string, end: number): number | null {
  for (let length = 4; length >= 1; length--) {
    const start = end - length
    if (start < 0 || !isFamily(text.slice(start, end))) continue
    if (length > 1 || !isHan(text[start - 1])) return start
  }
  return null
}

/** タナカ ハナコ様 */
function withFirstWord(text: string, start: number, end: number): Span {
  if (text[start - 1] !== ' ') return [start, end]
  const first = runBefore(text, start - 1, isKatakana, 8)
  return isFamilyReading(text.slice(first, start - 1)) ? [first, end] : [start, end]
}

/** What ends a name that nothing else proves. */
const nameEnd = /^(?:$|[\s、。,.()／/・:]|です|と申|様|さん|氏|でござ|といい|と言|より|宛|\d)/

/** The name that begins here. strict: only names that the list has. */
function nameAfter(text: string, start: number, strict: boolean): Span | null {
  if (isHan(text[start])) {
    const end = runAfter(text, start, isInName, 7)
    const run = text.slice(start, end)
    const isEnd = nameEnd.test(text.slice(end, end + 4))
    if (text[end] === ' ' && (isFamily(run) || (!strict && run.length <= 4))) {
      const second = runAfter(text, end + 1, (sign) => isHan(sign) || isHiragana(sign) || isKatakana(sign), 6)
      const given = text.slice(end + 1, second)
      if (
        isGiven(given) ||
        (isFamily(run) &&
          given.length >= 1 &&
          given.length <= 4 &&
          nameEnd.test(text.slice(second, second + 4)))
      )
        return [start, second]
    }
    if (!isEnd) {
      for (let length = run.length; length >= 2; length--)
        if (fullNameSplit(run.slice(0, length)) > 0 && (strict || length === run.length))
          return [start, start + length]
      const mixed = runAfter(text, end, (sign) => isHiragana(sign) || isKatakana(sign), 4)
      if (isFamily(run))
        for (let stop = mixed; stop > end + 1; stop--)
          if (givenNames.has(text.slice(end, stop))) return [start, stop]
      return null
    }
    if (isKnownName(run) && (!strict || run.length > 1)) return [start, end]
    if (strict) return null
    return couldBeFamily(run) || isFullSigned(run) ? [start, end] : null
  }
  if (strict) return null
  for (const fits of [isKatakana, isHiragana]) {
    if (!fits(text[start])) continue
    const first = runAfter(text, start, fits, 12)
    const second = text[first] === ' ' ? runAfter(text, first + 1, fits, 12) : first
    const end = second > first + 1 ? second : first
    const run = text.slice(start, first)
    const fit =
      end > first ||
      isFamilyReading(run) ||
      [...Array(5).keys()].some((k) => isFamilyReading(run.slice(0, k + 2)))
    return fit && end - start >= 3 && nameEnd.test(text.slice(end, end + 4)) ? [start, end] : null
  }
  return null
}

/** 三枝部長; not 営業部長. */
function titled(text: string, end: number): Span | null {
  const from = runBefore(text, end, isInName, 8)
  return looksLikeFamily(text.slice(from, end)) && isSomebody(text, from, end) ? [from, end] : null
}

/** The one or two words of kanji that stand behind a label alone. */
function anyNameAt(text: string, start: number): Span | null {
  const [words = ''] =
    /^\p{Script=Han}{1,5}(?: \p{Script=Han}{1,4})?/u.exec(text.slice(start, start + 12)) ?? []
  const [family = '', given] = words.split(' ')
  const isName =
    family.length + (given?.length ?? 0) > 1 &&
    couldBeSomebody(family) &&
    (given === undefined || couldBeGiven(given)) &&
    nameEnd.test(text.slice(start + words.length, start + words.length + 4))
  return isName ? [start, start + words.length] : null
}

/** お名前は……です */
const isSaid = (said: string, rest: string): boolean =>
  /(?:名前|氏名|姓名|[者人員]名) ?は ?$/.test(said) &&
  /^\p{Script=Han}{2,6}(?: \p{Script=Han}{1,4})?(?:です|でござ|と申)/u.test(rest)

/** relations, behind whom their name may stand */
const relation =
  /(?:夫|妻|父|母|娘|息子|[長次三][男女]|兄|姉|弟|妹|祖父|祖母|孫|本人|友人|同僚|知人|上司|部下|先輩|後輩|主人|家内|旦那)の(?=\p{Script=Han}{1,6}(?: \p{Script=Han}{1,4})?(?:の名義|[がはもにへをと、]|様|さん))/gu

function* relatives(text: string): Generator<Span> {
  for (const match of matchesOf(text, relation)) {
    const start = match.index + match[0].length
    const first = runAfter(text, start, isHan, 6)
    const end = text[first] === ' ' ? runAfter(text, first + 1, isHan, 4) : first
    const run = text.slice(start, end)
    const isNamed = text.startsWith('の名義', end) && couldBeSomebody(run.replace(' ', ''))
    if (isNamed || isKnownName(run) || (hasGivenEnd(run) && couldBeSomebody(run))) yield [start, end]
  }
}

const label =
  /(?:氏名|(?<![品件書製題商店曲犬])お?名前|姓名|契約者名?|申込者|申込人|受取人名?|宛名|会員名|利用者名|患者名|名義人?|(?:フリガナ|ふりがな|カナ|かな)|担当者名?|担当|記入者|作成者|送信者|差出人|発信者|代表者名?|責任者|保護者名?|依頼主|お届け先|送付先|ご請求先)(?: ?\([^()\n]{1,6}\))? ?(?<sign>[:】\])>|=\t]|は|が|の|、)? ?/g
/** somebody says where they work */
const atWork =
  /(?:会社|\(株\)|㈱|課|部|店|係|室|センター|サポート|デスク|窓口|担当|社|舗|堂|屋|[ァ-ヶーぁ-ん]{3})の$/
/** what is said so is said of people alone */
const atDesk = /(?:会社|\(株\)|㈱|課|部|店|店長|係|室|センター|サポート|デスク|窓口|担当|社|舗)の$/
const onDuty = /(?:受付|担当|窓口|対応)者?は$/
const introduced =
  /(?:と申します|と申し(?:ます|まして)|といいます|と言います|と名乗)|(?:です(?![かがけのよ])|でございます)|(?:宛て?に|あて)|(?=\((?:[ァ-ヶー ]{3,12}|[ぁ-ん ]{3,12})\))|(?=(?:が|から|より|まで)[^。\n]{0,10}(?:対応|担当|連絡|お電話|伺|返信|ご案内|折り返し|承り|うけたまわ|参り|まいり|お迎え|お待ち|ご説明))/g

export function* japaneseNames(text: string): Generator<Span> {
  for (const { 0: word, index } of matchesOf(text, honorific)) {
    const isTitle = title.test(word)
    const found =
      nameBefore(text, index, !isTitle && word !== 'くん' && word !== 'ちゃん') ??
      (/^(?:部長|課長|社長|係長|主任|専務|常務|教授|医師)$/.test(word) ? titled(text, index) : null)
    if (found) yield found
  }
  for (const match of matchesOf(text, label)) {
    const sign = match.groups?.['sign']
    const at = match.index + match[0].length
    const isOwn = /(?:私|わたし|わたくし|僕|ぼく|俺|本人)の?$/.test(
      text.slice(Math.max(0, match.index - 5), match.index)
    )
    const strict =
      !/^[:】\])>|=\t]$/.test(sign ?? '') && !isOwn && !/名義|フリガナ|ふりがな|氏名|姓名/.test(match[0])
    const found =
      nameAfter(text, at, strict || sign === 'の') ??
      (strict && !isSaid(match[0], text.slice(at)) ? null : anyNameAt(text, at))
    if (found && !(strict && places.has(text.slice(...found)))) yield found
  }
  yield* relatives(text)
  yield* introductions(text)
  yield* headerNames(text)
  yield* signatures(text)
  yield* fullNames(text)
}

function* introductions(text: string): Generator<Span> {
  for (const { 0: word, index } of matchesOf(text, introduced)) {
    const isSure = /^と/.test(word)
    const from = runBefore(text, index, isHan, 8)
    const first = text[from - 1] === ' ' ? runBefore(text, from - 1, isHan, 5) : from
    // behind anything else stands no name
    if (from === index && !mayEndName(text[index - 1])) continue
    const says = index - from <= 5 && atWork.test(text.slice(Math.max(0, from - 24), from))
    const said = text.slice(Math.max(0, first - 24), first)
    const isNamed = atDesk.test(said) || (text[index] === 'が' && onDuty.test(said))
    const found = nameBefore(text, index, isSure || says || isNamed, /^と申/.test(word) || isNamed)
    if (!found) continue
    const [start, end] = found
    const name = text.slice(start, end)
    const stands = start === 0 || /[のは、。\s「はとも・:]/.test(text[start - 1] as string)
    const works = isNamed || atWork.test(text.slice(Math.max(0, start - 24), start))
    if (
      isSure ||
      (stands &&
        name.length > 1 &&
        (!places.has(name) || works) &&
        (works || isFamily(name) || fullNameSplit(name) > 0 || name.includes(' ')))
    ) {
      yield found
      yield* reading(text, end)
    }
  }
}

const mayEndName = (sign: string | undefined): boolean =>
  sign === ' ' || sign === '」' || isHiragana(sign) || isKatakana(sign)

/** 田中花子（たなかはなこ） */
function* reading(text: string, end: number): Generator<Span> {
  const [all, kana = ''] =
    /^ ?\(((?:[ァ-ヶー ]{3,14}|[ぁ-ん ]{3,14}))\)/.exec(text.slice(end, end + 18)) ?? []
  if (all !== undefined) yield [end + all.indexOf(kana), end + all.indexOf(kana) + kana.length]
}

/** As the list has them, wherever they stand. */
function* fullNames(text: string): Generator<Span> {
  for (let at = 0; at < text.length; at++) {
    if (!isHanAt(text, at)) continue
    let end = at + 1
    while (end < text.length && end - at < 40 && isHanAt(text, end)) end++
    // two kanji are a full name only where nothing stands before them, or the given name behind a space
    const isShort = end - at < 3 && at > 0 && text[end] !== ' '
    const found = isShort ? null : fullNameAt(text, at, end, text.slice(at, end))
    if (found) {
      yield found
      yield* reading(text, found[1])
    }
    at = end
  }
}

function fullNameAt(text: string, at: number, end: number, run: string): Span | null {
  if (text[end] === ' ' && run.length <= 4 && isFamily(run)) {
    const second = runAfter(text, end + 1, isHan, 4)
    const given = text.slice(end + 1, second)
    if (given.length <= 3 && (givenNames.has(given) || (given.length === 2 && isGiven(given))))
      return [at, second]
  }
  if (run.length > 7) return null
  const name = run.replace(/(?:様|氏|殿|君|宛|本人|先生|名義)$/, '')
  const split = name.length >= 3 || at === 0 ? fullNameSplit(name) : 0
  if (split >= 2 && givenNames.has(name.slice(split)) && name.length - split <= 3)
    return [at, at + name.length]
  const cut = role.exec(name.slice(0, -3))
  if (!cut) return null
  const rest = name.slice(cut.index + cut[0].length)
  return fullNameSplit(rest) >= 2 && givenNames.has(rest.slice(fullNameSplit(rest)))
    ? [at + name.length - rest.length, at + name.length]
    : null
}
