// The texts of an example as whoever reads the file sees them: of a form, what is ticked; letters and marks that are kept apart
// (か and ゛, as names of files of a Mac have them) as one sign. The same to the eye, and other tokens to a model. Noted.
import type { Example } from '../../../contract/records'
import { signs, signsIn } from '../../reading/signs-of-text'
import { kindOf } from '../kinds'
import type { FieldNotes } from './field-notes'
import { mayHoldBoxes, tickedIn } from './ticked-boxes'

/** Characters of a text that are shown. */
const shown = 20

export function asSeen(example: Example, notes: FieldNotes): Example {
  const kind = kindOf(example)
  if (!kind.texts(example).some((text) => mayHoldBoxes(text) || isKeptApart(text))) return example
  return kind.mapTexts(example, (text) => {
    const ticked = mayHoldBoxes(text) ? tickedIn(text) : null
    if (ticked !== null) notes.trace('choices', text.trim().slice(0, shown))
    const put = composed(ticked ?? text)
    if (put !== (ticked ?? text)) notes.trace('apart', put.trim().slice(0, shown))
    return put
  })
}

const keptApart = /[\u0300-\u036f\u3099\u309a]|[\u1100-\u11ff]{2}/
const isKeptApart = (text: string): boolean => (signsIn(text) & signs.apart) !== 0 && keptApart.test(text)

/** Only what is kept apart: NFC of a whole text would also change letters of names (U+FA19 to 神). A pile of marks is left as
 *  it is, since putting it in order takes the square of its height. */
const composed = (text: string): string =>
  isKeptApart(text)
    ? text.replace(/[^\p{M}\s][\u0300-\u036f\u3099\u309a]{1,8}(?!\p{M})|[\u1100-\u11ff]{2,64}/gu, (sign) =>
        sign.normalize('NFC')
      )
    : text
