// Numbers as lists of a Word file write them: 3, iii, c, ③, 三, ウ.

const romans: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I']
]
const aiueo = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'
const iroha =
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン'
const digits = '〇一二三四五六七八九'

/** The largest number that is written in another way than with digits. */
const largest = 3999

export function inFormat(value: number, format: string): string {
  if (format === 'none') return ''
  if (!(value > 0 && value <= largest)) return String(value)
  switch (format) {
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'upperRoman':
      return roman(value)
    case 'lowerRoman':
      return roman(value).toLowerCase()
    case 'upperLetter':
      return letter(value)
    case 'lowerLetter':
      return letter(value).toLowerCase()
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return [...String(value)].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('')
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return value <= 20 ? String.fromCharCode(0x2460 + value - 1) : String(value)
    case 'decimalEnclosedParen':
      return value <= 20 ? String.fromCharCode(0x2474 + value - 1) : `(${value})`
    case 'aiueo':
    case 'aiueoFullWidth':
      return aiueo[(value - 1) % aiueo.length] ?? ''
    case 'iroha':
    case 'irohaFullWidth':
      return iroha[(value - 1) % iroha.length] ?? ''
    case 'japaneseDigitalTenThousand':
    case 'ideographDigital':
      return [...String(value)].map((digit) => digits[Number(digit)]).join('')
    case 'japaneseCounting':
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCountingThousand':
      return counted(value)
    default:
      return String(value)
  }
}

function roman(value: number): string {
  let left = value
  let text = ''
  for (const [size, sign] of romans) for (; left >= size; left -= size) text += sign
  return text
}

/** A … Z, AA, BB … as Word counts on. */
function letter(value: number): string {
  return String.fromCharCode(65 + ((value - 1) % 26)).repeat(1 + Math.floor((value - 1) / 26))
}

/** 三百二十一 */
function counted(value: number): string {
  const places = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, '']
  ] as const
  return places
    .map(([size, sign]) => {
      const digit = Math.floor(value / size) % 10
      if (digit === 0) return ''
      return (digit === 1 && size > 1 ? '' : (digits[digit] ?? '')) + sign
    })
    .join('')
}
