// How far the lists of an OpenDocument text have counted: what stands before its next item.
import type { TextStyles } from './text-styles'

type Attributes = Readonly<Record<string, string>>

export class ListCounts {
  /** of the list that is open, one for each level */
  private counts: number[] = []
  /** styles of the lists that are open, from outside */
  private readonly inside: string[] = []
  /** lists that were, for those that go on with them */
  private readonly earlier = new Map<string, number[]>()
  /** an item has begun whose first paragraph has not */
  private begins = false
  private start: number | null = null
  private id = ''

  constructor(private readonly styles: TextStyles) {}

  open(attributes: Attributes): void {
    const style = attributes['style-name'] ?? this.inside.at(-1) ?? ''
    if (this.inside.length === 0) {
      const goesOn = attributes['continue-list'] ?? (attributes['continue-numbering'] === 'true' ? style : '')
      this.counts = [...(this.earlier.get(goesOn) ?? [])]
      this.id = attributes['id'] ?? ''
    }
    this.inside.push(style)
  }

  close(): void {
    const style = this.inside.pop() ?? ''
    if (this.inside.length > 0) return
    for (const name of [style, this.id]) if (name !== '') this.earlier.set(name, this.counts)
  }

  openItem({ 'start-value': start }: Attributes): void {
    this.begins = true
    this.start = start === undefined ? null : Number(start) || 0
  }

  openHeader(): void {
    this.begins = false
  }

  /** The mark of the paragraph that begins; '' where it has none of its own. */
  next(): string {
    const level = this.inside.length
    if (level === 0 || !this.begins) return ''
    this.begins = false
    const style = this.inside.at(-1) ?? ''
    const before = this.counts[level - 1]
    const own = this.start ?? (before === undefined ? this.styles.startOf(style, level) : before + 1)
    this.counts.length = Math.min(this.counts.length, level)
    while (this.counts.length < level - 1) this.counts.push(1)
    this.counts[level - 1] = own
    return this.styles.markOf(style, this.counts)
  }
}
