// What the questions are about: groups of them by a word with their size and a typical one, one topic that is most of the whole, and
// topics of which there are hardly any examples.
import type { TopicGroups } from '../../../contract/check-up'
import { Hits, type Found } from '../hits'
import { placeOf, type CheckedRow } from '../row'
import { thresholds } from '../thresholds'
import type { ReadRows } from '../whole/alike-rows'
import { Grouping } from './grouping'
import { OneTopic } from './one-topic'
import { topicWords } from './topic-words'

export interface FoundTopics {
  readonly topics: TopicGroups | null
  readonly found: readonly Found[]
}

export class Topics {
  readonly #one = new OneTopic()
  readonly #grouping = new Grouping()

  look(row: CheckedRow): void {
    if (row.question === '' || row.example.synthetic) return
    const words = topicWords(row.question)
    this.#one.look(row, words)
    this.#grouping.look(row, words)
  }

  async found(read: ReadRows, isLabels: boolean): Promise<FoundTopics> {
    const one = this.#one.found(isLabels)
    // they are sorted already
    const grouped = isLabels ? null : await this.#grouping.groups()
    if (!grouped) return { topics: null, found: one }
    const places = grouped.groups.map(({ typical }) => typical)
    const inOrder = [...places].sort((a, b) => a - b)
    const rows = new Map((await read(inOrder)).map((row) => [row.at, row]))
    const few = new Hits('few-of-topic')
    const { among, ratio, least, own } = thresholds.fewOfTopic
    const isLarge = grouped.asked >= among
    const largest = grouped.groups[0]?.rows ?? 0
    const groups = grouped.groups.flatMap((group) => {
      const row = rows.get(group.typical)
      if (!row) return []
      const { word } = group
      if (isLarge && group.rows < least && group.rows * ratio <= largest && group.own >= own) {
        few.count += group.rows
        few.part(word, group.rows)
        few.show({ places: [placeOf(row)], excerpt: null })
      }
      return [{ word, rows: group.rows, typical: placeOf(row) }]
    })
    const { rest, asked } = grouped
    return { topics: { groups, rest, asked }, found: [...one, few.found() ?? []].flat() }
  }
}
