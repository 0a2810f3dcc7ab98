// Where a list of any length stands behind a scroll bar: no element may be as tall as a million rows (browsers stop at about 33
// million pixels), so of a long one the bar stands for more than its pixels. A wheel moves rows by pixels all the same; a bar that
// is dragged goes where it stands for. Pure.

/** px: far below what every browser can */
export const tallest = 15_000_000

export interface ListSize {
  readonly rows: number
  /** px of each */
  readonly rowHeight: number
  /** px that are seen */
  readonly viewHeight: number
}

/** Rows from `first`, and not `end` itself, of which the first is drawn `offset` px below the top of the element. */
export interface DrawnRows {
  readonly first: number
  readonly end: number
  readonly offset: number
}

export class LongScroll {
  #size: ListSize = { rows: 0, rowHeight: 1, viewHeight: 0 }
  /** px from the top of the whole list to the top of what is seen */
  #top = 0
  /** of the element */
  #scrolled = 0

  /** Of the element that is scrolled. */
  get height(): number {
    return Math.min(this.#whole, tallest)
  }

  get #whole(): number {
    return this.#size.rows * this.#size.rowHeight
  }
  get #last(): number {
    return Math.max(0, this.#whole - this.#size.viewHeight)
  }
  get #lastScrolled(): number {
    return Math.max(0, this.height - this.#size.viewHeight)
  }

  /** The list has become longer or shorter, or what is seen of it. */
  resize(size: ListSize): void {
    this.#size = size
    this.#top = Math.min(this.#top, this.#last)
    this.#scrolled = Math.min(this.#scrolled, this.#lastScrolled)
  }

  /** The element was scrolled to there. */
  scroll(to: number): void {
    const step = to - this.#scrolled
    this.#scrolled = to
    const isShort = this.#whole <= tallest
    if (isShort || to <= 0) this.#top = Math.min(Math.max(0, to), this.#last)
    else if (to >= this.#lastScrolled) this.#top = this.#last
    // a drag of the bar goes farther than any wheel
    else if (Math.abs(step) > 4 * this.#size.viewHeight) this.#top = (to / this.#lastScrolled) * this.#last
    else this.#top = Math.min(Math.max(0, this.#top + step), this.#last)
  }

  /** Where the bar belongs for what is seen: it is put there when nobody scrolls, so that it never comes to its end before the
   *  list does. */
  settle(): number {
    if (this.#whole > tallest)
      this.#scrolled = this.#last === 0 ? 0 : Math.round((this.#top / this.#last) * this.#lastScrolled)
    return this.#scrolled
  }

  /** beyond: rows more on each side */
  drawn(beyond: number): DrawnRows {
    const { rows, rowHeight, viewHeight } = this.#size
    const first = Math.max(0, Math.floor(this.#top / rowHeight) - beyond)
    const end = Math.min(rows, Math.ceil((this.#top + viewHeight) / rowHeight) + beyond)
    return { first, end, offset: this.#scrolled + first * rowHeight - this.#top }
  }
}
