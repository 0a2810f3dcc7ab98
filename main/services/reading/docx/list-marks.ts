// numbering.xml of a Word file: what Word itself writes before the paragraphs of a list, as it stands on the page: 1.
// 2. a) ① 第一条 •, counted from the top of the document. "Q1." may stand there and nowhere in the text.
import { limits } from '../limits'
import { LimitProblem, type XmlHandler } from '../packed/xml-reader'
import { inFormat } from './number-formats'

interface Level {
  start: number
  format: string
  text: string
  /** numbers of upper levels are plain ones: 1.1 below II */
  plain: boolean
}

const deepest = 9

export class ListMarks implements XmlHandler {
  /** list and level -> how its mark is written */
  private readonly levels = new Map<string, Level>()
  private readonly lists = new Map<string, string>()
  private readonly restarts = new Map<string, number>()
  private abstract = ''
  private list = ''
  private level = ''
  private current: Level | null = null
  /** of an abstract list, shared by all lists that follow it */
  private readonly counts = new Map<string, (number | undefined)[]>()
  private readonly begun = new Set<string>()

  open(name: string, { abstractNumId, numId, ilvl, val }: Readonly<Record<string, string>>): void {
    if (name === 'abstractNum') this.abstract = abstractNumId ?? ''
    if (name === 'num') this.list = numId ?? ''
    if (name === 'abstractNumId') this.lists.set(this.list, val ?? '')
    if (name === 'lvl' || name === 'lvlOverride') this.level = ilvl ?? ''
    if (name === 'startOverride') this.restarts.set(`${this.list} ${this.level}`, Number(val) || 0)
    if (name === 'lvl') {
      this.current = { start: 1, format: 'decimal', text: '', plain: false }
      const owner = this.list === '' ? this.abstract : `num ${this.list}`
      this.levels.set(`${owner} ${this.level}`, this.current)
    }
    if (!this.current) return
    if (name === 'start') this.current.start = Number(val) || 0
    if (name === 'numFmt') this.current.format = val ?? 'decimal'
    if (name === 'lvlText') this.current.text = listMark(val)
    if (name === 'isLgl') this.current.plain = val !== '0' && val !== 'false'
  }

  close(name: string): void {
    if (name === 'lvl') this.current = null
  }

  /** The mark of the next paragraph of a list; '' where there is none. */
  next(list: string, level: string): string {
    const abstract = this.lists.get(list)
    const depth = Number(level) || 0
    if (abstract === undefined || depth < 0 || depth >= deepest) return ''
    const own = this.levelOf(list, abstract, depth)
    if (!own) return ''
    const counts = this.counts.get(abstract) ?? []
    this.counts.set(abstract, counts)
    const restart = this.begun.has(`${list} ${depth}`) ? undefined : this.restarts.get(`${list} ${depth}`)
    this.begun.add(`${list} ${depth}`)
    const before = counts[depth]
    counts[depth] = restart ?? (before === undefined ? own.start : before + 1)
    counts.length = depth + 1
    return this.written(list, abstract, own, counts)
  }

  private written(
    list: string,
    abstract: string,
    own: Level,
    counts: readonly (number | undefined)[]
  ): string {
    if (own.format === 'bullet') return bulletOf(own.text)
    return own.text
      .replace(/%([1-9])/g, (_, digit: string) => {
        const level = this.levelOf(list, abstract, Number(digit) - 1)
        const value = counts[Number(digit) - 1] ?? level?.start ?? 1
        return inFormat(value, own.plain ? 'decimal' : (level?.format ?? 'decimal'))
      })
      .trim()
  }

  private levelOf(list: string, abstract: string, depth: number): Level | undefined {
    return this.levels.get(`num ${list} ${depth}`) ?? this.levels.get(`${abstract} ${depth}`)
  }
}

/** Throws where it would be written before every paragraph at a length that no program writes. */
export function listMark(text = ''): string {
  if (text.length > limits.listMark) throw new LimitProblem('the mark of a list is too long')
  return text
}

/** Bullets are letters of symbol fonts: o, § and codes that mean nothing elsewhere. */
function bulletOf(text: string): string {
  const code = text.codePointAt(0) ?? 0
  if (text === '') return ''
  return (code >= 0xe000 && code <= 0xf8ff) || /^[a-z§·Øü]$/i.test(text) ? '•' : text
}
