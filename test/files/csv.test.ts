// A table for Excel: whatever a stranger wrote is text there. Read back here as Excel cuts it, with a comma, a
// semicolon or a tab.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { csvLine } from '../../main/files/csv'

/** The cells of a line as a program cuts it: quoted where the cell begins with the mark, and nowhere else. */
function cut(line: string, delimiter: string): string[] {
  const cells: string[] = []
  const text = line.replace(/\r\n$/, '')
  for (let at = 0; at <= text.length;) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') cell += text[at]
        else if (text[at + 1] === '"') cell += text[at++]
        else break
      }
      at++
    }
    while (at < text.length && text[at] !== delimiter) cell += text[at++]
    at++
    cells.push(cell)
  }
  return cells
}

const hostile = [
  '=1+1',
  '@SUM(A1)',
  '+cmd|x!A1',
  '-2+3+cmd|x!A1',
  '\t=1+1',
  '\r=1',
  '\n=1',
  ' =1+1',
  '\u00a0=1',
  '\u200b=1+1',
  '\ufeff@x',
  '＝1+1',
  '＠x',
  '\0=1',
  '"=1+1',
  '";=1+1;"',
  'x;=1+1',
  'x\t=1+1',
  'x\n=1+1',
  'x; @y',
  '=HYPERLINK("http://evil.example","見積")'
]

test.each(hostile)('%j is text, wherever cells are cut', (text) => {
  for (const delimiter of [',', ';', '\t'])
    for (const cell of cut(csvLine(['a', text, 'b']), delimiter))
      expect(cell.replace(/[\s\p{C}]/gu, '')).not.toMatch(/^[=+\-@＝＋－＠]/u)
})

test('plain text and plain numbers stay to the letter', () => {
  const plain = ['送料は550円です', 'a "b" c', '-5', '+1.5', '1,000', '', 'x = 1; y', 'a-b']
  expect(cut(csvLine(plain), ',')).toEqual(plain)
  expect(csvLine(['a', 'b'], '\t')).toBe('"a"\t"b"\r\n')
})

test('no other place writes a table', () => {
  const root = resolve(import.meta.dirname, '../..')
  const writers = ['main', 'renderer'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name))
      .filter((name) =>
        /replace(All)?\((\/"\/g|'"'), ?['"]""['"]\)/.test(readFileSync(join(root, room, name), 'utf8'))
      )
      .map((name) => `${room}/${name}`)
  )
  expect(writers).toEqual(['main/files/csv.ts'])
})
