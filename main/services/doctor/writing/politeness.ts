// How a Japanese text speaks to its reader: です・ます, だ・である, or both in one; and whether it is humble beyond です・ます.
export type Politeness = 'polite' | 'plain' | 'mixed' | 'none'

const polite =
  /(?:です|ます|ません|でした|ました|ましょう|でしょう|ください|下さい|ませ|ございます|(?:です|ます|ません|でした|ました)(?:か|ね|よ|が|ので))$/
const plain =
  /(?:だ|だった|である|であった|ではない|じゃない|だろう|であろう|だね|だよ|のだ|んだ|する|した|しろ|される|された|できる|できない|なる|なった|ない|なかった|ある|あった|いる|いた|れる|れた|せる|せた|える|えた|った|んだ|いう|思う|行う|よい|良い|べき|たい|くれ|[うくぐすつぬぶむる]|しい|しかった)$/
const humble =
  /(?:ございま|いたしま|申し上げ|いただ(?:き|け|い)|頂(?:き|け|い)|存じ|おりま|承り|賜|伺い|拝見|くださいませ|でござい|差し上げ)/

export interface Tone {
  readonly politeness: Politeness
  readonly humble: boolean
}

export function toneOf(text: string): Tone {
  if (!/[ぁ-ん]{2}/.test(text)) return { politeness: 'none', humble: false }
  let [politely, plainly] = [0, 0]
  // what is quoted is somebody else's
  for (const sentence of text.replace(/「[^「」]{0,200}」/g, '「」').split(/[。！？!?\n]/)) {
    const words = bare(sentence).replace(/(?:から|けど|が|ので|ね|よ|な|よね)$/, '')
    if (words.length < 4 || !/[ぁ-ん]/.test(words)) continue
    if (polite.test(words)) politely++
    else if (plain.test(words)) plainly++
  }
  const politeness = politely > 0 ? (plainly > 0 ? 'mixed' : 'polite') : plainly > 0 ? 'plain' : 'none'
  return { politeness, humble: humble.test(text) }
}

/** what may stand behind the end of a sentence */
const behind = ' \t\r　、,」』）)ーw…・笑♪☆'

function bare(sentence: string): string {
  let end = sentence.length
  while (end > 0 && behind.includes(sentence[end - 1] as string)) end--
  return sentence.slice(0, end)
}
