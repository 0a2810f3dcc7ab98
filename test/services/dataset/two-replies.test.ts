// Of two replies to one question both are put right, as any answer is.
import { expect, test } from 'vitest'
import { writeData } from '../reading/write-file'
import { room, type Room } from './project'

const rows = ({ data, dir }: Room) => data.rows({ dir, offset: 0, limit: 1000, search: '' })

test('of two answers both are edited: neither is emptied, and they stay two', async () => {
  const here = room()
  const { dir } = here
  await here.add(writeData('likes.csv', '質問,良い回答,悪い回答\nq1,a1,b1\nq2,a2,b2\nq3,a3,b3\n'))
  const fails = (words: { answer?: string; other?: string }, code: string) =>
    expect(here.data.editExample({ dir, index: 1, ...words })).rejects.toMatchObject({ code })
  await fails({ other: ' ' }, 'EMPTY_OTHER')
  await fails({ other: 'a2' }, 'SAME_ANSWERS')
  await fails({ answer: 'b2 ' }, 'SAME_ANSWERS')
  await here.data.editExample({ dir, index: 1, other: '直した悪い回答' })
  const again = room({ dir })
  expect((await rows(again)).rows).toMatchObject([
    { answer: 'a1', other: 'b1', edited: false },
    { answer: 'a2', other: '直した悪い回答', edited: true },
    { answer: 'a3', other: 'b3', edited: false }
  ])
  await again.undo()
  expect((await rows(again)).rows[1]).toMatchObject({ other: 'b2', edited: false })
})
