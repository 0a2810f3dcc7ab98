// Parts of a question in another order: its reason or condition behind what is asked, or the sentence that asks before those
// that tell. Where a part leans on what stands before it, nothing is moved.
import type { Change } from './changed'

export const orderChange: Change = (question, chance) => {
  const ways = [movedClause, movedSentence].flatMap((way) => way(question) ?? [])
  return chance.pick(ways) ?? null
}

/** Leans on what stands before it, or belongs where it stands. */
const leaning =
  /^(?:それ|その|そちら|そこ|これ|この|こちら|ここ|あれ|あの|なので|ですので|ですが|だから|でも|しかし|ただ|また|そして|それで|すると|つまり|なお|ちなみに|上記|前述|同じ|あと|it\b|its\b|they\b|them\b|that\b|this\b|these\b|those\b|he\b|she\b|so\b|but\b|and\b|or\b|also\b|then\b|however\b|because of that)/i
const frame =
  /^(?:お世話|いつも|こんにち|こんばん|はじめまして|初めまして|お忙しい|突然|失礼|恐れ入り|すみません|すいません|よろしく|宜しく|お願い|ありがとう|以上|敬具|拝啓|hello|hi\b|dear|good (?:morning|afternoon|evening)|thanks|thank you|sorry|please help|kind regards|regards|best)/i
const asks = /(?:[？?]\s*|か。?|ください。?|下さい。?|ませんか。?|でしょうか。?)$/

/** 急いでいるので、いつ届きますか。 -> いつ届きますか。急いでいるので。 If it breaks, can I return it? -> Can I return it if it breaks? */
function movedClause(question: string): string | null {
  const text = question.trim()
  const ja =
    /^([^。？?！!\n、,]{3,60}(?:ので|ため|から|場合|場合は|とき|ときは|のですが|んですが|けど|けれど))[、,]([^。？?！!\n]{3,80})([。？?！!])$/.exec(
      text
    )
  if (ja) {
    const [, clause = '', rest = '', mark = ''] = ja
    if (leaning.test(rest) || frame.test(clause)) return null
    return `${rest}${mark}${clause.replace(/は$/, '')}${/(?:から|ため|場合|とき)$/.test(clause.replace(/は$/, '')) ? 'です' : ''}。`
  }
  const en =
    /^((?:if|when|because|since|after|before|while|as|unless)\b[^,.?!\n]{3,80}), ([^.?!\n]{3,120})([.?!])$/i.exec(
      text
    )
  if (!en) return null
  const [, clause = '', rest = '', mark = ''] = en
  if (leaning.test(rest)) return null
  const lower = /^I\b|^[A-Z]{2}/.test(clause) ? clause : clause[0]?.toLowerCase() + clause.slice(1)
  return `${rest[0]?.toUpperCase() ?? ''}${rest.slice(1)} ${lower}${mark}`
}

/** The sentence that asks goes before the others, or behind them. */
function movedSentence(question: string): string | null {
  const sentences = question
    .match(/[^。．？?！!\n.]+(?:[。．？?！!]|\.(?=\s|$)|$)\s*/g)
    ?.map((one) => one.trim())
  if (!sentences || sentences.join('').replace(/\s/g, '') !== question.replace(/\s/g, '')) return null
  const inner = sentences.map((text, at) => ({ text, at })).filter(({ text }) => !frame.test(text))
  if (inner.length < 2 || inner.length > 4) return null
  const asking = inner.filter(({ text }) => asks.test(text))
  const [one] = asking
  if (asking.length !== 1 || !one || inner.some(({ text }) => leaning.test(text))) return null
  // in one piece between the frames
  const first = (inner[0] as { at: number }).at
  if (inner.some(({ at }, i) => at !== first + i)) return null
  const others = inner.filter((two) => two !== one)
  const moved = inner[0] === one ? [...others, one] : [one, ...others]
  const space = /[。？！]/.test(question) ? '' : ' '
  const all = [
    ...sentences.slice(0, first),
    ...moved.map(({ text }) => text),
    ...sentences.slice(first + inner.length)
  ]
  return all.every((text) => /[。．？?！!.]$/.test(text)) ? all.join(space) : null
}
