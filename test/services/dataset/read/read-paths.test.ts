// Files of every kind and shape become examples; every row is an example or a refusal with file, row and
// reason; what cannot be used at all is an error that names it.
import { spawnSync } from 'node:child_process'
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readData, readPaths } from '../../../../main/services/dataset/read/read-paths'
import { readingHere } from '../../../../main/services/dataset/read/reading-here'
import { readFile } from '../../../../main/services/dataset/read/read-file'
import { Chance } from '../../random'
import { jsonl, read, refusal, said } from '../../reading/reading'
import { newFolder, writeData } from '../../reading/write-file'

describe('JSON', () => {
  const row = { question: 'q', answer: 'a' }
  test.each([
    ['an array', JSON.stringify([row, row]), 2],
    ['an array over lines', JSON.stringify([row, row, row], null, 2), 3],
    ['an object that holds one', JSON.stringify({ version: '1', data: [row] }), 1],
    ['an object over lines', JSON.stringify({ meta: { a: [1] }, items: [row, row] }, null, 2), 2],
    [
      'one conversation',
      JSON.stringify(
        {
          messages: [
            { role: 'user', content: 'q' },
            { role: 'assistant', content: 'a' }
          ]
        },
        null,
        1
      ),
      1
    ],
    ['lines under the wrong name', jsonl(row, row), 2]
  ])('%s', async (_, content, count) => {
    const { examples } = await read('data.json', content)
    expect(examples.map(said)).toEqual(Array(count).fill('u: q | a: a'))
    expect(examples.map(({ source }) => source.row)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
  })

  test('a broken item is refused, a file that breaks off is an error', async () => {
    const { report } = await read('data.json', '[{"question":"q","answer":"a"}, {oops}, 7]')
    expect(report.refused).toMatchObject([
      { source: { file: 'data.json', row: 2 }, reason: 'BROKEN_JSON', excerpt: '{oops}' },
      { source: { row: 3 }, reason: 'NOT_AN_OBJECT' }
    ])
    expect(await refusal('data.json', '[{"question":"q",\n"answer":"a"},\n{"quest')).toMatchObject({
      code: 'BROKEN_JSON_FILE',
      details: { file: 'data.json', line: '3' }
    })
    expect(await refusal('data.json', '{"data": [{"question":')).toMatchObject({ code: 'BROKEN_JSON_FILE' })
  })

  test('an object with several lists, or none, is not guessed at', async () => {
    const lists = { a: [row], b: [row] }
    expect(await refusal('data.json', JSON.stringify(lists))).toMatchObject({ code: 'UNKNOWN_SHAPE' })
    expect(await refusal('config.json', '{"model": "x"}')).toMatchObject({ code: 'UNKNOWN_SHAPE' })
    expect(await refusal('data.json', '[]')).toMatchObject({ code: 'EMPTY_DATA' })
    expect(await refusal('data.json', ' \n')).toMatchObject({ code: 'EMPTY_DATA' })
  })
})

test('self-instruct keeps its only instance one level deeper', async () => {
  const task = (...instances: object[]): object => ({ id: 't', instruction: 'q', instances })
  const { examples, report } = await read(
    'seed.jsonl',
    jsonl(
      task({ input: '', output: 'a' }),
      task({ input: 'more', output: 'b' }),
      task({ input: '', output: 'c' }, { input: '', output: 'd' })
    )
  )
  expect(examples.map(said)).toEqual(['u: q | a: a', 'u: q\n\nmore | a: b'])
  expect(report.refused).toMatchObject([{ source: { row: 3 }, reason: 'EMPTY_ANSWER' }])
})

describe('tables', () => {
  test('rows know the line on which they begin', async () => {
    const { examples, report } = await read(
      'faq.csv',
      '\r\n質問,回答\r\n"a\r\nb",1\r\n\r\n,2\r\nc,"3\r\n"\r\nd,4,5\r\n'
    )
    expect(examples.map(({ source }) => source.row)).toEqual([3, 7])
    expect(examples.map(said)).toEqual(['u: a\nb | a: 1', 'u: c | a: 3'])
    expect(report.refused).toMatchObject([
      { source: { row: 6 }, reason: 'EMPTY_QUESTION', excerpt: '2' },
      { source: { row: 9 }, reason: 'TOO_MANY_CELLS', excerpt: 'd | 4 | 5' }
    ])
  })

  test.each([
    ['faq.tsv', '質問\t回答\nq\ta, b\n'],
    ['faq.csv', '質問;回答\nq;a, b\n'],
    ['faq.csv', '質問\t回答\nq\ta, b\n'],
    ['faq.csv', '質問,回答,空\nq,"a, b"\n']
  ])('%s with %j', async (name, content) => {
    expect((await read(name, content)).examples.map(said)).toEqual(['u: q | a: a, b'])
  })

  test('a mark that is never closed swallows nothing, and is told', async () => {
    const { examples, report } = await read('faq.csv', '質問,回答\nq,a\n"q,a\nq,a\n')
    expect(examples.map(said)).toEqual(['u: q | a: a', 'u: "q | a: a', 'u: q | a: a'])
    expect(report.files[0]).toMatchObject({
      mendedRows: [{ source: { row: 3 }, read: '"q,a', taken: ['"q', 'a'] }]
    })
  })

  test('two columns without names are questions and answers, not very surely', async () => {
    const { examples, report } = await read(
      'faq.csv',
      '送料はいくらですか？,全国一律500円です。\n返品できますか？,八日以内なら承ります。\n'
    )
    expect(examples.map(said)[0]).toBe('u: 送料はいくらですか？ | a: 全国一律500円です。')
    expect(examples.map(({ source }) => source.row)).toEqual([1, 2])
    expect(report.files[0]).toMatchObject({ mapping: { 1: 'question', 2: 'answer' }, confidence: 0.3 })
  })

  test('other tables without names ask for them', async () => {
    expect(await refusal('a.csv', '1,東京都,100\n2,大阪府,200\n')).toMatchObject({
      code: 'NO_HEADER',
      details: { columns: '3' }
    })
    expect(await refusal('a.csv', '2020/1/1,元日\n2020/1/13,成人の日\n')).toMatchObject({ code: 'NO_HEADER' })
  })

  test('tables for other goals are refused by what they lack', async () => {
    const choices = 'q,one,two,label\nWhich is it?,The first,The other,0\nAnd now?,Maybe this,Maybe that,1\n'
    expect(await refusal('a.csv', choices)).toMatchObject({
      code: 'LABEL_DATA',
      details: { column: 'label' }
    })
    expect(await refusal('a.csv', '番号,質問\n1,送料は？\n')).toMatchObject({ code: 'NO_ANSWER_COLUMN' })
    expect(await refusal('a.csv', '品名,値段\n傘,500\n')).toMatchObject({
      code: 'UNKNOWN_SHAPE',
      details: { columns: '品名, 値段' }
    })
  })
})

describe('plain text', () => {
  test('a short document is one example, a long one passages of whole paragraphs in order', async () => {
    expect((await read('a.txt', '一行目\n\n二段落目\n')).examples.map(said)).toEqual(['一行目\n\n二段落目'])
    const paragraphs = Array.from({ length: 40 }, (_, i) => `第${i}段。`.padEnd(300, 'あ'))
    const { examples } = await read('a.md', paragraphs.join('\n\n'))
    expect(examples.map(said).join('\n\n')).toBe(paragraphs.join('\n\n'))
    expect(examples.length).toBeGreaterThan(4)
    examples.forEach(({ source }) => expect(source.row % 2).toBe(1))
  })

  test('without blank lines it is cut at line ends', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i} `.padEnd(50, 'x'))
    const { examples } = await read('a.txt', rows.join('\n'))
    expect(examples.length).toBeGreaterThan(1)
    expect(examples.map(said).join('\n')).toBe(rows.join('\n'))
  })
})

describe('what the user says counts', () => {
  test('the encoding', async () => {
    const path = writeData('faq.csv', '質問,回答\nｱ,ｲ\n', 'cp932')
    expect((await readData([path], { encoding: 'Shift_JIS' })).examples.map(said)).toEqual(['u: ｱ | a: ｲ'])
    await expect(readData([path], { encoding: 'utf-8' })).rejects.toMatchObject({ code: 'WRONG_ENCODING' })
    await expect(readData([path], { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'UNKNOWN_ENCODING'
    })
  })

  test('the columns, by name or by number', async () => {
    const table = '品名,説明\n傘,雨の日に\n'
    const mapping = { question: '品名', answer: '説明' }
    expect((await read('a.csv', table, { mapping })).examples.map(said)).toEqual(['u: 傘 | a: 雨の日に'])
    const bare = '傘,雨の日に\n靴,毎日\n'
    const numbers = { question: '1', answer: '2' }
    expect((await read('a.csv', bare, { mapping: numbers })).examples).toHaveLength(2)
    expect((await read('a.csv', table, { mapping: { text: '説明' } })).examples.map(said)).toEqual([
      '雨の日に'
    ])
  })

  test('what is mapped is learnt, and nothing else is said to be: subject before the question, extra behind it', async () => {
    const table = '件名,本文,番号,返信,担当\n返品,できますか,12,承ります,店長\n'
    expect((await read('a.csv', table)).report.files[0]?.mapping).toEqual({
      ...{ 件名: 'subject', 本文: 'question', 返信: 'answer' }
    })
    const mapping = { subject: '件名', question: '本文', input: '番号', answer: '返信' }
    const told = await read('a.csv', table, { mapping })
    expect(told.examples.map(said)).toEqual(['u: 返品\n\nできますか\n\n12 | a: 承ります'])
    expect(told.report.files[0]?.mapping).toEqual({
      ...{ 件名: 'subject', 本文: 'question', 番号: 'input', 返信: 'answer' }
    })
    // a text beside question and answer is not read, and not said to be
    const both = { question: '本文', answer: '返信', text: '担当' }
    expect((await read('a.csv', table, { mapping: both })).report.files[0]?.mapping).toEqual({
      ...{ 本文: 'question', 返信: 'answer' }
    })
  })

  test('and mistakes in it are errors', async () => {
    const table = '品名,説明\n傘,雨の日に\n'
    expect(await refusal('a.csv', table, { mapping: { question: '品名', answer: '解説' } })).toMatchObject({
      code: 'NO_SUCH_COLUMN',
      details: { column: '解説' }
    })
    expect(await refusal('a.csv', table, { mapping: { question: '品名' } })).toMatchObject({
      code: 'MAPPING_INCOMPLETE',
      details: { role: 'answer' }
    })
    expect(await refusal('a.csv', table, { mapping: {} })).toMatchObject({
      code: 'MAPPING_INCOMPLETE',
      details: { role: 'question, answer' }
    })
    expect(await refusal('a.csv', table, { shape: 'messages' })).toMatchObject({ code: 'MAPPING_INCOMPLETE' })
  })

  test('the shape', async () => {
    const row = { text: 't', question: 'q', answer: 'a' }
    expect((await read('a.jsonl', jsonl(row))).examples.map(said)).toEqual(['u: q | a: a'])
    expect((await read('a.jsonl', jsonl(row), { mapping: { text: 'text' } })).examples.map(said)).toEqual([
      't'
    ])
  })
})

test('characters that the encoding does not have refuse their row', async () => {
  const good = '送料を教えてください,全国一律です。\n'.repeat(30)
  const bytes = Buffer.concat([
    Buffer.from('question,answer\n'),
    (await import('iconv-lite')).default.encode(good, 'cp932'),
    Buffer.from([0x71, 0x2c, 0x85, 0x01, 0x0a])
  ])
  const { examples, report } = await read('faq.csv', bytes)
  expect(examples).toHaveLength(30)
  expect(report.refused).toMatchObject([
    { source: { row: 32 }, reason: 'BROKEN_CHARACTERS', details: { encoding: 'cp932' } }
  ])
})

describe('several files and folders', () => {
  test('a folder is read whole; what is no data in it is listed', async () => {
    const folder = newFolder()
    writeData('b/faq.csv', '質問,回答\nq,a\n', 'cp932', folder)
    writeData('a.jsonl', jsonl({ question: 'q', answer: 'a' }), 'utf-8', folder)
    writeData('README.md', '# about', 'utf-8', folder)
    writeData('photo.png', 'x', 'utf-8', folder)
    writeData('table.xls', 'x', 'utf-8', folder)
    writeData('~$table.xlsx', 'x', 'utf-8', folder)
    writeData('.DS_Store', 'x', 'utf-8', folder)
    symlinkSync('/etc', join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'a.jsonl'), join(folder, 'link.jsonl'))
    const hasPipe = spawnSync('mkfifo', [join(folder, 'pipe.csv')]).status === 0
    const { examples, report } = await readData([folder])
    expect(examples.map(({ source }) => source.file)).toEqual(['a.jsonl', join('b', 'faq.csv')])
    expect(report.refused.map(({ source, reason }) => [source.file, reason])).toEqual([
      ['README.md', 'ABOUT_FILE'],
      ['elsewhere', 'LINK_IN_FOLDER'],
      ['link.jsonl', 'LINK_IN_FOLDER'],
      ['photo.png', 'UNSUPPORTED_FILE'],
      ...(hasPipe ? [['pipe.csv', 'PIPE_IN_FOLDER']] : []),
      ['table.xls', 'UNSUPPORTED_FILE']
    ])
    expect(report.examples).toBe(2)
  })

  test('one bad file is an error, even among good ones', async () => {
    const folder = newFolder()
    const good = writeData('a.csv', '質問,回答\nq,a\n', 'utf-8', folder)
    const bad = writeData('b.csv', '', 'utf-8', folder)
    await expect(readData([good, bad])).rejects.toMatchObject({
      code: 'EMPTY_DATA',
      details: { file: 'b.csv' }
    })
    await expect(readData([folder])).rejects.toMatchObject({ code: 'EMPTY_DATA', details: { file: 'b.csv' } })
  })

  test.each([
    ['nothing.csv', 'DATA_NOT_FOUND'],
    ['book.xlsx', 'BROKEN_OFFICE_FILE'],
    ['letter.docx', 'BROKEN_OFFICE_FILE'],
    ['book.xls', 'OLD_OFFICE_FILE'],
    ['music.xyz', 'UNKNOWN_FORMAT'],
    ['noextension', 'UNKNOWN_FORMAT']
  ])('%s: %s', async (name, code) => {
    const folder = newFolder()
    if (name !== 'nothing.csv') writeFileSync(join(folder, name), 'x')
    await expect(readData([join(folder, name)])).rejects.toMatchObject({ code, details: { file: name } })
  })

  test('nothing at all', async () => {
    await expect(readData([])).rejects.toMatchObject({ code: 'NO_DATA' })
    await expect(readData([newFolder()])).rejects.toMatchObject({ code: 'NO_DATA' })
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file that may not be read',
    async () => {
      const path = writeData('a.csv', '質問,回答\nq,a\n')
      chmodSync(path, 0)
      await expect(readData([path])).rejects.toMatchObject({ code: 'DATA_NOT_READABLE' })
    }
  )
})

describe('no row disappears', () => {
  const chance = new Chance(77)
  const cell = (): unknown =>
    chance.pick(['q', 'a', '', ' ', 'x\ny', '"', 'a,b', 3, null, { a: 1 }, ['x'], '質問。'])

  test('whatever stands in a JSONL file', async () => {
    for (let round = 0; round < 60; round++) {
      const lines = Array.from({ length: 1 + chance.below(300) }, () => {
        const kind = chance.below(8)
        if (kind === 0) return chance.pick(['{', 'null', '[1]', 'oops', '"text"'])
        if (kind === 1) return JSON.stringify({ question: 'q', answer: 'a', chosen: 'x' })
        if (kind === 2) return JSON.stringify({ other: cell() })
        return JSON.stringify({ question: cell(), answer: cell() })
      })
      const text = [...lines, JSON.stringify({ question: 'q', answer: 'a' })].join('\n')
      const { examples, report } = await read('data.jsonl', text)
      const rows = [...examples, ...report.refused].map(({ source }) => source.row).sort((a, b) => a - b)
      expect(rows).toEqual(Array.from({ length: lines.length + 1 }, (_, i) => i + 1))
      expect(report.files[0]).toMatchObject({ rows: rows.length, examples: examples.length })
    }
  })

  test('whatever stands in a table', async () => {
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: 1 + chance.below(200) }, () =>
        chance.list(4, () => `"${String(cell() ?? '').replaceAll('"', '""')}"`).join(',')
      )
      const filled = rows.filter((row) => row.replace(/[",\s]/g, '') !== '' || row.includes('""""'))
      const text = ['question,answer,id', ...rows, 'q,a,1'].join(chance.pick(['\n', '\r\n']))
      const { examples, report } = await read('data.csv', text)
      expect(examples.length + report.refused.length).toBe(filled.length + 1)
      expect(report.files[0]?.rows).toBe(filled.length + 1)
      const lines = [...examples, ...report.refused].map(({ source }) => source.row)
      expect(new Set(lines).size).toBe(lines.length)
    }
  })
})

test('reading a large file at once leaves everybody else their turn', async () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => ({ question: `q${i}`, answer: `a${i}` }))
  const path = writeData('a.json', JSON.stringify({ rows }))
  let turns = 0
  let begun = -1
  const count = (): void => {
    turns++
    timer = setImmediate(count)
  }
  let timer = setImmediate(count)
  const beat = (): void => {
    if (begun < 0) begun = turns
  }
  const { tables } = await readFile({ path, name: 'a.json' }, {}, beat)
  clearImmediate(timer)
  expect(tables[0]?.examples).toHaveLength(rows.length)
  expect(turns - begun).toBeGreaterThan(3)
})

test('more than may lie in memory at once is a sentence that names the file', async () => {
  const one = `question,answer\n${Array.from({ length: 1000 }, (_, i) => `q${i},${'a'.repeat(100)}\n`).join('')}`
  const [first, second] = [writeData('first.csv', one), writeData('second.csv', one.replaceAll('\nq', '\nr'))]
  const { files } = await readPaths([first, second], {}, readingHere, 500_000)
  expect(files.map(({ error }) => error?.code ?? null)).toEqual([null, 'MORE_THAN_FITS'])
  expect(files[1]?.error?.details).toMatchObject({ file: 'second.csv' })
})
