// A row that cannot be used, with its reason. The sentences stand in main/words.
import type { RefusedRow, RowPair, RowSource } from '../../contract/records'
import { CellError } from './cell-error'
import { ownCopy } from './own-copy'
import { shownUnreadable } from './recognise/decoders'

/** Why a reader could make nothing of a row. */
export type BrokenRow =
  | 'BROKEN_JSON' // the line or item is no JSON
  | 'NOT_AN_OBJECT' // JSON, but a bare value or list
  | 'REPEATED_KEY' // two fields of one name
  | 'TOO_MANY_CELLS' // more cells than columns
  | 'BROKEN_QUOTES' // quotation marks that do not work out in any reading
  | 'ROW_TOO_LONG' // beyond limits.row
  | 'CELL_TOO_LONG' // beyond limits.cell
  | 'TOO_DEEP' // beyond limits.depth
  | 'TOO_MANY_NAMES' // beyond limits.columns
  | 'NAME_TOO_LONG' // beyond limits.name
  | 'BROKEN_CHARACTERS' // bytes that mean nothing in the encoding
  | 'SECTION_ROW' // a heading over all columns, inside a table
  | 'AUTOMATIC_REPLY' // a mail that no person wrote
  | 'REPEATED_HEADER' // the names of the columns once more
  | 'HIDDEN_ROW' // by whoever made the file, or by a filter
  | 'HIDDEN_COLUMN'
  | 'HIDDEN_TEXT' // in a document
  | 'STRUCK_OUT'
  | 'SYMBOL_FONT'
  | 'DELETED_TEXT' // a deletion that is tracked
  | 'FOOTNOTE' // a note that stands at the foot of the page, or behind the text
  | 'FORM_PLACEHOLDER' // what a form shows where nothing was filled in
  | 'EMBEDDED_PART' // a file of another kind inside a document
  | 'OUTSIDE_PAIRS' // text before, between and behind the questions and answers of a document

export type Reason =
  | BrokenRow
  | 'EMPTY_QUESTION'
  | 'EMPTY_OTHER' // of two answers the one that is not preferred
  | 'EMPTY_ANSWER'
  | 'EMPTY_TEXT'
  | 'EMPTY_LABEL'
  | 'WORD_FOR_NOTHING' // nan, NULL, None, #N/A where an answer should be
  | 'TOTAL_ROW' // of a table: 合計, 120件
  | 'TYPE_ROW' // the types of the columns: varchar, text
  | 'NOT_TEXT' // a list or object where text belongs
  | 'NOT_TURNS' // no list of turns where one belongs
  | 'OTHER_SHAPE' // none of the columns that the other rows have
  | 'UNKNOWN_ROLE'
  | 'TURN_WEIGHT' // a turn that is to be learnt by half
  | 'NO_LEARNT_TURN' // every answer is marked as not to be learnt
  | 'TOOL_CALL' // tools, functions and their calls
  | 'NOT_ONLY_TEXT' // pictures, sound, video
  | 'DISLIKED_ROW' // rated bad, in a file whose answers are learnt
  | 'PREFERENCE_ROW' // chosen and rejected, or a thumb up or down, in a file of other rows
  | 'SAME_ANSWERS' // the better and the worse one are the same
  | 'TWO_PROMPTS' // the two answers answer different questions
  | 'NO_VERDICT' // an answer without a thumb up or down, among others
  | 'PILED_MARKS' // more marks on one letter than limits.marks
  | 'CELL_ERROR' // #N/A and the like in a sheet
  | 'HIDDEN_SHEET'
  | 'BINARY_COLUMN' // pictures or other bytes in a Parquet file
  | 'UNUSABLE_SHEET' // a sheet without questions and answers, beside others that have them
  | 'UNSUPPORTED_FILE' // a file of another kind inside a folder
  | 'LINK_IN_FOLDER' // a link to a file or a folder, inside a folder
  | 'PIPE_IN_FOLDER' // a pipe, a socket, a device inside a folder
  | 'ABOUT_FILE' // README, LICENSE and the like inside a folder

/** Thrown while a row is read; readTable turns it into a refused row. */
export class Refusal extends Error {
  constructor(
    readonly reason: Reason,
    readonly details: Readonly<Record<string, string>>
  ) {
    super(reason)
  }
}

export function refuse(reason: Reason, details: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(reason, details)
}

/** Characters of a row that could not be taken apart, for whoever puts it right. */
export const longestExcerpt = 2000

export function refusedRow(
  source: RowSource,
  refusal: Refusal,
  excerpt: string,
  pair: RowPair | null = null
): RefusedRow {
  const short = shorten(excerpt)
  const text = pair || !short.endsWith('…') ? null : shownUnreadable(excerpt).replaceAll('\0', ' ').trim()
  return {
    source,
    reason: refusal.reason,
    details: refusal.details,
    excerpt: short,
    ...(pair && { pair: copied(pair) }),
    ...(text && { text })
  }
}

const copied = ({ question, answer, system }: RowPair): RowPair => ({
  question: ownCopy(question),
  answer: ownCopy(answer),
  ...(system !== undefined && { system: ownCopy(system) })
})

/** The first characters of a row as the user would recognise it. */
export function excerptOf(values: Readonly<Record<string, unknown>>): string {
  const parts = Object.values(values).map((value) =>
    typeof value === 'string' || value instanceof CellError ? String(value) : JSON.stringify(value)
  )
  return shorten(
    parts
      .filter((part) => part !== undefined && part !== '')
      .map((part) => part.slice(0, looked))
      .join(' | ')
  )
}

/** Characters of a text that are looked at for its beginning. */
const looked = 2000

function shorten(text: string): string {
  const line = shownUnreadable(text.slice(0, looked))
    .replace(/[\s\0]+/g, ' ')
    .trim()
  return ownCopy(line.length > 80 ? `${line.slice(0, 80)}…` : line)
}
