// Where lines end, as they are drawn: figures with what they count, dates, times and names that stand in two lines.
import type { Page } from 'playwright-core'

/** Every figure, date or name of the page that is broken, with the words around it. */
export function brokenInside(page: Page, names: readonly string[]): Promise<string[]> {
  return page.locator('body').evaluate((body, names) => {
    const { defaultView: view } = body.ownerDocument
    // a number as it is written, a date, a time, and the counter or unit right behind it
    const figures =
      /\d[\d,.:/／〜–\u2060-]*\d|\d+(?=[組件行回秒分個枚歳年月日問歩人点字%％])|\d+\s?(?:組|件|行|回|秒|分|時間|個|枚|年|月|日|問|人|点|文字|トークン|GB|MB|KB|%)/g
    const found: string[] = []
    const walker = body.ownerDocument.createTreeWalker(body, 4)
    type Words = NonNullable<typeof body.firstChild> & { readonly data: string }
    const lines = (node: Words, from: number, to: number): number => {
      const range = body.ownerDocument.createRange()
      range.setStart(node, from)
      range.setEnd(node, to)
      const tops = [...range.getClientRects()]
        .filter(({ width }) => width > 0)
        .map(({ top }) => Math.round(top))
      return new Set(tops).size
    }
    for (let node = walker.nextNode() as Words | null; node; node = walker.nextNode() as Words | null) {
      const parent = node.parentElement
      if (!parent || !view || view.getComputedStyle(parent).visibility === 'hidden') continue
      // what people wrote breaks where it must; what is out of sight does not matter
      if (parent.closest('.text, .code, .bubble, .raw, pre, textarea, option, svg, .vh')) continue
      const { data } = node
      const places = [...data.matchAll(figures)].map((match) => [match.index, match[0].length])
      for (const name of names)
        for (let at = data.indexOf(name); at >= 0; at = data.indexOf(name, at + 1))
          places.push([at, name.length])
      for (const [at, length] of places) {
        if (lines(node, at as number, (at as number) + (length as number)) < 2) continue
        // longer than its whole line: there is no other way
        const width = parent.getBoundingClientRect().width
        if ((length as number) * 8 > width) continue
        found.push(`${data.slice(at, (at as number) + (length as number))} in: ${data.trim().slice(0, 60)}`)
      }
    }
    return found
  }, names)
}
