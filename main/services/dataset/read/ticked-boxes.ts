// Boxes to tick, as forms have them: ☑ はい ☐ いいえ. A text that is nothing but choices says what is ticked; boxes in the midst
// of other words stay as they are written, and are named. Pure.
import { signs, signsIn } from '../../reading/signs-of-text'

/** Signs of one hand: those that are ticked, those that are not. */
interface Boxes {
  readonly ticked: string
  readonly open: string
  /** they stand in ordinary texts too, before lines of a list */
  readonly isCommon: boolean
}

const families: readonly Boxes[] = [
  { ticked: '☑☒✅✔🗹', open: '☐', isCommon: false },
  { ticked: '■', open: '□', isCommon: true },
  { ticked: '●◉', open: '○◯', isCommon: true }
]
/** Of Markdown and of plain mails, written as the signs that they are. */
const spelled = /\[([xX✓✔レ ])\]/g
/** A choice among common signs is a few words long. */
const longestChoice = 30
const longestText = 2000

/** any of the signs above, one look for all; 🗹 by its two halves */
const anyBox = /[☐☑☒□○◯]|\[ \]|\ud83d\uddf9/
const boxes = /[☐☑☒🗹]/u

/** Is it worth a closer look? */
export const mayHoldBoxes = (text: string): boolean => (signsIn(text) & signs.box) !== 0 && anyBox.test(text)

/** What is ticked of a text that is nothing but choices, some of them ticked and some not; null for any other text. */
export function tickedIn(text: string): string | null {
  if (text.length > longestText) return null
  const signs = text.trim().replace(spelled, (_, sign: string) => (sign === ' ' ? '☐' : '☑'))
  for (const family of families) {
    const found = choicesIn(signs, family)
    if (found) return found.join(signs.includes('\n') ? '\n' : /[^\x00-\x7f☐☑]/.test(signs) ? '、' : ', ')
  }
  return null
}

/** Boxes stand before their words, or behind them. */
function choicesIn(text: string, { ticked, open, isCommon }: Boxes): readonly string[] | null {
  const all = [...text]
  const isBox = (sign: string | undefined): boolean => sign !== undefined && (ticked + open).includes(sign)
  const isBefore = isBox(all[0])
  if (!isBefore && !isBox(all.at(-1))) return null
  const choices: { readonly isTicked: boolean; words: string }[] = []
  let words = ''
  for (const sign of all) {
    if (!isBox(sign)) {
      words += sign
      continue
    }
    if (isBefore && choices.length > 0) (choices.at(-1) as { words: string }).words = words
    choices.push({ isTicked: ticked.includes(sign), words: isBefore ? '' : words })
    words = ''
  }
  if (isBefore && choices.length > 0) (choices.at(-1) as { words: string }).words = words
  const plain = choices.map(({ isTicked, words: own }) => ({
    isTicked,
    words: own.replace(/\ufe0f/g, '').replace(/^[\s、,，・/／|]{1,20}|[\s、,，・/／|]{1,20}$/g, '')
  }))
  const isChoice = (own: string): boolean => own !== '' && (!isCommon || own.length <= longestChoice)
  if (!plain.every((one) => isChoice(one.words))) return null
  const chosen = plain.filter(({ isTicked }) => isTicked)
  if (chosen.length === 0 || chosen.length === plain.length) return null
  return chosen.map((one) => one.words)
}

/** Boxes that are boxes and nothing else, for whoever names them; null where there are none. */
export const boxIn = (text: string): string | null => boxes.exec(text)?.[0] ?? null
