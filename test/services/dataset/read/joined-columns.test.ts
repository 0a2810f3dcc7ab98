// Several columns as one question, in the order that the user says; kept with the other choices.
import { describe, expect, test } from 'vitest'
import { mergeOverrides } from '../../../../main/services/dataset/log/merge-overrides'
import { read, refusal, said } from '../../reading/reading'
import { writeData } from '../../reading/write-file'
import { room } from '../project'

const table = '商品,件名,本文,返信\nカメラ,返品,できますか,承ります\nレンズ,,保証は？,一年です\n'
const mapping = { question: '本文', answer: '返信' }

describe('columns that are joined', () => {
  test('stand one behind the other, empty ones left out', async () => {
    const { examples, report } = await read('a.csv', table, {
      mapping,
      joined: { question: ['商品', '件名'] }
    })
    expect(examples.map(said)).toEqual([
      'u: できますか\n\nカメラ\n\n返品 | a: 承ります',
      'u: 保証は？\n\nレンズ | a: 一年です'
    ])
    expect(report.files[0]?.mapping).toEqual({
      本文: 'question',
      商品: 'question',
      件名: 'question',
      返信: 'answer'
    })
  })

  test('another order is another question', async () => {
    const { examples } = await read('a.csv', table, {
      mapping: { ...mapping, question: '件名' },
      joined: { question: ['本文'] }
    })
    expect(examples.map(said)).toEqual(['u: 返品\n\nできますか | a: 承ります', 'u: 保証は？ | a: 一年です'])
  })

  test('a column that is not there is named', async () => {
    expect(await refusal('a.csv', table, { mapping, joined: { question: ['型番'] } })).toMatchObject({
      code: 'NO_SUCH_COLUMN',
      details: { column: '型番' }
    })
  })

  test('the choice hangs on the mapping', () => {
    const said = mergeOverrides({}, { mapping, joined: { question: ['件名'] } })
    expect(said).toEqual({ mapping, joined: { question: ['件名'] } })
    expect(mergeOverrides(said, { leftOutSheets: ['x'] })).toMatchObject({ joined: { question: ['件名'] } })
    expect(mergeOverrides(said, { mapping: { question: '件名', answer: '返信' } })).not.toHaveProperty(
      'joined'
    )
    expect(mergeOverrides(said, { joined: null })).toEqual({ mapping })
  })

  test('it is kept in the project', async () => {
    const here = room()
    await here.add(writeData('a.csv', table))
    const view = await here.data.setOverrides({
      dir: here.dir,
      file: 's1',
      overrides: { mapping, joined: { question: ['件名'] } }
    })
    expect(view.files[0]?.overrides).toEqual({ mapping, joined: { question: ['件名'] } })
    const { rows } = await here.data.rows({ dir: here.dir, offset: 0, limit: 1, search: '' })
    expect(rows[0]?.question).toBe('できますか\n\n返品')
  })
})
