// Chance by a seed, for the generator of data with known defects.
import { randomFrom } from '../../main/batches/shuffle'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export class Random {
  readonly #next: () => number
  constructor(seed: number) {
    const next = randomFrom(seed)
    this.#next = () => next() / 2 ** 32
  }
  /** below count */
  int(count: number): number {
    return Math.floor(this.#next() * count)
  }
  from(least: number, most: number): number {
    return least + this.int(most - least + 1)
  }
  chance(share: number): boolean {
    return this.#next() < share
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T
  }
  signs(count: number, of = letters): string {
    return Array.from({ length: count }, () => of[this.int(of.length)]).join('')
  }
  digits(count: number): string {
    return this.signs(count, '0123456789')
  }
  hex(count: number): string {
    return this.signs(count, '0123456789abcdef')
  }
}
