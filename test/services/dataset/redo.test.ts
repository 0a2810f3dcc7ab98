// What was undone is done again, one step after the other, until something new is done.
import { expect, test } from 'vitest'
import { faq, room, type Room } from './project'
import { writeData } from '../reading/write-file'

const get = ({ data, dir }: Room) => data.get({ dir, project: 'project-1' })

test('undone step by step, and done again by a program that was started since', async () => {
  const here = room()
  const steps: (() => Promise<unknown>)[] = [
    () => here.add(writeData('faq.csv', faq(10))),
    () => here.data.editExample({ dir: here.dir, index: 3, question: '別の質問', answer: '別の回答' }),
    () => here.add(writeData('more.csv', faq(5, 100))),
    () => here.data.editExample({ dir: here.dir, index: 4, removed: true }),
    () => here.data.removeFile({ dir: here.dir, file: 's1' })
  ]
  const states = [await get(here)]
  for (const step of steps) {
    await step()
    states.push(await get(here))
  }
  for (const wanted of states.slice(0, -1).reverse())
    expect(await here.undo()).toMatchObject({ fingerprint: wanted.fingerprint })
  const later = room({ dir: here.dir })
  for (const wanted of states.slice(1)) {
    const { takenBack } = await get(later)
    const done = await later.data.redo({ dir: here.dir, entry: takenBack?.entry ?? 0 })
    expect(done).toMatchObject({ fingerprint: wanted.fingerprint, lastChange: wanted.lastChange })
  }
  expect(await get(later)).toEqual({ ...states.at(-1), changes: 15 })
})

test('something new ends it; what is not the last is refused', async () => {
  const here = room()
  await here.add(writeData('faq.csv', faq(10)))
  await here.data.editExample({ dir: here.dir, index: 3, removed: true })
  await here.data.editExample({ dir: here.dir, index: 4, removed: true })
  const first = (await here.undo()).takenBack
  const second = (await here.undo()).takenBack
  const redo = (entry = 0): Promise<unknown> => here.data.redo({ dir: here.dir, entry })
  await expect(redo(first?.entry)).rejects.toMatchObject({ code: 'NOT_THE_LAST_CHANGE' })
  await redo(second?.entry)
  await here.data.setNormalisation({ dir: here.dir, kind: 'nfkc', applied: true })
  expect((await get(here)).takenBack).toBeNull()
  await expect(redo(first?.entry)).rejects.toMatchObject({ code: 'NOT_THE_LAST_CHANGE' })
})
