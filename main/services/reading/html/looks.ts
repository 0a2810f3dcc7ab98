// How elements of a page look, as far as it says whether their text is seen: from their styles, and from the style sheet
// that stands in the page. Rules by more than names of elements and of those around them are only known to be there.
import { attribute } from './tags'

export interface Look {
  readonly isHidden?: boolean
  readonly isStruck?: boolean
  /** letters in white */
  readonly isWhite?: boolean
  /** something stands behind them that is not white */
  readonly isShaded?: boolean
}

interface NestedRule {
  /** names of elements around it, from outside */
  readonly around: readonly string[]
  readonly look: Look
}

export interface Styled {
  /** by which rules know the element */
  readonly keys: readonly string[]
  readonly look: Look
}

/** Characters of a page's style sheets that are read. */
const longestSheet = 1 << 20
const mostRules = 10_000
/** Comparisons of rules for elements in others with the elements around: an honest page needs a part of them. */
const mostCompared = 2_000_000

/** Stands for what was too much to read. */
const unread = '<style>'

export class StyleSheet {
  /** by tag, .class, #id, tag.class */
  private readonly looks = new Map<string, Look>()
  /** by the last of their names: rules for elements in others */
  private readonly inside = new Map<string, NestedRule[]>()
  private length = 0
  /** something is painted by a rule that nobody follows: no letters are called white on white */
  private paintsMore = false
  private rules = 0
  private compared = 0
  /** rules that would hide or strike something and that nobody follows, and the sheets that stand elsewhere */
  private readonly unfollowed: string[] = []

  add(text: string): void {
    this.length += text.length
    if (this.length > longestSheet) {
      this.paintsMore = true
      // what it may hide is not known
      if (!this.unfollowed.includes(unread)) this.unfollowed.push(unread)
      return
    }
    for (const { selectors, look } of rulesIn(text)) {
      for (const selector of selectors.split(',')) this.rule(selector.trim().toLowerCase(), look)
    }
  }

  /** A sheet of its own, which nobody fetches. */
  link(address: string): void {
    this.paintsMore = true
    this.unfollowed.push(address.split(/[?#]/)[0]?.split('/').at(-1) || address)
  }

  /** Their selectors, and the names of sheets. */
  get notFollowed(): readonly string[] {
    return this.unfollowed
  }

  /** By the name of a style alone, as a workbook written as XML gives it. */
  named(name: string, look: Look): void {
    this.rule(`.${name.toLowerCase()}`, look)
  }

  /** `around`: of the elements that it stands in, from outside. What is said on it comes before what is said of its
   *  kind. */
  lookOf(name: string, tag: string, around: () => readonly (readonly string[])[]): Styled {
    const classes = (attribute(tag, 'class') || attribute(tag, 'styleid')).toLowerCase().split(/\s+/)
    const named = classes.flatMap((one) => (one === '' ? [] : [`.${one}`, `${name}.${one}`]))
    const id = attribute(tag, 'id').toLowerCase()
    const keys = ['*', name, ...named, ...(id === '' ? [] : [`#${id}`, `${name}#${id}`])]
    const known = keys.flatMap((key) => this.looks.get(key) ?? [])
    const nested = keys.flatMap((key) => this.nested(key, around))
    const look = Object.assign({}, ...known, ...nested.map((rule) => rule.look), ownLook(name, tag)) as Look
    return { keys, look: this.paintsMore && look.isWhite ? { ...look, isShaded: true } : look }
  }

  private nested(key: string, open: () => readonly (readonly string[])[]): readonly NestedRule[] {
    const rules = this.inside.get(key)
    if (!rules || this.compared > mostCompared) return []
    const elements = open()
    this.compared += rules.length * elements.length
    if (this.compared > mostCompared) {
      this.paintsMore = true
      if (!this.unfollowed.includes(unread)) this.unfollowed.push(unread)
    }
    return rules.filter(({ around }) => stands(around, elements))
  }

  private rule(selector: string, look: Look): void {
    const names = selector.replaceAll('>', ' ').trim().split(/\s+/)
    const last = names.pop() ?? ''
    if (last === '' || this.rules++ > mostRules || ![...names, last].every(isPlainName)) {
      // it may paint, or write in black, what others leave
      if (look.isShaded || look.isWhite === false) this.paintsMore = true
      const hides = look.isHidden || look.isStruck || look.isWhite
      if (hides && last !== '' && this.unfollowed.length < mostRules && !ofOtherMoments.test(selector))
        this.unfollowed.push(selector)
    } else if (names.length === 0) this.looks.set(last, { ...this.looks.get(last), ...look })
    else {
      const rules = this.inside.get(last) ?? []
      if (rules.length === 0) this.inside.set(last, rules)
      rules.push({ around: names, look })
    }
  }
}

/** When it is pointed at, or beside the text: nothing of it is missing on the page. */
const ofOtherMoments = /:(?:hover|focus|active|visited|link|target|before|after|selection|placeholder)/

const isPlainName = (name: string): boolean => /^(\*|[a-z0-9]+|[a-z0-9]*[.#][\w-]+)$/.test(name)

/** Do elements of these names stand around, in this order? */
function stands(names: readonly string[], around: readonly (readonly string[])[]): boolean {
  let next = 0
  for (const keys of around) if (next < names.length && keys.includes(names[next] as string)) next++
  return next === names.length
}

function ownLook(name: string, tag: string): Look {
  const ground = attribute(tag, 'bgcolor')
  const colour = name === 'font' ? attribute(tag, 'color') : ''
  return {
    ...(ground !== '' && { isShaded: !isWhite(ground.toLowerCase()) }),
    ...(attribute(tag, 'background') !== '' && { isShaded: true }),
    ...(colour !== '' && { isWhite: isWhite(colour.toLowerCase()) }),
    ...lookOf(attribute(tag, 'style')),
    ...(/\shidden[\s=/>]/i.test(tag) && { isHidden: true })
  }
}

/** What declarations say: "color: white; display: none". */
export function lookOf(style: string): Look {
  let look: Look = {}
  for (const declaration of style.toLowerCase().split(';')) {
    const at = declaration.indexOf(':')
    if (at < 0) continue
    const value = declaration
      .slice(at + 1)
      .replace('!important', '')
      .trim()
    look = { ...look, ...said(declaration.slice(0, at).trim(), value) }
  }
  return look
}

function said(name: string, value: string): Look {
  switch (name) {
    case 'display':
      return { isHidden: value === 'none' }
    case 'visibility':
      return { isHidden: /^(hidden|collapse)$/.test(value) }
    case 'opacity':
    case 'font-size':
      if (/^[01](\.\d+)?(px|pt)$/.test(value)) return { isHidden: true }
      return /^(?:0+(?:\.0*)?|\.0+)(px|pt|em|rem|%)?$/.test(value) ? { isHidden: true } : {}
    case 'mso-hide':
      return value === 'all' ? { isHidden: true } : {}
    case 'text-decoration':
    case 'text-decoration-line':
      return { isStruck: value.includes('line-through') }
    case 'color':
      return { isWhite: isWhite(value) }
    case 'background-image':
      return value === 'none' ? {} : { isShaded: true }
    case 'background':
    case 'background-color':
      return { isShaded: !isNoGround(value) }
    default:
      return {}
  }
}

const isWhite = (value: string): boolean =>
  /^(white|#?f{3}|#?(f[89a-f]){3}|rgba?\( *25[0-5] *, *25[0-5] *, *25[0-5] *(, *1)?\))$/.test(value)

const isNoGround = (value: string): boolean =>
  isWhite(value) || /^(|none|transparent|initial|inherit|unset|auto)$/.test(value)

/** Without what stands between the signs of a note; one that never ends stays. */
function withoutNotes(text: string): string {
  let kept = ''
  let from = 0
  for (let at = text.indexOf('/*'); at >= 0; at = text.indexOf('/*', from)) {
    const end = text.indexOf('*/', at + 2)
    if (end < 0) break
    kept += `${text.slice(from, at)} `
    from = end + 2
  }
  return kept + text.slice(from)
}

/** Rules of a sheet, one after the other; those for paper are none of the page, those for its screen are. */
function* rulesIn(text: string): Generator<{ readonly selectors: string; readonly look: Look }> {
  let from = 0
  /** depth in which rules do not hold; 0: they do */
  let [depth, deaf] = [0, 0]
  const sheet = withoutNotes(text).replace(/<!--|-->/g, ' ')
  for (let at = 0; at < sheet.length; at++) {
    const sign = sheet[at]
    if (sign === ';' && depth === 0) from = at + 1
    if (sign === '}') {
      if (depth > 0 && --depth < deaf) deaf = 0
      from = at + 1
    }
    if (sign !== '{') continue
    const head = sheet.slice(from, at).trim()
    const isGroup = /^@(media|supports|layer)/i.test(head)
    if (isGroup || head.startsWith('@')) {
      depth++
      if (!isGroup || /print|\(|not /i.test(head)) deaf ||= depth
      from = at + 1
      continue
    }
    const end = sheet.indexOf('}', at)
    if (end < 0) return
    if (deaf === 0) yield { selectors: head, look: lookOf(sheet.slice(at + 1, end)) }
    from = end + 1
    at = end
  }
}
