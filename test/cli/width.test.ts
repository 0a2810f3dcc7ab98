// Terminal columns: Japanese takes two, colours and marks none; nothing is lost by breaking lines.
import { describe, expect, test } from 'vitest'
import { sideBySide, table } from '../../main/cli/table'
import { cut, padEnd, padStart, widthOf, wrap } from '../../main/cli/width'

const texts = [
  '送料は、全国一律550円を頂戴しております。お品の数が増えましても変わりません。',
  'Kindly allow us 3 days; delivery outside Honshu (沖縄・離島) takes longer…',
  'https://shop.example/とても/長い/経路/' + 'a'.repeat(80),
  'ﾊﾝｶｸ mixed with ＺＥＮＫＡＫＵ and 😀 emoji',
  'か\u3099ぎ (combining)',
  'two\nlines\n\nand an empty one',
  ''
]

describe('widthOf', () => {
  test('narrow, wide, half-width, combining, emoji, colours', () => {
    expect(widthOf('abc')).toBe(3)
    expect(widthOf('音色')).toBe(4)
    expect(widthOf('ﾊﾝｶｸ')).toBe(4)
    expect(widthOf('、。「」')).toBe(8)
    expect(widthOf('か\u3099')).toBe(2)
    expect(widthOf('😀')).toBe(2)
    expect(widthOf('\u001b[31m赤\u001b[0m')).toBe(2)
    expect(widthOf('é → ✓ │')).toBe(7)
  })

  test('cut and padding end at the column, also when a wide character would stand across it', () => {
    for (const text of texts.filter((text) => !text.includes('\n'))) {
      for (let columns = 1; columns < 40; columns++) {
        const kept = cut(text, columns)
        expect(widthOf(kept)).toBeLessThanOrEqual(columns)
        if (widthOf(text) > columns) expect(kept.endsWith('…')).toBe(true)
        else expect(kept).toBe(text)
        expect(widthOf(padEnd(kept, columns))).toBe(columns)
        expect(widthOf(padStart(kept, columns))).toBe(columns)
      }
    }
  })
})

describe('wrap', () => {
  test('never wider than asked, and nothing but white space is lost', () => {
    for (const text of texts) {
      for (let columns = 2; columns < 60; columns += 3) {
        const lines = wrap(text, columns)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(columns, 2))
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }
    }
  })

  test('Latin words stay whole; Japanese marks and small kana never begin a line', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox'])
    for (let columns = 8; columns < 40; columns++) {
      for (const line of wrap(texts[0] ?? '', columns)) expect(line).not.toMatch(/^[、。っャュョ]/)
    }
  })

  test('keeps the lines there are', () => {
    expect(wrap('two\nlines\n\nend', 20)).toEqual(['two', 'lines', '', 'end'])
  })
})

describe('table', () => {
  test('columns line up by width, not by letters', () => {
    const lines = table(
      [
        ['損失', '1.5'],
        ['perplexity', '12.25']
      ],
      ['left', 'right']
    )
    expect(lines).toEqual(['損失          1.5', 'perplexity  12.25'])
  })

  test('side by side on a wide terminal, under each other on a narrow one', () => {
    const left = { title: '学習前', text: '送料は550円です。'.repeat(4) }
    const right = { title: 'tuned', text: 'ok' }
    const wide = sideBySide(left, right, 80)
    const bars = wide.map((line) => widthOf(line.slice(0, line.indexOf('│'))))
    expect(new Set(bars).size).toBe(1)
    expect(wide[1]).toContain('ok')
    const narrow = sideBySide(left, right, 50)
    expect(narrow.join('')).not.toContain('│')
    for (const line of [...wide, ...narrow]) expect(widthOf(line)).toBeLessThanOrEqual(80)
  })
})
