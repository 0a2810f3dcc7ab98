// Where the answers stand in a rendered conversation: from the end of what generation would be given, to the
// end-of-turn mark, found by rendering and checked. A template whose answers cannot be found is refused; it
// is never a silent zero or a shifted range. Knows nothing of tokens.
import type { Message } from '../../contract/records'
import type { ChatTemplate, Span } from './chat-template'
import type { Piece } from './pieces'
import { closing, emptyThought, opening, opensThought, thoughtIn } from './thinking'
import { changedAnswer } from './unlearnable'

interface Answer {
  /** end of the prompt that generation would be given */
  readonly prompt: number
  readonly learnt: Span
}

/** The prompt for the next answer. Earlier answers keep their own pieces, as encodeExample cut them. */
export function promptPieces(
  messages: readonly Message[],
  template: ChatTemplate,
  ends: readonly string[]
): Piece[] {
  const located = locate(messages, template, true, ends)
  if (!located) return [{ text: template.render(messages, true), learnt: false }]
  return cut(located.text, located.answers).map((piece) => ({ ...piece, learnt: false }))
}

/**
 * A conversation in pieces. One list where the template shows each answer the same way then and later;
 * otherwise (templates that drop earlier thinking, or give the system text to the last question only) one list
 * for each answer, with exactly the prompt that generation would be given. Messages after the last answer are
 * left out, and so is an answer that nothing comes before: no prompt leads to it.
 */
export function conversationPieces(
  messages: readonly Message[],
  template: ChatTemplate,
  ends: readonly string[]
): Piece[][] {
  const last = messages.findLastIndex((message) => message.role === 'assistant')
  const asked = messages.slice(0, last + 1)
  const located = locate(asked, template, false, ends)
  if (located) {
    located.answers.forEach((answer, i) =>
      checkHolds(located.text.slice(...answer.learnt), contentOf(asked, i))
    )
    return [cut(located.text, located.answers)]
  }
  return answerIndices(asked).map((k) => [
    ...promptPieces(asked.slice(0, k), template, ends),
    ...turnPieces(asked.slice(0, k + 1), template, ends)
  ])
}

/** Does the text end with a token that ends a turn? White space may follow it. */
export function endsTurn(text: string, ends: readonly string[]): boolean {
  const trimmed = text.trimEnd()
  return ends.some((end) => trimmed.endsWith(end))
}

/** All answers in one rendering; null where a shorter rendering is not the beginning of the longer one. */
function locate(
  messages: readonly Message[],
  template: ChatTemplate,
  addGenerationPrompt: boolean,
  ends: readonly string[]
): { text: string; answers: Answer[] } | null {
  const { text, marked } = template.renderMarked(messages, addGenerationPrompt)
  const answers: Answer[] = []
  for (const k of answerIndices(messages)) {
    const prompt = template.render(messages.slice(0, k), true)
    const isLast = k === messages.length - 1
    const through = isLast && !addGenerationPrompt ? text : template.render(messages.slice(0, k + 1))
    if (!text.startsWith(prompt)) return null
    const end = endInside(text, through, prompt.length, ends)
    if (end === null) return null
    answers.push({ prompt: prompt.length, learnt: [prompt.length, end] })
  }
  const marks = marked?.slice(-answers.length)
  if (!marks || marks.length !== answers.length) return { text, answers }
  const byMark = answers.map((answer, i) => ({ ...answer, learnt: withEnd(text, marks[i] as Span, ends) }))
  return { text, answers: byMark.every(({ prompt, learnt }) => prompt <= learnt[0]) ? byMark : answers }
}

/** Marks that leave out the end of the turn would teach a model never to stop. */
function withEnd(text: string, [start, end]: Span, ends: readonly string[]): Span {
  if (endsTurn(text.slice(start, end), ends)) return [start, end]
  const behind = text.slice(end)
  const space = behind.length - behind.trimStart().length
  const [longest] = ends.filter((one) => behind.startsWith(one, space)).sort((a, b) => b.length - a.length)
  return longest === undefined ? [start, end] : [start, end + space + longest.length]
}

/** The last turn alone, for a conversation that cannot be cut in one rendering. */
function turnPieces(messages: readonly Message[], template: ChatTemplate, ends: readonly string[]): Piece[] {
  const before = messages.slice(0, -1)
  const { content } = messages.at(-1) as Message
  const prompt = template.render(before, true)
  const whole = template.render(messages)
  const turn = whole.startsWith(prompt)
    ? whole.slice(prompt.length)
    : (turnBehind(prompt, whole, before) ?? turnApart(prompt, whole, before, content))
  if (turn === null) throw changedAnswer(content)
  checkHolds(turn, content)
  const end = endOfTurn(turn, ends)
  return [
    { text: turn.slice(0, end), learnt: true },
    { text: turn.slice(end), learnt: false }
  ]
}

/** What is to be said to a prompt that opens a turn in another way than the whole text shows it later (most often with
 *  a thought that the whole text leaves out): the answer itself and what the template puts behind it. A thought that
 *  the prompt has begun is ended first, by the answer's own words where it has some. */
function turnApart(
  prompt: string,
  whole: string,
  before: readonly Message[],
  content: string
): string | null {
  const question = before.at(-1)?.content.trim()
  const common = commonLength(prompt, whole)
  if (!question || !prompt.slice(0, common).includes(question)) return null
  const told = thoughtIn(content)
  const said = (told?.said ?? content).trim()
  const at = whole.indexOf(said, common)
  if (at < 0) return null
  const answer = whole.slice(at)
  if (!opensThought(prompt)) return told ? null : answer
  return (told ? `${told.thought.replace(/^\n/, '')}${closing}\n\n` : emptyThought(prompt)) + answer
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  for (let at = 0; at < most; at++) if (a[at] !== b[at]) return at
  return most
}

/** What follows the last question in the whole text, where the text before it differs from the prompt's:
 *  the question and all that the prompt puts behind it must stand there word for word. */
function turnBehind(prompt: string, whole: string, before: readonly Message[]): string | null {
  const question = before.at(-1)?.content.trim()
  if (!question) return null
  const inPrompt = prompt.lastIndexOf(question)
  if (inPrompt < 0) return null
  const asked = prompt.slice(inPrompt)
  const inWhole = whole.lastIndexOf(asked)
  return inWhole < 0 ? null : whole.slice(inWhole + asked.length)
}

/** Where a turn that starts at `start` ends in the whole text, told from the text that stops after the turn;
 *  null where the two show the turn differently. Some templates close a text with one more end token. */
function endInside(text: string, through: string, start: number, ends: readonly string[]): number | null {
  if (through.length >= start && text.startsWith(through)) return endOfTurn(through, ends)
  let turnEnd = -1
  for (const end of ends) {
    for (let at = through.indexOf(end, start); at >= 0; at = through.indexOf(end, at + 1)) {
      const behind = at + end.length
      if (text.startsWith(through.slice(0, behind))) turnEnd = Math.max(turnEnd, behind)
    }
  }
  const rest = ends.reduce((left, end) => left.replaceAll(end, ''), through.slice(turnEnd))
  return turnEnd < 0 || rest.trim() !== '' ? null : turnEnd
}

/** The turn's end: behind its end token; white space that the template puts after that is not the answer's. */
function endOfTurn(text: string, ends: readonly string[]): number {
  return endsTurn(text, ends) ? text.trimEnd().length : text.length
}

/** The template may trim an answer; what it drops or changes beyond white space would be learnt wrongly. The opening of
 *  a thought may stand in the prompt. */
function checkHolds(turn: string, content: string): void {
  if (turn.includes(content)) return
  const squash = (text: string): string => text.replace(/\s+/g, '')
  const [shown, told] = [squash(turn), squash(content)]
  if (shown.includes(told)) return
  if (told.startsWith(opening) && shown.startsWith(told.slice(opening.length))) return
  throw changedAnswer(content)
}

function answerIndices(messages: readonly Message[]): number[] {
  return messages.flatMap((message, k) => (message.role === 'assistant' && k > 0 ? [k] : []))
}

function contentOf(messages: readonly Message[], answer: number): string {
  return (messages[answerIndices(messages)[answer] as number] as Message).content
}

function cut(text: string, answers: readonly Answer[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const take = (end: number, learnt: boolean): void => {
    if (end > at) pieces.push({ text: text.slice(at, end), learnt })
    at = Math.max(at, end)
  }
  for (const { prompt, learnt } of answers) {
    take(prompt, false)
    take(learnt[0], false)
    take(learnt[1], true)
  }
  take(text.length, false)
  return pieces
}
