// What is wrong with an answer as far as a program can see: broken characters, phrases that go round in circles,
// numbers and names of the reference that are lost or others in their place, another topic than was asked, another language in the middle. It finds reasons to look, and never says
// that an answer is good. Pure.
import type { Troubles } from '../contract/answer-troubles'
import { folded, namesIn, numbersIn } from './facts'
import { withoutMasks } from './masks'
import { otherTopicIn } from './other-topic'

export const noTroubles: Troubles = {
  broken: false,
  repeated: null,
  lost: [],
  invented: [],
  foreign: null,
  otherTopic: null,
  missed: []
}

/** Of an answer alone, as in a chat. */
export function troublesOf(answer: string): Troubles {
  return { ...noTroubles, broken: isBroken(answer), repeated: repeatedIn(answer) }
}

/** Of an answer beside the one that was given. */
export function troublesBeside(
  answer: string,
  reference: string,
  question: string,
  house?: ReadonlySet<string>
): Troubles {
  const [bareAnswer, bareReference, bareQuestion] = [answer, reference, question].map(withoutMasks) as [
    string,
    string,
    string
  ]
  const [said, given, asked] = [folded(bareAnswer), folded(bareReference), folded(bareQuestion)]
  const alone = troublesOf(answer)
  const known = new Set([...numbersIn(given), ...numbersIn(asked)])
  return {
    ...noTroubles,
    broken: alone.broken && !isBroken(reference),
    // what is said twice in the reference may be said twice
    repeated: alone.repeated !== null && repeatedIn(reference) === null ? alone.repeated : null,
    lost: [
      ...[...numbersIn(given)].filter((number) => !numbersIn(said).has(number)),
      ...namesIn(bareReference)
        .map(({ name }) => name)
        .filter((name) => !said.toLowerCase().includes(folded(name).toLowerCase()))
    ],
    invented: [...numbersIn(said)].filter((number) => !known.has(number)),
    foreign: foreignIn(bareAnswer, `${bareReference}\n${bareQuestion}`),
    otherTopic: otherTopicIn(bareAnswer, bareReference, bareQuestion, house)
  }
}

export const hasTroubles = ({
  broken,
  repeated,
  lost,
  invented,
  foreign,
  otherTopic,
  missed
}: Troubles): boolean =>
  broken ||
  repeated !== null ||
  lost.length > 0 ||
  invented.length > 0 ||
  foreign !== null ||
  otherTopic !== null ||
  missed.length > 0

/** The sign for what could not be read, controls, private and lone halves of signs, and the signs that UTF-8 becomes
 *  when it is read as Shift_JIS or as Windows-1252. */
const isBroken = (text: string): boolean =>
  /\ufffd|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Co}|\p{Cs}/u.test(text) ||
  /縺.{0,3}縺|[縺繧繝].{0,3}[縺繧繝].{0,3}[縺繧繝]|â€[™œ\u009d]|Ã[\u0080-¿]/u.test(text)

/** In an answer of Japanese, Latin words in a row of which neither the question nor the reference has one: a name or a term is
 *  shorter. Beside a question and a reference without any Japanese, what is Japanese in it. */
function foreignIn(answer: string, known: string): string | null {
  if (!/[ぁ-んァ-ヶ]/.test(answer)) return null
  if (!/[ぁ-んァ-ヶ一-鿿]/u.test(known))
    return /[a-z]/i.test(answer) ? (/[ぁ-んァ-ヶ一-鿿々ー]{2,}/u.exec(answer)?.[0] ?? null) : null
  const words = new Set(known.toLowerCase().match(/[a-z]+/g))
  for (const [run] of answer.matchAll(
    /(?<![A-Za-z'’-])[A-Za-z][A-Za-z'’-]*(?:[ ,]+[A-Za-z][A-Za-z'’-]*){3,}/g
  )) {
    const own = run.toLowerCase().match(/[a-z]+/g) ?? []
    if (!own.some((word) => words.has(word))) return run
  }
  return null
}

const fewestLetters = 4

/** A phrase said three times on end (twice may be emphasis), or a whole sentence said twice anywhere. */
function repeatedIn(text: string): string | null {
  const plain = text.replace(/\s+/g, ' ').trim()
  const sentences = plain
    .split(/(?<=[。！？.!?])\s*/u)
    .filter((sentence) => sentence.length >= 2 * fewestLetters)
  const twice = sentences.find((sentence, at) => sentences.indexOf(sentence) < at)
  if (twice !== undefined) return twice
  const run = /(.{4,60}?)\1{2,}/u.exec(plain)
  const phrase = run?.[1]?.trim() ?? ''
  // lines of dashes or dots are ornament
  return /[\p{L}\p{N}]/u.test(phrase) ? phrase : null
}
