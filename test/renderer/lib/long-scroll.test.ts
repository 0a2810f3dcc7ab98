// A list of a million rows behind one scroll bar: every row can be come to, a wheel moves by pixels, and the bar tells where one is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LongScroll, tallest } from '../../../renderer/lib/long-scroll'

const size = { rows: 1_000_000, rowHeight: 64, viewHeight: 640 }
function list(of = size): LongScroll {
  const scroll = new LongScroll()
  scroll.resize(of)
  return scroll
}

test('a short list is scrolled as it is', () => {
  const short = list({ rows: 100, rowHeight: 64, viewHeight: 640 })
  expect(short.height).toBe(6400)
  short.scroll(1000)
  expect(short.drawn(0)).toEqual({ first: 15, end: 26, offset: 960 })
  expect(short.settle()).toBe(1000)
})

describe('a long one', () => {
  test('is no taller than a browser can draw, and has a first and a last row', () => {
    const long = list()
    expect(long.height).toBe(tallest)
    expect(long.drawn(0).first).toBe(0)
    long.scroll(tallest - 640)
    expect(long.drawn(0)).toMatchObject({ end: 1_000_000, offset: tallest - 640 })
    long.scroll(0)
    expect(long.drawn(0)).toEqual({ first: 0, end: 10, offset: 0 })
  })

  test('moves by the pixels of a wheel, and goes where a dragged bar stands for', () => {
    const long = list()
    long.scroll(100)
    expect(long.drawn(0).first).toBe(1)
    long.scroll(7_500_000)
    expect(long.drawn(0).first).toBeGreaterThan(499_000)
    expect(long.drawn(0).first).toBeLessThan(501_000)
    const { first } = long.drawn(0)
    for (let step = 1; step <= 64; step++) long.scroll(7_500_000 + step)
    expect(long.drawn(0).first).toBe(first + 1)
  })

  test('by wheel alone, and put right whenever it rests, no row is passed over up to the last', () => {
    const long = list({ rows: 300_000, rowHeight: 64, viewHeight: 640 })
    let at = tallest - 20_000
    long.scroll(at)
    at = long.settle()
    let { end } = long.drawn(0)
    for (let turn = 0; end < 300_000; turn++) {
      expect(turn).toBeLessThan(10_000)
      long.scroll((at += 120))
      at = turn % 5 === 4 ? long.settle() : at
      const next = long.drawn(0)
      expect(next.first).toBeLessThanOrEqual(end)
      end = next.end
    }
  })

  test('whatever is done, what is drawn covers what is seen', () => {
    const move = fc.oneof(
      fc.record({ to: fc.integer({ min: 0, max: tallest }) }),
      fc.record({ step: fc.integer({ min: -2000, max: 2000 }) }),
      fc.record({ rows: fc.integer({ min: 0, max: 2_000_000 }) }),
      fc.constant({ rest: true })
    )
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const long = list()
        let [rows, at] = [size.rows, 0]
        for (const one of moves) {
          if ('rows' in one) {
            rows = one.rows
            long.resize({ ...size, rows })
          } else if ('rest' in one) at = long.settle()
          else at = 'to' in one ? one.to : at + one.step
          at = Math.max(0, Math.min(at, Math.max(0, long.height - 640)))
          long.scroll(at)
          const { first, end, offset } = long.drawn(2)
          expect(first).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(rows)
          const seen = Math.min(640, rows * 64)
          expect(offset).toBeLessThanOrEqual(at + 1)
          expect(offset + (end - first) * 64).toBeGreaterThanOrEqual(at + seen - 1)
        }
      })
    )
  })
})
