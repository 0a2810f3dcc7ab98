// Styles of an OpenDocument text, as far as they say what is seen of it and what is written before the items of its lists.
import { listMark } from '../docx/list-marks'
import { inFormat } from '../docx/number-formats'
import type { Raise } from '../packed/raised-digits'
import type { XmlHandler } from '../packed/xml-reader'

type Attributes = Readonly<Record<string, string>>

/** What a style says of text; absent: nothing. */
export interface TextLook {
  readonly isHidden?: boolean
  readonly isStruck?: boolean
  readonly isWhite?: boolean
  readonly raise?: Raise | null
  /** something stands behind it that is not white */
  readonly isFilled?: boolean
}

interface Style {
  readonly parent: string
  readonly outline: number
  readonly title: boolean
  look: TextLook
}

interface Level {
  readonly format: string
  readonly before: string
  readonly after: string
  /** numbers of so many levels are written */
  readonly levels: number
  readonly start: number
  /** null: a number */
  readonly bullet: string | null
}

/** Styles may stand on one another in a circle in a damaged file. */
const deepest = 12

export class TextStyles implements XmlHandler {
  private readonly styles = new Map<string, Style>()
  private readonly levels = new Map<string, Level>()
  private current: Style | null = null
  private list = ''

  open(name: string, attributes: Attributes): void {
    if (name === 'style') this.openStyle(attributes)
    else if (name === 'list-style') this.list = attributes['name'] ?? ''
    else if (name === 'list-level-style-number' || name === 'list-level-style-bullet')
      this.levels.set(`${this.list} ${attributes['level'] ?? ''}`, levelOf(attributes))
    else if (this.current && name.endsWith('-properties'))
      this.current.look = { ...this.current.look, ...lookOf(name, attributes) }
  }

  close(name: string): void {
    if (name === 'style') this.current = null
  }

  private openStyle(attributes: Attributes): void {
    const { family = '', name = '', 'display-name': shown = name } = attributes
    this.current = {
      parent: `${family} ${attributes['parent-style-name'] ?? ''}`,
      outline: Number(attributes['default-outline-level']) || 0,
      title: /^(title|subtitle|表題|副題)$/i.test(shown),
      look: {}
    }
    this.styles.set(`${family} ${name}`, this.current)
  }

  /** family: paragraph, text, table-cell ... */
  lookOf(family: string, { 'style-name': name = '' }: Attributes): TextLook {
    return this.along(family, name).reduceRight<TextLook>((look, style) => ({ ...look, ...style.look }), {})
  }

  /** 1 for a heading of the first level, -1 for the title of the document, 0 for a paragraph of text. */
  headingOf({ 'style-name': name = '' }: Attributes): number {
    const styles = this.along('paragraph', name)
    if (styles.some(({ title }) => title)) return -1
    return styles.find(({ outline }) => outline > 0)?.outline ?? 0
  }

  startOf(list: string, level: number): number {
    return this.levels.get(`${list} ${level}`)?.start ?? 1
  }

  /** What stands before an item; counts: of its level and those above. */
  markOf(list: string, counts: readonly number[]): string {
    const own = this.levels.get(`${list} ${counts.length}`)
    if (!own) return ''
    if (own.bullet !== null) return own.bullet
    const from = Math.max(0, counts.length - own.levels)
    const numbers = counts.slice(from).flatMap((count, i) => {
      const { format } = this.levels.get(`${list} ${from + i + 1}`) ?? own
      return format === '' ? [] : [inFormat(count, formats[format] ?? 'decimal')]
    })
    return numbers.length === 0 ? '' : own.before + numbers.join('.') + own.after
  }

  private along(family: string, name: string): readonly Style[] {
    const found: Style[] = []
    let style = this.styles.get(`${family} ${name}`)
    for (let depth = 0; style && depth < deepest; depth++) {
      found.push(style)
      style = this.styles.get(style.parent)
    }
    return found
  }
}

/** OpenDocument's formats of numbers in the words of Word. */
const formats: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '１, ２, ３, ...': 'decimalFullWidth',
  '①, ②, ③, ...': 'decimalEnclosedCircle',
  '一, 二, 三, ...': 'japaneseCounting',
  'ア, イ, ウ, ...': 'aiueo',
  'ｱ, ｲ, ｳ, ...': 'aiueo',
  'イ, ロ, ハ, ...': 'iroha',
  'ｲ, ﾛ, ﾊ, ...': 'iroha'
}

function levelOf(attributes: Attributes): Level {
  return {
    format: attributes['num-format'] ?? '',
    before: listMark(attributes['num-prefix']),
    after: listMark(attributes['num-suffix']),
    levels: Number(attributes['display-levels']) || 1,
    start: Number(attributes['start-value'] ?? 1),
    bullet: attributes['bullet-char'] === undefined ? null : bulletOf(listMark(attributes['bullet-char']))
  }
}

/** Bullets are signs of picture fonts, too. */
const bulletOf = (sign: string): string => (/^[\ue000-\uf8ff]/.test(sign) ? '•' : sign)

function lookOf(name: string, attributes: Attributes): TextLook {
  const behind = attributes['background-color']
  const filled = behind === undefined ? {} : { isFilled: !/^(transparent|#f{6})$/i.test(behind) }
  return name === 'text-properties' ? { ...filled, ...textLook(attributes) } : filled
}

/** Of a run of text. */
export function textLook(attributes: Attributes): TextLook {
  const line = attributes['text-line-through-style'] ?? attributes['text-line-through-type']
  const { color, display } = attributes
  const position = attributes['text-position']
  return {
    ...(line !== undefined && { isStruck: line !== 'none' }),
    ...(color !== undefined && { isWhite: /^#(f[89a-f]){3}$/i.test(color) }),
    ...(display !== undefined && { isHidden: display === 'none' }),
    ...(position !== undefined && { raise: raiseAt(position) })
  }
}

/** super 58%, -33% 58% */
function raiseAt(position: string): Raise | null {
  const [place = ''] = position.split(' ')
  if (place === 'super' || Number.parseFloat(place) > 0) return 'above'
  return place === 'sub' || Number.parseFloat(place) < 0 ? 'below' : null
}
