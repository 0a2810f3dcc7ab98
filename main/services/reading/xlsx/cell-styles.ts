// styles.xml, as far as it says how values are shown: the number format of each cell style, and whether its text is
// struck out, white or made of pictures.
import { isPictureFont } from '../packed/symbol-fonts'
import type { XmlHandler } from '../packed/xml-reader'
import { isWhiteColour } from './colours'

export type SheetLanguage = 'ja' | 'en'

const date = { ja: 'yyyy/m/d', en: 'm/d/yyyy' }
const yen = { ja: '"¥"', en: '"$"' }

/** Codes that files refer to by number without writing them down; some follow the country of the program. */
function builtIn(id: number, language: SheetLanguage): string {
  const money = yen[language]
  const codes: Readonly<Record<number, string>> = {
    1: '0',
    2: '0.00',
    3: '#,##0',
    4: '#,##0.00',
    5: `${money}#,##0;${money}-#,##0`,
    6: `${money}#,##0;${money}-#,##0`,
    7: `${money}#,##0.00;${money}-#,##0.00`,
    8: `${money}#,##0.00;${money}-#,##0.00`,
    9: '0%',
    10: '0.00%',
    11: '0.00E+00',
    12: '# ?/?',
    13: '# ??/??',
    14: date[language],
    15: 'd-mmm-yy',
    16: 'd-mmm',
    17: 'mmm-yy',
    18: 'h:mm AM/PM',
    19: 'h:mm:ss AM/PM',
    20: 'h:mm',
    21: 'h:mm:ss',
    22: `${date[language]} h:mm`,
    27: 'ge.m.d',
    28: 'ggge"年"m"月"d"日"',
    29: 'ggge"年"m"月"d"日"',
    30: 'm/d/yy',
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"',
    36: 'ge.m.d',
    37: '#,##0;-#,##0',
    38: '#,##0;-#,##0',
    39: '#,##0.00;-#,##0.00',
    40: '#,##0.00;-#,##0.00',
    41: '#,##0;-#,##0;"-"',
    42: `${money}#,##0;${money}-#,##0;${money}"-"`,
    43: '#,##0.00;-#,##0.00;"-"',
    44: `${money}#,##0.00;${money}-#,##0.00;${money}"-"`,
    45: 'mm:ss',
    46: '[h]:mm:ss',
    47: 'mm:ss.0',
    48: '##0.0E+0',
    49: '@',
    50: 'ge.m.d',
    51: 'ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'ge.m.d',
    58: 'ggge"年"m"月"d"日"'
  }
  return codes[id] ?? 'General'
}

interface Font {
  isStruck: boolean
  isWhite: boolean
  pictures: string
}

export class CellStyles implements XmlHandler {
  private readonly codes = new Map<number, string>()
  private readonly formats: number[] = []
  private readonly fontOf: number[] = []
  private readonly fillOf: number[] = []
  private readonly fonts: Font[] = []
  /** for each fill: is there any? */
  private readonly fills: boolean[] = []
  private list = ''

  /** The format code of a style, in the words of number-format. */
  code(style: number, language: SheetLanguage): string {
    const id = this.formats[style] ?? 0
    const code = this.codes.get(id) ?? builtIn(id, language)
    // the system's own long date and time
    if (code.startsWith('[$-F800]')) return language === 'ja' ? 'yyyy"年"m"月"d"日"' : 'dddd, mmmm d, yyyy'
    if (code.startsWith('[$-F400]')) return 'h:mm:ss'
    // what Japanese fonts show for a backslash
    return language === 'ja' ? code.replaceAll('\\\\', '"¥"').replaceAll('"\\"', '"¥"') : code
  }

  isStruck(style: number): boolean {
    return this.#fontOf(style)?.isStruck ?? false
  }

  /** White on nothing: on the page, too, it is not there. */
  isWhite(style: number): boolean {
    return (this.#fontOf(style)?.isWhite ?? false) && !this.isFilled(style)
  }

  /** Something stands behind its text. */
  isFilled(style: number): boolean {
    return this.fills[this.fillOf[style] ?? 0] === true
  }

  /** Its font is another than that of letters to be read. */
  hasLook(style: number): boolean {
    const font = this.#fontOf(style)
    return font !== undefined && (font.isStruck || font.isWhite || font.pictures !== '')
  }

  /** The name of a font of pictures; '' for letters. */
  pictureFont(style: number): string {
    return this.#fontOf(style)?.pictures ?? ''
  }

  /** A format of nothing but semicolons shows nothing. */
  isHidden(style: number): boolean {
    return this.codes.get(this.formats[style] ?? 0)?.trim() === ';;;'
  }

  #fontOf(style: number): Font | undefined {
    return this.fonts[this.fontOf[style] ?? 0]
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const { numFmtId, formatCode, fontId, fillId } = attributes
    if (['cellXfs', 'numFmts', 'fonts', 'fills'].includes(name)) this.list = name
    if (name === 'numFmt' && this.list === 'numFmts')
      this.codes.set(Number(numFmtId), formatCode ?? 'General')
    if (this.list === 'fonts') this.openFont(name, attributes)
    if (name === 'fill' && this.list === 'fills') this.fills.push(false)
    if (name === 'patternFill' && this.list === 'fills' && attributes['patternType'] !== 'none')
      this.fills[this.fills.length - 1] = attributes['patternType'] !== undefined
    if (name === 'gradientFill' && this.list === 'fills') this.fills[this.fills.length - 1] = true
    if (name === 'xf' && this.list === 'cellXfs') {
      this.formats.push(Number(numFmtId ?? 0))
      this.fontOf.push(Number(fontId ?? 0))
      this.fillOf.push(Number(fillId ?? 0))
    }
  }

  private openFont(name: string, attributes: Readonly<Record<string, string>>): void {
    const { val } = attributes
    if (name === 'font') this.fonts.push({ isStruck: false, isWhite: false, pictures: '' })
    const font = this.fonts.at(-1)
    if (!font) return
    if (name === 'strike') font.isStruck = val !== '0' && val !== 'false'
    if (name === 'name' && isPictureFont(val ?? '')) font.pictures = val ?? ''
    if (name === 'color') font.isWhite = isWhiteColour(attributes)
  }

  close(name: string): void {
    if (name === this.list) this.list = ''
  }
}
