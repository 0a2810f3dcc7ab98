// Numbers the groups of equal questions by their hashes, in the order in which they first come: a table of plain numbers,
// since a million questions as keys of a map would be a hundred times its size.
export class QuestionGroups {
  /** group + 1 at each place; 0: nobody */
  #table: Uint32Array
  #keys: Uint32Array
  #otherKeys: Uint32Array
  #count = 0

  /** expected: so many questions at most; more are taken too. */
  constructor(expected = 0) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(1 << 11, expected + 1)))
    this.#table = new Uint32Array(2 * room)
    this.#keys = new Uint32Array(room)
    this.#otherKeys = new Uint32Array(room)
  }

  get count(): number {
    return this.#count
  }

  of(key: number, otherKey: number): number {
    const mask = this.#table.length - 1
    for (let place = key & mask; ; place = (place + 1) & mask) {
      const group = (this.#table[place] as number) - 1
      if (group < 0) {
        this.#table[place] = this.#count + 1
        this.#keys[this.#count] = key
        this.#otherKeys[this.#count] = otherKey
        this.#count++
        if (this.#count === this.#keys.length) this.#grow()
        return this.#count - 1
      }
      if (this.#keys[group] === key && this.#otherKeys[group] === otherKey) return group
    }
  }

  #grow(): void {
    const larger = (values: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(2 * values.length)
      grown.set(values)
      return grown
    }
    this.#keys = larger(this.#keys)
    this.#otherKeys = larger(this.#otherKeys)
    this.#table = new Uint32Array(2 * this.#table.length)
    const mask = this.#table.length - 1
    for (let group = 0; group < this.#count; group++) {
      let place = (this.#keys[group] as number) & mask
      while (this.#table[place] !== 0) place = (place + 1) & mask
      this.#table[place] = group + 1
    }
  }
}
