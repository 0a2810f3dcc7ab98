// Sentences that give themselves away: only a greeting; the phrases of chat programs; one piece again and again.
import { thresholds } from '../thresholds'

const greetings =
  /^(?:(?:いつも|大変)?(?:お世話になっ(?:て|ており)(?:い|)?ます|お世話になります|お世話様です)|こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|ありがとう(?:ございます|ございました)?|有難うございます|どうも|(?:今後とも|引き続き|何卒|どうぞ|どうか)?よろしく(?:お願い(?:いた|致)?します|お願いします|お願い申し上げます)?|どうぞ?よろしくお願い(?:いた|致)?します|お疲れ様(?:です|でした)|お疲れさまです|失礼(?:いた|致)?します|承知(?:いた|致)?しました|かしこまりました|了解(?:です|しました|いたしました)?|はい|(?:この度は|このたびは)?(?:ご連絡|ご返信|ご返答|お電話|お便り|お知らせ|お問い?合わ?せ|ご質問|ご相談)(?:を)?(?:いただき|頂き|くださり|下さり)?(?:まして)?[、,]?(?:誠に|まことに|本当に)?ありがとうございま(?:す|した)|拝啓|敬具|hello|hi|hey|hi there|thanks?|thank you(?: very much| so much)?|good (?:morning|afternoon|evening)|dear \w{1,20}|best regards|kind regards|regards|you'?re welcome|ok(?:ay)?|sure|welcome|sincerely|nice to meet you)[ 、。.!！,…ー〜～\s]*/i

export function isOnlyGreeting(text: string): boolean {
  let rest = text.trim()
  // short, and an answer
  if (rest === '' || rest.length > 160 || /^はい[。.!！]?$/.test(rest)) return false
  for (let i = 0; i < 6 && rest !== ''; i++) {
    const match = greetings.exec(rest)
    if (!match) return false
    rest = rest.slice(match[0].length)
  }
  return rest === ''
}

const machine =
  /(?:as an? (?:AI|artificial intelligence|large language|language)(?: language)? ?(?:model|assistant)?|I(?:'m| am) (?:just )?an AI\b|I (?:cannot|can't|am unable to) (?:fulfill|assist with|provide) (?:that|this|your) request|my (?:knowledge|training) (?:cut-?off|data)|knowledge cutoff|regenerate response|I hope this (?:helps|message finds you|email finds you)|certainly! (?:here|below)|sure(?:, |! )here(?:'s| is| are)|is there anything else I can (?:help|assist)|OpenAI|ChatGPT|language model trained by|AIである(?:私|わたし|当)|(?:私|わたし)の(?:知識|学習|情報)は?[^。\n]{0,12}\d{4}年|AI ?(?:言語モデル|アシスタント)(?:として|ですので|なので|のため|であり)|(?:私|わたし)は(?:単なる)?(?:AI|人工知能|言語モデル|大規模言語モデル)|大規模言語モデル(?:として|です|であり|なので)|もちろんです[!！]?(?:以下|こちら)|以下に(?:いくつかの)?(?:例|回答|提案)を(?:示|挙げ|ご紹介)します|ご質問にお答えします[。！!]|学習データ(?:には|の)[^。\n]{0,10}(?:まで|含)|何か他にお手伝いできることはありますか|他に(?:何か)?(?:ご質問|お手伝いできること)が(?:あれば|ございましたら)、?(?:お気軽に|いつでも|遠慮なく)(?:お知らせ|お聞き|お尋ね))/i

export function machinePhraseIn(text: string): readonly [number, number] | null {
  const match = machine.exec(text)
  return match ? [match.index, match.index + match[0].length] : null
}

/** One sentence, or one short piece, so often that nobody wrote it so. */
export function isRepeating(text: string): boolean {
  const { times, sentence } = thresholds.repeats
  const all = text.split(/[。.!?！？\n]/)
  const sentences = new Map<string, number>()
  for (const one of all.length < times ? [] : all) {
    const words = one.trim()
    // lines of a table or a dash are no sentences
    if (words.length < sentence || !/[\p{L}]{3}/u.test(words)) continue
    const count = (sentences.get(words) ?? 0) + 1
    if (count >= times) return true
    sentences.set(words, count)
  }
  return hasLoop(text)
}

/** A piece of 2 to 40 signs, five times one behind the other. Such a run is long, so that it is met by looking here and there:
 *  each sign of the text is looked at about twice. */
function hasLoop(text: string): boolean {
  if (text.length < 12) return false
  for (let length = 2; length <= 40 && 5 * length <= text.length; length++) {
    const isSame = (i: number): boolean => text.charCodeAt(i) === text.charCodeAt(i - length)
    for (let met = length; met < text.length; met += 4 * length) {
      if (!isSame(met)) continue
      let from = met
      while (from > length && isSame(from - 1)) from--
      let to = met + 1
      while (to < text.length && isSame(to)) to++
      // where the next look is behind it, it was met for the last time
      met = Math.max(met, to - 4 * length)
      if (to - from < 4 * length) continue
      const piece = text.slice(to - length, to)
      if (/\p{L}\P{N}{0,40}\p{L}/u.test(piece) && !/^(.)\1*$/u.test(piece)) return true
    }
  }
  return false
}
