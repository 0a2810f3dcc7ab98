// The table of an old encoding says what its decoder says, or nothing; a file that goes through the table reads as one
// that goes through the decoder, whatever its bytes are.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, expect, test } from 'vitest'
import { CodeTable } from '../../../../main/services/reading/recognise/code-table'
import { decodeFile } from '../../../../main/services/reading/recognise/decode-file'
import { oldEncodings } from '../../../../main/services/reading/recognise/encodings'
import { Chance } from '../../random'

const dir = mkdtempSync(join(tmpdir(), 'neiro-codes-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const same = (text: string): string => text

test.each(oldEncodings.map(({ code }) => code))('%s, any bytes', (code) => {
  const table = new CodeTable(code, same)
  const chance = new Chance(7)
  let known = 0
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(chance.list(6, () => chance.below(256)))
    const found = table.decoded(bytes)
    if (found === null) continue
    known++
    expect(found).toBe(iconv.decode(bytes, code, { stripBOM: false }))
  }
  expect(known).toBeGreaterThan(40)
})

test.each([
  ['cp932', 'ご注文番号12の湯のみ、ｶﾀｶﾅ①㈱,回答です。~\\\r\n'],
  ['euc-jp', '質問と回答,ｶﾅ\n'],
  ['gb18030', '问题和回答，€𠀀\n'],
  ['big5', '問題與回答,繁體\n'],
  ['cp949', '질문과 대답\n'],
  ['windows-1252', 'Größe, prix: 5 €, naïve “quote”\n'],
  ['koi8-r', 'вопрос и ответ\n']
])('%s, a file longer than the table needs', async (code, line) => {
  const path = join(dir, `${code}.txt`)
  // whole pieces that the table knows, one with bytes that mean nothing, and a last line without an end
  const good = iconv.encode(line.repeat(40_000), code)
  const bad = Buffer.concat([iconv.encode(line.trimEnd(), code), Buffer.from([0x81, 0x0a])])
  writeFileSync(path, Buffer.concat([good, bad, good, iconv.encode(line.trimEnd(), code)]))
  let text = ''
  for await (const piece of decodeFile(path, code)) text += piece
  const wanted = iconv.decode(Buffer.concat([good, bad, good, iconv.encode(line.trimEnd(), code)]), code)
  expect(text.replaceAll('\uFFFE', '\uFFFD') === wanted).toBe(true)
})

test('UTF-8 of every length of character, cut anywhere, is what it is', async () => {
  const line = 'a é 質 𠮷 \u{1F375} \uFEFF\n'
  for (const before of ['', 'x', 'xy', 'xyz']) {
    const path = join(dir, 'utf8.txt')
    const text = before + line.repeat(60_000)
    writeFileSync(path, text)
    let found = ''
    for await (const piece of decodeFile(path, 'utf-8')) found += piece
    expect(found === text).toBe(true)
  }
})
