// A set as plain objects in memory, said as simply as can be: what the stored set is held against.
import type { Example, RefusedRow } from '../../../../main/contract/records'
import { settingRows } from '../../../../main/contract/settings'
import type { Normalisation } from '../../../../main/contract/window/data'
import { kindOf } from '../../../../main/services/dataset/kinds'
import { editKey, type Edit } from '../../../../main/services/dataset/log/log-state'
import {
  bothPlaces,
  normaliseExample,
  noPlacesAtAll,
  placesOf
} from '../../../../main/services/dataset/set/normalise'
import { kindOfRow, putRight, type TableShapes } from '../../../../main/services/dataset/set/put-right'
import { splitExamples } from '../../../../main/services/dataset/set/split'

export interface ModelFile {
  readonly id: string
  readonly name: string
  readonly examples: readonly Example[]
  readonly refused: readonly RefusedRow[]
  readonly heldOutRows: readonly number[] | null
  readonly tables: TableShapes
}

export class PlainSet {
  readonly mended = new Set<RefusedRow>()
  readonly all: {
    readonly index: number
    readonly file: string
    /** in the user's words, not normalised */
    readonly words: Example
    readonly example: Example
    readonly edited: boolean
  }[] = []

  constructor(
    readonly files: readonly ModelFile[],
    edits: ReadonlyMap<string, Edit>,
    chosen: readonly Normalisation[]
  ) {
    let index = 0
    for (const { id, examples, refused, tables } of files) {
      for (const raw of examples) {
        const edit = edits.get(editKey(id, raw.source.sheet, raw.source.row))
        const words = edit && !edit.removed ? kindOf(raw).edited(raw, edit) : raw
        const example = normaliseExample(words, chosen)
        if (!edit?.removed) this.all.push({ index, file: id, words, example, edited: words !== raw })
        index++
      }
      for (const row of refused) {
        const edit = edits.get(editKey(id, row.source.sheet, row.source.row))
        const kind = kindOfRow(tables, row)
        const words = edit && kind ? putRight(row, edit, kind) : null
        if (words) {
          this.mended.add(row)
          this.all.push({ index, file: id, words, example: normaliseExample(words, chosen), edited: true })
        }
        index++
      }
    }
  }

  /** What is held out at this share, in the order of the set; an error's code where nothing can be. */
  heldOut(share: number, usual = 0.1): readonly boolean[] | string {
    const own = new Map(this.files.map(({ id, heldOutRows }) => [id, share === usual ? heldOutRows : null]))
    const others = this.all.filter(({ file }) => !own.get(file))
    const held = new Set<Example>()
    for (const { file, example } of this.all)
      if (own.get(file)?.includes(example.source.row)) held.add(example)
    let problem: string | null = null
    for (const kinds of [['conversation', 'text'], ['preference'], ['rated'], ['labelled']]) {
      const some = others.map(({ example }) => example).filter(({ kind }) => kinds.includes(kind))
      try {
        if (some.length === 0) continue
        for (const example of splitExamples(some, share, settingRows.seed.default).heldOut) held.add(example)
      } catch (error) {
        problem ??= (error as { code: string }).code
      }
    }
    if (problem !== null && held.size === 0) return problem
    return this.all.map(({ example }) => held.has(example))
  }

  places() {
    return this.all.reduce((sum, { words }) => bothPlaces(sum, placesOf(words)), noPlacesAtAll)
  }

  search(search: string): readonly number[] {
    const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
    const wanted = folded(search).trim().split(/\s+/)
    return this.all
      .filter(({ example }) =>
        wanted.every((word) =>
          [example.source.file, ...kindOf(example).texts(example)].some((text) => folded(text).includes(word))
        )
      )
      .map(({ index }) => index)
  }

  refused(): readonly RefusedRow[] {
    return this.files.flatMap(({ refused }) => refused).filter((row) => !this.mended.has(row))
  }
}
