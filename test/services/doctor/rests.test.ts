// What generators of other hands have planted and the check-up once missed, or found in vain: each as it stood.
import { describe, expect, test } from 'vitest'
import { scanPersonal } from '../../../main/services/doctor/personal/scan'
import { mailRestAt, withoutMailRests } from '../../../main/services/doctor/rests/mail-rests'
import { isOnlyGreeting, machinePhraseIn } from '../../../main/services/doctor/rests/phrases'
import { placeholderIn } from '../../../main/services/doctor/rests/placeholders'

describe('rests', () => {
  test.each([
    'こんにちは。お問い合わせいただき、誠にありがとうございます。',
    'ご連絡ありがとうございました。今後ともよろしくお願い申し上げます。'
  ])('%s only greets', (text) => expect(isOnlyGreeting(text)).toBe(true))

  test('a short yes is an answer, and so is a thank-you that goes on', () => {
    expect(isOnlyGreeting('はい。')).toBe(false)
    expect(isOnlyGreeting('お問い合わせありがとうございます。窓口は本館の奥です。')).toBe(false)
  })

  test.each([
    '申し訳ありませんが、AIである私にはお答えできません。',
    '私の知識は2023年までの情報に基づいています。'
  ])('%s is said by a program', (text) => expect(machinePhraseIn(text)).not.toBeNull())

  test('people speak of years and of AI too', () => {
    expect(machinePhraseIn('私の父は2023年まで勤めておりました。')).toBeNull()
    expect(machinePhraseIn('AIの講座は水曜日に開いております。')).toBeNull()
  })

  test('of several mails in one text none is cut off, of an answer what it quotes is', () => {
    const mails =
      'From: 井上 <a@b.example>\nTo: 人事部\n\n経路が変わります。\n井上\n\nFrom: 人事部 高橋 <hr@b.example>\n\n経路届をご提出ください。\n-----\n人事部 TEL 03-0000-0000'
    expect(mailRestAt(mails)).toBeNull()
    expect(withoutMailRests('ご提出ください。\n\nFrom: 井上 <a@b.example>\n経路が変わります。')).toBe(
      'ご提出ください。'
    )
    expect(withoutMailRests('From: 井上\n\nご提出ください。\n-----Original Message-----\n経路は')).toBe(
      'From: 井上\n\nご提出ください。'
    )
  })

  test('a town that was never filled in', () => {
    expect(placeholderIn('△△市の施設です。')).not.toBeNull()
    expect(placeholderIn('△市立の印があります。')).toBeNull()
  })

  test('who has written, between two rules at the end; not a notice in the middle', () => {
    const rule = '━━━━━━━━━━━━'
    expect(withoutMailRests(`かしこまりました。\n\n${rule}\n湯の里旅館 予約係\n${rule}`)).toBe(
      'かしこまりました。'
    )
    expect(mailRestAt(`ご案内です。\n${rule}\n雨天のときは中止いたします。\n${rule}`)).toBeNull()
    expect(mailRestAt(`ご案内です。\n${rule}\n本館の地図\n${rule}\nお待ちしております。`)).toBeNull()
  })
})

describe('personal data', () => {
  const found = (text: string): string[] => scanPersonal(text).map(({ start, end }) => text.slice(start, end))

  test.each([
    [
      'URL: https://files.example.com/f?token=ywD7yfxEK8MPご家族の方もどうぞ',
      'https://files.example.com/f?token=ywD7yfxEK8MP'
    ],
    [
      'https://admin:NTe8m0FIv@intra.example.jp/お車でお越しの際は',
      'https://admin:NTe8m0FIv@intra.example.jp/'
    ],
    ['PW：U7d8e#482', 'U7d8e#482'],
    ['パスワードは MyAfY#629 にしてください。', 'MyAfY#629'],
    ['転居先は大阪府堺市北区百舌鳥梅町3丁40番地2になります。', '大阪府堺市北区百舌鳥梅町3丁40番地2'],
    ['予約のお名前は「サカキバラ フミコ」様で承っております。', 'サカキバラ フミコ'],
    ['よろしくお願いいたします。\n湯の里旅館　予約係　三枝', '三枝']
  ])('%s', (text, words) => expect(found(text)).toEqual([words]))

  test.each(['口座名義は役場です。', '「朝食バイキング」様式の札', 'my_password を変えてください。'])(
    'nobody in %s',
    (text) => expect(found(text)).toEqual([])
  )
})
