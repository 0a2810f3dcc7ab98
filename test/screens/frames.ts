// How many pictures a second the browser draws while somebody scrolls: the times between its frames, on the page itself.
import type { Page } from 'playwright-core'

export interface Frames {
  /** a second */
  readonly frames: number
  /** ms */
  readonly longest: number
  /** share of frames that came later than a fiftieth of a second after the one before */
  readonly late: number
  /** pixels, back and forth */
  readonly moved: number
}

/** Scrolls what scrolls on this page down and up, a little with each frame. */
export async function framesOf(page: Page, ms: number): Promise<Frames> {
  const body = page.locator('body')
  const { gaps, moved } = await body.evaluate(async ({ ownerDocument: document }, length) => {
    const window = document.defaultView
    let place = document.documentElement
    for (const one of document.querySelectorAll('*')) {
      const isLonger = one.scrollHeight > one.clientHeight + 100
      if (isLonger && /auto|scroll/.test(window.getComputedStyle(one).overflowY)) place = one
    }
    const gaps: number[] = []
    const begun = await new Promise<number>((drawn) => window.requestAnimationFrame(drawn))
    let [last, way, moved] = [begun, 30, 0]
    while (last - begun < length) {
      const before: number = place.scrollTop
      place.scrollTop += way
      moved += Math.abs(place.scrollTop - before)
      if (place.scrollTop === before) way = -way
      const now = await new Promise<number>((drawn) => window.requestAnimationFrame(drawn))
      gaps.push(now - last)
      last = now
    }
    return { gaps, moved }
  }, ms)
  const all = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    frames: (1000 * gaps.length) / all,
    longest: Math.max(...gaps),
    late: gaps.filter((gap) => gap > 20).length / gaps.length,
    moved
  }
}
