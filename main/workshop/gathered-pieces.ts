// What the rows of a file became, in fewer and larger pieces than they come in: each is a message to another process.
import type { Example, RefusedRow } from '../contract/records'
import type { ReadPiece } from '../services/dataset/read/read-table'

/** pieces in one */
const together = 20

export class GatheredPieces {
  #examples: Example[] = []
  #refused: RefusedRow[] = []
  #pieces = 0

  constructor(private readonly to: (piece: ReadPiece) => Promise<void>) {}

  async take({ examples, refused }: ReadPiece): Promise<void> {
    for (const example of examples) this.#examples.push(example)
    for (const row of refused) this.#refused.push(row)
    if (++this.#pieces >= together) await this.give()
  }

  /** What is there, whether it is enough for a piece or not. */
  async give(): Promise<void> {
    const piece = { examples: this.#examples, refused: this.#refused }
    this.#examples = []
    this.#refused = []
    this.#pieces = 0
    if (piece.examples.length + piece.refused.length > 0) await this.to(piece)
  }
}
