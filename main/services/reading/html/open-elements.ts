// The elements of a page that are open, with what they say of the text inside them. Many are never closed: the next of
// their kind, the row or the cell ends them.
import { limits } from '../limits'
import type { Styled } from './looks'

interface OpenElement extends Styled {
  readonly name: string
}

/** They have nothing inside. */
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const groups = new Set(['thead', 'tbody', 'tfoot'])

export class OpenElements {
  private open: OpenElement[] = []
  /** for each row and cell that is open, how many were open around it */
  private floor = 0

  /** What is opened from here on ends with the cell. */
  setFloor(): void {
    this.floor = this.open.length
  }

  clearFloor(): void {
    this.open.length = Math.min(this.open.length, this.floor)
    this.floor = 0
  }

  push(name: string, { keys, look }: Styled): void {
    if (voids.has(name) || /^[!?]/.test(name) || this.open.length >= limits.tagDepth) return
    if (name === 'p' || name === 'option') this.closeOwn(name)
    if (groups.has(name)) for (const other of groups) this.closeOwn(other)
    this.open.push({ name, keys, look })
  }

  /** The element of this name and all that stands in it; of a cell, none around it. */
  close(name: string): void {
    const at = this.open.findLastIndex((element) => element.name === name)
    if (at >= this.floor) this.open.length = at
  }

  /** From outside. */
  readonly keys = (): readonly (readonly string[])[] => this.open.map(({ keys }) => keys)

  get isHidden(): boolean {
    return this.open.some(({ look }) => look.isHidden)
  }

  get isStruck(): boolean {
    return this.open.some(({ look }) => look.isStruck)
  }

  /** White letters with nothing behind them. */
  get isWhiteOnWhite(): boolean {
    const white = this.open.findLast(({ look }) => look.isWhite !== undefined)
    return white?.look.isWhite === true && !this.open.some(({ look }) => look.isShaded)
  }

  /** One that was left open in the table that is open last. */
  private closeOwn(name: string): void {
    const at = this.open.findLastIndex((element) => element.name === name)
    if (at >= this.floor && at > this.open.findLastIndex((element) => element.name === 'table'))
      this.open.length = at
  }
}
