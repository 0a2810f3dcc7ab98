// Names under which something is written: lines at the end of a text that are a name and nothing else, or a place and a name.
import {
  couldBeFamily,
  couldBeFull,
  fullNameSplit,
  isFamily,
  isGiven,
  isKnownName,
  type Span
} from './japanese-name'
import { matchesOf } from '../matches'
import { givenNames } from './name-lists'
import { couldBeGiven, couldBeSomebody } from './nobody'

/** カスタマーサポート　北条 */
const signedLine =
  /(?:^|\n)[^\n。、]{0,20}(?:サポート|センター|デスク|窓口|部|課|係|室|店|事務局|担当) (\p{Script=Han}{2,5})$/u

/** From: 人事部 高橋 <…> */
const inHeader =
  /(?:^|\n)(?:From|To|Cc|Bcc|Reply-To|差出人|送信者|宛先): ?(?:[^\n<>]{0,30}[ "])?(\p{Script=Han}{2,5})"? ?</gu

/** Whose mail it is, and to whom it goes. */
export function* headerNames(text: string): Generator<Span> {
  for (const { 0: all, 1: name = '', index } of matchesOf(text, inHeader)) {
    const start = index + all.lastIndexOf(name)
    if (isKnownName(name)) yield [start, start + name.length]
  }
}

/** A line that is a name and nothing else, near the end of several. */
export function* signatures(text: string): Generator<Span> {
  const [all = '', writer = ''] = signedLine.exec(text.slice(-40)) ?? []
  if (all !== '' && couldBeSomebody(writer)) yield [text.length - writer.length, text.length]
  if (!text.includes('\n')) return
  let end = text.length
  for (let lines = 0; lines < 10 && end > 0; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(start, end)
    const name = line.trim()
    const at = start + line.indexOf(name)
    if (
      name.length >= 2 &&
      name.length <= 9 &&
      (isSigned(name, lines === 0) || (lines === 0 && isClosed(text.slice(0, start), name)))
    )
      yield [at, at + name.length]
    else {
      const [, words = ''] =
        /(?:^|[ 　])([^ 　]{1,4} [^ 　]{1,4}|[^ 　]{2,6})(?: ?\([ァ-ヶー ぁ-ん]{3,14}\))?$/.exec(name) ?? []
      if (/(?:部|課|係|室|店|担当|代表|長|社|チーム|センター|デスク)[ 　]/.test(name) && isSigned(words)) {
        const from = start + line.lastIndexOf(words)
        yield [from, from + words.length]
      }
    }
    end = start - 1
  }
}

/** What stands alone under the end of a letter is its writer. */
const isClosed = (before: string, name: string): boolean =>
  /(?:願い(?:いた|致|申し上げ)?(?:します|ます)|敬具|草々|かしこ|以上|失礼(?:いた|致)?します|拝)[。.]?\s*$/.test(
    before
  ) &&
  /^\p{Script=Han}{2,6}$|^\p{Script=Han}{1,4}[ 　]\p{Script=Han}{1,4}$/u.test(name) &&
  name.split(/[ 　]/).every((word, i) => (i === 0 ? couldBeSomebody(word) : couldBeGiven(word)))

/** last: nothing stands behind it */
function isSigned(name: string, last = false): boolean {
  const [family = '', given, ...more] = name.split(/[ 　]+/)
  if (more.length > 0) return false
  if (given === undefined) return fullNameSplit(name) > 0 || (last && isFullSigned(name))
  return (
    isGiven(given) &&
    (isFamily(family) ||
      couldBeFamily(family) ||
      (last && given.length > 1 && /^\p{Script=Han}{1,3}$/u.test(family)))
  )
}

/** Two kanji of a family that no list has, and a given name that it has. */
export const isFullSigned = (name: string): boolean =>
  couldBeFull(name) ||
  (/^\p{Script=Han}{3,6}$/u.test(name) &&
    [2, 3].some((split) => name.length > split + 1 && givenNames.has(name.slice(split))))
