// What a page of Markdown does not show is left out and listed: the front matter, comments; what only looks like it stays.
import { describe, expect, test } from 'vitest'
import { read, said } from '../reading'

const parts = async (text: string, name = 'a.md') => {
  const { examples, report } = await read(name, text)
  return { text: examples.map(said).join('\n\n'), hidden: report.refused.map(({ excerpt }) => excerpt) }
}

describe('left out', () => {
  test('front matter', async () => {
    const { text, hidden } = await parts('---\ntitle: FAQ\ntags:\n  - secret\n---\n\n# FAQ\n\nYes.\n')
    expect(text).toBe('# FAQ\n\nYes.')
    expect(hidden).toEqual([expect.stringContaining('title: FAQ')])
  })
  test('comments of a line, within one, and of several', async () => {
    const { text, hidden } = await parts(
      '<!-- a -->\nYes. <!-- b --> No. <!-- c -->\n\n<!--\n## Old?\n\nNo longer.\n--> End. <!-- d -->\n'
    )
    expect(text).toBe('Yes.  No.\n\n End.')
    expect(hidden).toHaveLength(5)
  })
  test('nor is it offered as questions', async () => {
    const file = '## Is it?\n\nYes.\n\n<!--\n## Was it?\n\nNo.\n-->\n\n## Will it?\n\nYes.\n'
    const { report } = await read('a.md', file)
    expect(report.files[0]?.splits).toEqual([{ kind: 'questions', pairs: 2 }])
    const { examples } = await read('a.md', file, { split: 'questions' })
    expect(examples.map(said)).toEqual(['u: Is it? | a: Yes.', 'u: Will it? | a: Yes.'])
  })
})

describe('kept', () => {
  test.each([
    ['a program that writes a comment', '```html\n<!-- kept -->\n```'],
    ['a comment that never ends', 'Yes. <!-- no end\n\nNo.'],
    ['a rule at the head', '---\n\nYes.\n\n---\n\nNo.'],
    ['a rule, then words', '---\nYes, words.\n---\nNo.']
  ])('%s', async (_, file) => {
    expect(await parts(`${file}\n`)).toEqual({ text: file, hidden: [] })
  })
  test('all of it in a text file', async () => {
    expect(await parts('<!-- a --> Yes.\n', 'a.txt')).toEqual({ text: '<!-- a --> Yes.', hidden: [] })
  })
})
