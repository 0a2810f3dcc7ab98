// Rows of one finding, gathered one by one: counted by their parts, the first few shown, all remembered by their place.
import type { Finding, FindingExample } from '../../contract/check-up'
import { findingRows, type FindingKind } from '../../contract/findings'
import { Column } from '../dataset/kept/columns'
import { thresholds } from './thresholds'

export interface Found {
  readonly finding: Finding
  /** index of each row that the repair is for, in order; Finding has how many they are */
  readonly targets: Uint32Array
}

export class Hits {
  count = 0
  readonly #parts = new Map<string, number>()
  readonly #examples: FindingExample[] = []
  readonly #targets = new Column('u32')

  constructor(
    readonly kind: FindingKind,
    private readonly most: number = thresholds.shownExamples
  ) {}

  get wantsExamples(): boolean {
    return this.#examples.length < this.most
  }

  part(name: string, count = 1): void {
    this.#parts.set(name, (this.#parts.get(name) ?? 0) + count)
  }

  show(example: FindingExample): void {
    if (this.wantsExamples) this.#examples.push(example)
  }

  target(index: number): void {
    this.#targets.push(index)
  }

  /** Null where there is nothing. */
  found(): Found | null {
    if (this.count === 0) return null
    const targets = [...new Set(this.#targets.values())]
    const { repair } = findingRows[this.kind]
    const parts = [...this.#parts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
    return {
      finding: {
        ...{ kind: this.kind, count: this.count, parts, examples: this.#examples, repair },
        targets: targets.length
      },
      targets: Uint32Array.from(targets).sort()
    }
  }
}
