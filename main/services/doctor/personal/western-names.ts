// Names as they are written in Latin letters: behind Mr and Dear, in introductions, behind labels, in signatures, and full
// names whose two words the lists have.
import type { Span } from './japanese-name'
import { westernFamily, westernGiven } from './name-lists'
import { matchesOf } from '../matches'

const titled =
  /(?<!\w)(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Professor)\.? (?<it>[A-Z][a-zà-ÿ'’]{1,15}(?:-[A-Z][a-z]{1,15})?(?: [A-Z]\.)?(?: [A-Z][a-zà-ÿ]{1,15}(?:-[A-Z][a-z]{1,15})?){0,2})/g
const greeted =
  /(?:^|\n|[.!?] |["“「] ?)(?:Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)),? (?<it>[A-Z][a-zà-ÿ'’]{1,15}(?: [A-Z][a-zà-ÿ]{1,15})?)(?=[,!.:\n—-])/g
const introduced =
  /(?<![\w])(?:[Mm]y (?:full )?name is|[Nn]ame's|I am called|[Ii]t is|[Yy]ou can call me|(?:[Ff]ull |[Cc]ustomer |[Cc]ontact |[Aa]ccount )?[Nn]ame ?[:=]|[Aa]ttn\.?:?|[Aa]ttention:|[Cc]ontact(?: person)?:|[Cc]ardholder:?|[Ss]igned,?|[Ss]incerely,|[Oo]n behalf of|[Rr]ecipient:|[Aa]ccount holder(?:'s name)?(?: is|:)?|(?:[Cc]ustomer|[Gg]uest|[Pp]atient|[Pp]assenger|[Cc]ontact|[Ii]nvoice|[Bb]ooking|[Rr]eservation) (?:is|name is) (?:for )?|[Bb]ooked (?:under|by)|under the name(?: of)?) ?(?<it>[A-Z][a-zà-ÿ'’]{1,15}(?:-[A-Z][a-z]{1,15})?(?: [A-Z]\.)?(?: [A-Z][a-zà-ÿ'’]{1,15}(?:-[A-Z][a-z]{1,15})?){0,2})/g
const spoken =
  /(?<!\w)(?:I am|I'm|I’m|[Tt]his is|[Hh]ere is|[Ss]peak(?:ing)? (?:to|with)|[Aa]sk for|[Rr]egards,?|[Tt]hanks,?|[Tt]hank you,?|[Bb]est,?|[Cc]heers,?) (?<it>[A-Z][a-zà-ÿ'’]{1,15}(?: [A-Z][a-zà-ÿ'’]{1,15})?)(?![\w])/g
const signed =
  /(?:[Rr]egards|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Bb]est(?: wishes)?|[Cc]heers|[Ff]aithfully|[Tt]ruly|[Yy]ours|[Rr]espectfully|[Cc]ordially),?[ \t]{0,4}\n{1,3}[ \t]{0,4}(?<it>[A-Z][a-zà-ÿ'’]{1,15}(?: [A-Z]\.)?(?:[ -][A-Z][a-zà-ÿ'’]{1,15}){0,2})[ \t]{0,4}(?=\n|,|$)/g
const full = /(?<![\w'’.-])(?<it>[A-Z][a-zà-ÿ]{1,15}(?: [A-Z]\.)? [A-Z][a-zà-ÿ]{1,15})(?![\w])/g
/** YAMADA Taro, Taro YAMADA */
const capitals = /(?<!\w)(?<it>[A-Z]{2,12} [A-Z][a-z]{1,12}|[A-Z][a-z]{1,12} [A-Z]{2,12})(?!\w)/g

/** They stand where a name could and are none. */
const none =
  /^(?:Customer|Sir|Madam|Team|All|Everyone|Everybody|Boss|Hello|Hi|Hey|Yeah|There|Friends?|Support|Hiring|Valued|Colleagues?|Members?|Users?|Guests?|Recruiter|Manager|Editor|Parents?|Students?|Neighbors?|Both|Folks|Guys|Class|Staff|Reader|God|Lord|Mom|Dad|Diary|Santa|Human|Ladies|World|Again|You|Everyone|The|This|That|My|Your|Our|Not|Please|Thanks?|Thank|Best|Kind|Warm|Yours|Sincerely|Looking|If|It|We|And|To|For|In|On|As|An|No|Yes|So|What|How|Why|When|Where|Who|Just|Also|Now|Here|Sorry|Very|From|Customer|Client|Account|Service|Sales|Human|General|President|Doctor|Professor|Judge|Chairman|Director|Head|Board|Committee|Mr|Ms|Mrs|Dr|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|April|June|July|August|September|October|November|December|Japanese|English|American|British|Chinese|French|German|Spanish|Indian|European|African|Asian|Canadian|Australian|Open|Assistant|Chat|Google|Amazon|Microsoft|Apple)$/

/** 「Dr. Feelgood」: a record or a book, not somebody who is addressed */
const isTitle = (text: string, start: number, end: number): boolean =>
  /[「『“"]/.test(text[start - 1] ?? '') && /[」』”"]/.test(text[end] ?? '')

const trimmed = (name: string): string => name.replace(/['’]s?$/, '')

function isNone(name: string): boolean {
  return name.split(' ').some((part) => none.test(part))
}

export function* westernNames(text: string): Generator<Span> {
  for (const pattern of [titled, greeted, introduced, signed])
    for (const match of matchesOf(text, pattern)) {
      const found = spanOf(match)
      if (!found || isNone(text.slice(...found)) || isTitle(text, match.index, found[1])) continue
      // what stands behind a label alone may be the name of anything
      if (
        /^name ?[:=]/i.test(match[0]) &&
        !text.slice(...found).includes(' ') &&
        !westernGiven.has(text.slice(...found))
      )
        continue
      yield found
    }
  for (const match of matchesOf(text, spoken)) {
    const found = spanOf(match)
    if (found && areKnown(text.slice(...found))) yield found
  }
  for (const match of matchesOf(text, full)) {
    const found = spanOf(match)
    if (!found) continue
    const parts = text.slice(...found).split(' ')
    if (westernGiven.has(parts[0] as string) && westernFamily.has(parts.at(-1) as string)) yield found
    else if (westernGiven.has(parts.at(-1) as string) && westernFamily.has(parts[0] as string)) yield found
  }
  for (const match of matchesOf(text, capitals)) {
    const found = spanOf(match)
    if (!found) continue
    const [first, second] = text
      .slice(...found)
      .split(' ')
      .map(capitalised) as [string, string]
    if (
      (westernGiven.has(first) && westernFamily.has(second)) ||
      (westernFamily.has(first) && westernGiven.has(second))
    )
      yield found
  }
}

const capitalised = (name: string): string => name.slice(0, 1) + name.slice(1).toLowerCase()

/** The first word is a given name that the list has. */
function areKnown(name: string): boolean {
  const [first = '', second] = name.split(' ')
  return (
    (westernGiven.has(first) && (second === undefined || !isNone(second))) ||
    (second !== undefined && westernFamily.has(second) && !isNone(first))
  )
}

function spanOf(match: RegExpExecArray): Span | null {
  const name = trimmed(match.groups?.['it'] ?? '')
  if (name === '') return null
  const start = match.index + match[0].lastIndexOf(name)
  return [start, start + name.length]
}
