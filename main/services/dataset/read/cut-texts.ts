// Texts that were cut off before they came here: several of the very same length, which is the longest there is (a column of
// a database takes no more), the most that a cell of Excel takes, or most of them ending in three points.
import type { FieldNote } from '../../../contract/records'

/** Characters of a cell of Excel. */
const mostOfExcel = 32_767
/** Shorter ones may have one length by chance. */
const shortestCut = 60
const fewest = 3
/** What columns are made to take. */
const usual = new Set([
  80, 100, 120, 128, 140, 200, 250, 255, 256, 300, 400, 500, 512, 1000, 1024, 2000, 2048, 4000
])

/** Three points, and behind them the words by which a page shows the rest. */
const goesOn =
  /(?:\.\.\.|…)[\s([（【［>＞»]{0,3}(?:もっと(?:見る|読む)|続き(?:を(?:読む|見る))?|全文(?:を(?:読む|見る))?|詳細(?:はこちら)?|さらに表示|すべて表示|(?:read|see|show|view|learn)? ?more|continue reading|查看更多|查看全文|展开|更多|더 ?보기|mehr(?: lesen| anzeigen)?|weiterlesen|lire la suite|voir plus|leer más|ver más)?[\s)\]）】］>＞»]{0,3}$/i
const endLooked = 40

function mayGoOn(text: string): boolean {
  const end = text.slice(-endLooked)
  // nearly no answer has them
  return (end.includes('…') || end.includes('...')) && goesOn.test(end)
}

const isEnded = (text: string): number => (/[.!?。！？][」』）)"'”’]?$/.test(text) ? 1 : 0)

export class CutTexts {
  #texts = 0
  #pointed = 0
  #ofExcel = 0
  #longest = 0
  /** so many have the longest length; the first of them, since copies of one text are no sign */
  #atLongest = 0
  #first = ''
  /** of these, so many end as a sentence does */
  #ended = 0

  add(text: string): void {
    this.#texts++
    if (mayGoOn(text)) this.#pointed++
    if (text.length === mostOfExcel) this.#ofExcel++
    if (text.length > this.#longest) {
      this.#longest = text.length
      this.#atLongest = 1
      this.#first = text
      this.#ended = isEnded(text)
    } else if (text.length === this.#longest && text !== this.#first) {
      this.#atLongest++
      this.#ended += isEnded(text)
    }
  }

  /** The field is how long they are, or what they end in. */
  note(): FieldNote | null {
    const note = (field: string, count: number): FieldNote => ({ kind: 'cut', field, count })
    if (this.#ofExcel > 0) return note(String(mostOfExcel), this.#ofExcel)
    // rows that a program made are often of one length
    const isMade = this.#atLongest * 2 > this.#texts && !usual.has(this.#longest)
    // what is cut off hardly ever ends with a sentence
    const isWhole = this.#ended * 2 > this.#atLongest
    if (this.#longest >= shortestCut && this.#atLongest >= fewest && !isMade && !isWhole)
      return note(String(this.#longest), this.#atLongest)
    return this.#pointed >= fewest && this.#pointed * 2 >= this.#texts ? note('…', this.#pointed) : null
  }
}
