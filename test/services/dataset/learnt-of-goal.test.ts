// What of a set is learnt: a goal may have no use for some of its rows, and those are counted nowhere as learnt.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeData } from '../reading/write-file'
import { faq, room } from './project'

test('rows of a kind that the goal does not learn are counted nowhere as learnt', async () => {
  const here = room()
  const pair = (n: number) => JSON.stringify({ prompt: `q${n}`, chosen: `yes ${n}`, rejected: `no ${n}` })
  const judged = Array.from({ length: 30 }, (_, n) => pair(n)).join('\n')
  await here.add(writeData('faq.csv', faq(20)), writeData('dpo.jsonl', judged))
  const view = await here.data.get({ dir: here.dir })
  expect(view).toMatchObject({ examples: 50, kinds: { conversation: 20, preference: 30 } })
  expect([view.train, view.heldOut]).toEqual([18, 2])
  expect(await here.data.countOf(here.dir)).toBe(20)
  // for another goal it is the others
  const file = join(here.dir, 'project.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"tone"', '"prefer"'))
  expect(await here.data.countOf(here.dir)).toBe(30)
  expect(await here.data.get({ dir: here.dir })).toMatchObject({ train: 27, heldOut: 3 })
})

test('what is asked again, in another file too, is one question', async () => {
  const here = room()
  const again = faq(20).split('\n').slice(0, 6).join('\n')
  await here.add(writeData('faq.csv', faq(20)), writeData('again.csv', `${again}\n`))
  expect(await here.data.get({ dir: here.dir })).toMatchObject({ examples: 25, questions: 20 })
})
