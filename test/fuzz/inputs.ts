// What a stranger may send: any bytes under any of the known endings, text made of the signs that readers look for, and
// real files with something of them changed.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import fc from 'fast-check'
import { knownExtensions, oldExtensions } from '../../main/services/reading/formats'
import { docx, heading, p, table } from '../fixtures/write-docx'
import { xlsx } from '../fixtures/write-xlsx'

export interface Input {
  readonly ending: string
  readonly bytes: Uint8Array
}

const endings = [...knownExtensions, ...oldExtensions, '.bin', '']

/** Words of the formats: what makes a reader believe that it knows what it has. */
const words = [
  ...[
    '質問,回答\n',
    'question\tanswer\r\n',
    '"',
    '""',
    ',',
    ';',
    '|',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\u0000',
    '\ufeff'
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    '"messages":',
    '"role":"user"',
    '"content":',
    '{"instruction":"a","output":"b"}'
  ],
  ...['[['.repeat(40), '{"a":'.repeat(40), '\\u12', '\\ud800', '-1e999', 'null', 'true', '\n{"text":"x"}\n'],
  ...[
    '# ',
    'Q: ',
    'A: ',
    '問: ',
    '答: ',
    '```',
    '> ',
    '- ',
    '(('.repeat(30),
    '<w:p>'.repeat(20),
    '&amp;',
    '&#x0;'
  ],
  ...[
    'PK\u0003\u0004',
    'PK\u0005\u0006',
    '<?xml version="1.0" encoding="shift_jis"?>',
    '<!DOCTYPE a [<!ENTITY b "c">]>'
  ],
  ...['=1+1', '\u3042'.repeat(50), ' '.repeat(200), 'a'.repeat(300), '😀', '\uD83D']
]

const text = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.string() }),
    {
      maxLength: 60
    }
  )
  .map((parts) => Buffer.from(parts.join('')))

/** In the writing of another country or program. */
const encoded = fc
  .tuple(text, fc.constantFrom<BufferEncoding>('utf16le', 'latin1', 'utf8', 'base64'))
  .map(([bytes, encoding]) => Buffer.from(bytes.toString('utf8'), encoding))

const ending = fc.constantFrom(...endings)

const anything = fc.record({
  ending,
  bytes: fc.oneof(fc.uint8Array({ maxLength: 3000 }), text, encoded)
})

/** A real file with some bytes changed, taken out, doubled, or cut off; now and then under another ending. */
function mutated(corpus: readonly Input[]): fc.Arbitrary<Input> {
  const change = fc.record({
    kind: fc.constantFrom('set', 'cut', 'double', 'insert', 'end'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(200),
    byte: fc.nat(255),
    word: fc.constantFrom(...words)
  })
  return fc
    .record({
      from: fc.nat(corpus.length - 1),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
      other: fc.option(ending, { freq: 6 })
    })
    .map(({ from, changes, other }) => {
      const { ending, bytes } = corpus[from] as Input
      let now = Buffer.from(bytes)
      for (const { kind, at, length, byte, word } of changes) {
        const place = Math.floor(at * now.length)
        const [before, behind] = [now.subarray(0, place), now.subarray(place)]
        if (kind === 'set' && place < now.length) now[place] = byte
        else if (kind === 'cut') now = Buffer.concat([before, behind.subarray(length)])
        else if (kind === 'double') now = Buffer.concat([before, behind.subarray(0, length), behind])
        else if (kind === 'insert') now = Buffer.concat([before, Buffer.from(word), behind])
        else if (kind === 'end') now = Buffer.from(before)
      }
      return { ending: other ?? ending, bytes: now }
    })
}

export const inputs = (corpus: readonly Input[]): fc.Arbitrary<Input> =>
  fc.oneof({ weight: 1, arbitrary: anything }, { weight: 1, arbitrary: mutated(corpus) })

/** Larger ones would be changed in places that nobody looks at. */
const largest = 60_000

/** Small real files: made here, and those of others beside the checkout where they are. */
export function corpus(): readonly Input[] {
  const made: Input[] = [
    { ending: '.csv', bytes: Buffer.from('質問,回答\n送料は,550円です\n"返品\n期限",七日以内\n') },
    {
      ending: '.jsonl',
      bytes: Buffer.from('{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n')
    },
    {
      ending: '.json',
      bytes: Buffer.from('[{"instruction":"a","input":"","output":"b"},{"instruction":"c","output":"d"}]')
    },
    { ending: '.md', bytes: Buffer.from('# FAQ\n\nQ: a?\n\nA: b.\n\n問：か\n答：き\n') },
    {
      ending: '.xlsx',
      bytes: xlsx([
        {
          name: 'FAQ',
          rows: [
            ['質問', '回答'],
            ['送料は', '550円です'],
            ['在庫は', 3]
          ]
        }
      ])
    },
    {
      ending: '.docx',
      bytes: docx([
        heading('FAQ'),
        p('Q: a?'),
        p('A: b.'),
        table([
          ['質問', '回答'],
          ['か', 'き']
        ])
      ])
    }
  ]
  const parquet = filesIn(resolve(import.meta.dirname, '../fixtures/parquet'))
  const beside = ['data/messy', 'data/negative', 'data/datasets', 'faults'].flatMap((name) =>
    filesIn(resolve(import.meta.dirname, '../../../shared', name))
  )
  const known = [...parquet, ...beside].filter((path) =>
    knownExtensions.includes(extname(path).toLowerCase())
  )
  return [...made, ...known.map((path) => ({ ending: extname(path), bytes: readFileSync(path) }))]
}

function filesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dir, name))
      .filter((path) => {
        const { size } = statSync(path)
        return statSync(path).isFile() && size > 0 && size < largest
      })
      .sort()
  } catch {
    return []
  }
}
