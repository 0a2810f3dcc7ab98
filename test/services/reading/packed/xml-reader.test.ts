// XML in pieces of any size, in either encoding; what has no place in an Office file is refused.
import { describe, expect, test } from 'vitest'
import { LimitProblem, XmlProblem, XmlReader } from '../../../../main/services/reading/packed/xml-reader'
import { Chance } from '../../random'

function read(xml: string | Buffer, cuts: () => number = () => Infinity): string[] {
  const said: string[] = []
  const reader = new XmlReader({
    open: (name, attributes) =>
      said.push(
        `<${name}${Object.entries(attributes)
          .map(([k, v]) => ` ${k}=${v}`)
          .join('')}>`
      ),
    close: (name) => said.push(`</${name}>`),
    text: (text) => said.push(text)
  })
  const bytes = Buffer.from(xml as string)
  for (let at = 0; at < bytes.length;) {
    const length = Math.max(1, Math.min(cuts(), bytes.length - at))
    reader.push(bytes.subarray(at, at + length))
    at += length
  }
  reader.end()
  return said
}

const xml = `<?xml version="1.0"?><x:a xmlns:x="y" x:id="1" b="&quot;&#x9854;"><c/>質問 &amp; 回答<![CDATA[<d>]]></x:a>`
const wanted = ['<a id=1 b="顔>', '<c>', '</c>', '質問 & 回答', '<d>', '</a>']

test('names lose their prefixes, text its escapes', () => {
  expect(read(xml)).toEqual(wanted)
})

test('however the bytes are cut, and in UTF-16', () => {
  const chance = new Chance(9)
  const joined = (said: readonly string[]): string => said.join('')
  for (let round = 0; round < 100; round++) {
    expect(joined(read(xml, () => 1 + chance.below(6)))).toBe(joined(wanted))
    const wide = Buffer.from(`\uFEFF${xml}`, 'utf16le')
    expect(joined(read(wide, () => 1 + chance.below(6)))).toBe(joined(wanted))
    expect(joined(read(Buffer.from(wide).swap16(), () => 1 + chance.below(6)))).toBe(joined(wanted))
  }
})

describe('refused', () => {
  test.each([
    ['<a>'],
    ['<a></b>'],
    ['<a b=1/>'],
    ['<a>&unknown;</a>'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['plain text'],
    ['']
  ])('%j', (broken) => {
    expect(() => read(broken)).toThrow(XmlProblem)
  })

  const endless = 12 * 2 ** 20
  test.each([
    ['text', `<a>${'x'.repeat(endless)}</a>`],
    ['remark', `<a><!--${'<'.repeat(endless)}--></a>`],
    ['instruction', `<a><?b ${'<'.repeat(endless)}?></a>`],
    ['name', `<${'a'.repeat(endless)}/>`],
    ['value', `<a b="${'x'.repeat(endless)}"/>`],
    ['section', `<a><![CDATA[${'<'.repeat(endless)}]]></a>`]
  ])('one endless %s', (_, xml) => {
    expect(() => read(xml, () => 1 << 16)).toThrow(LimitProblem)
  })

  test('many short ones are none', () => {
    const many = 200_000
    expect(() =>
      read(
        `<a>${'<!-- -->'.repeat(many)}${'<?b c?>'.repeat(many)}${'<![CDATA[x]]>'.repeat(many)}</a>`,
        () => 1 << 16
      )
    ).not.toThrow()
  })
})
