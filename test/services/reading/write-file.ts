// Data files for the tests, each in a new folder, in any encoding.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import iconv from 'iconv-lite'

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'neiro-data-'))

export function writeData(
  name: string,
  content: string | Uint8Array,
  encoding = 'utf-8',
  folder = newFolder()
): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? encode(content, encoding) : content)
  return path
}

/** As iconv does it, and ISO-2022-JP, which it cannot write. */
export function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8-bom') return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
  if (encoding === 'iso-2022-jp') return iso2022Jp(text)
  return iconv.encode(text, encoding)
}

function iso2022Jp(text: string): Buffer {
  const bytes: number[] = []
  let isKanji = false
  for (const character of text) {
    const euc = iconv.encode(character, 'euc-jp')
    const wantsKanji = euc.length === 2
    if (wantsKanji !== isKanji) bytes.push(0x1b, ...(wantsKanji ? [0x24, 0x42] : [0x28, 0x42]))
    isKanji = wantsKanji
    bytes.push(...[...euc].map((byte) => (wantsKanji ? byte & 0x7f : byte)))
  }
  if (isKanji) bytes.push(0x1b, 0x28, 0x42)
  return Buffer.from(bytes)
}
