// A table of texts and labels in a Word file is what the same table in Excel is; a list of labels, and answers beside them, are not.
import { expect, test } from 'vitest'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { docx, p, table } from '../../../fixtures/write-docx'
import { writeData } from '../write-file'

const read = async (...body: readonly string[]) => readData([writeData('手引き.docx', docx(body))])
const rows = [
  ['有給休暇の残りを知りたい', '休暇'],
  ['給与の振込日はいつですか', '給与'],
  ['夏休みはいつ取れますか', '休暇'],
  ['手当の額を教えてください', '給与']
]

test('its header is no row, and what stands around it is listed', async () => {
  const { examples, report } = await read(p('職員からの相談です。'), table([['相談内容', '分類'], ...rows]))
  expect(report.files).toMatchObject([
    { shape: 'text-label', mapping: { 相談内容: 'text', 分類: 'label' }, examples: 4 }
  ])
  expect(examples).toMatchObject(rows.map(([text, label]) => ({ kind: 'labelled', text, labels: [label] })))
  expect(report.refused).toMatchObject([{ reason: 'OUTSIDE_PAIRS', source: { row: 1 } }])
})

test('a list of what labels there are is none, and answers come first', async () => {
  const list = await read(table([['内容', '分類'], ...rows.map(([text = ''], at) => [text, `分類${at}`])]))
  expect(list.report.files).toMatchObject([{ shape: 'question-answer' }])
  const answered = await read(
    table([
      ['質問', '回答', '分類'],
      ...rows.map(([text = '', label = '']) => [text, 'お答えします。', label])
    ])
  )
  expect(answered.report.files).toMatchObject([{ shape: 'question-answer', examples: 4 }])
})
