// Blind votes: shuffled and stored, withheld while somebody votes, counted with an interval that may say "not enough".
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { baseAndTuned } from '../../../main/contract/candidates'
import type { Ballot, Choices } from '../../../main/contract/votes'
import type { Example } from '../../../main/contract/records'
import { candidatesOf } from '../../../main/services/evaluation/candidates'
import { itemsOf, type Item } from '../../../main/services/evaluation/items'
import type { Opened } from '../../../main/services/evaluation/open-sheet'
import { Sheet } from '../../../main/services/evaluation/sheet'
import { tallyOf, winnerOf, type Vote } from '../../../main/services/evaluation/tally'
import { Votes } from '../../../main/services/evaluation/votes'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'neiro-votes-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const all = (choice: 'left' | 'same' | 'right'): Choices => ({
  terms: choice,
  context: choice,
  consistent: choice,
  culture: choice
})

async function opened(count: number): Promise<Opened> {
  const examples = Array.from({ length: count }, (_, row): Example => ({
    kind: 'conversation',
    messages: [
      { role: 'user', content: `q${row}` },
      { role: 'assistant', content: 'r' }
    ],
    source: { file: 'x', row }
  }))
  const head = { adapter: 'a', language: 'en', asked: count, maxNewTokens: 8 } as const
  const sheet = await Sheet.begin(join(dir, 'sheet'), { ...head, candidates: candidatesOf(baseAndTuned) })
  const items = await itemsOf(examples, 'en')
  for (const item of items)
    for (const id of ['base', 'tuned'])
      await sheet.keepAnswer(item, id, { text: `${id} ${item.index}`, seconds: null, sources: [] })
  return { sheet, items, asked: count }
}

/** Prefers the tuned answer wherever it stands, as `likes` says. */
async function fill(votes: Votes, voter: string, likes: (row: number) => 'base' | 'tuned'): Promise<Ballot> {
  let ballot = await votes.ballot(voter, 24)
  while (ballot.item) {
    const { index, left } = ballot.item
    const side = left.startsWith(likes(index)) ? 'left' : 'right'
    ballot = await votes.vote(ballot.id, index, all(side))
  }
  return ballot
}

describe('what voters prefer', () => {
  test('becomes pairs to learn from: the more of them decide, and a draw says nothing', async () => {
    const votes = await Votes.open(await opened(6))
    expect(() => votes.preferences()).toThrow(expect.objectContaining({ code: 'NO_PREFERENCES' }))
    await fill(votes, 'A', (row) => (row < 3 ? 'tuned' : 'base'))
    const alone = votes.preferences()
    expect(alone).toHaveLength(6)
    expect(alone[0]).toMatchObject({
      kind: 'preference',
      messages: [{ role: 'user', content: 'q0' }],
      chosen: 'tuned 0',
      rejected: 'base 0'
    })
    expect(alone[5]).toMatchObject({ chosen: 'base 5', rejected: 'tuned 5' })
    // the second is of another mind on the first three
    await fill(votes, 'B', () => 'base')
    expect(votes.preferences().map(({ source }) => source.row)).toEqual([4, 5, 6])
  })

  test('is nothing where both said the same', async () => {
    const same = await opened(1)
    for (const id of ['base', 'tuned'])
      await same.sheet.keepAnswer(same.items[0] as Item, id, { text: 'x', seconds: null, sources: [] })
    const votes = await Votes.open(same)
    await expect(votes.ballot('A', 24)).rejects.toMatchObject({ code: 'VOTE_ALL_SAME' })
  })

  test('is asked and counted only where the two differ, also of a ballot that was filled in before', async () => {
    const some = await opened(3)
    const votes = await Votes.open(some)
    await fill(votes, 'A', () => 'tuned')
    expect(votes.tally().result).toMatchObject({ votes: 3, wins: 3 })
    for (const id of ['base', 'tuned'])
      await some.sheet.keepAnswer(some.items[1] as Item, id, { text: 'x', seconds: null, sources: [] })
    expect(votes.tally().result).toMatchObject({ votes: 2, wins: 2 })
    expect((await votes.whole('B', 24)).items.map(({ index }) => index).sort()).toEqual([0, 2])
  })
})

describe('a ballot', () => {
  test('shows two answers under no name, in an order of its own, sides both ways', async () => {
    const votes = await Votes.open(await opened(40))
    const [one, other] = [await votes.whole('A', 24), await votes.whole('B', 24)]
    expect(one.items).toHaveLength(24)
    expect(one.items.map(({ index }) => index)).not.toEqual(other.items.map(({ index }) => index))
    const lefts = [...one.items, ...other.items].map(({ left }) => left.split(' ')[0])
    expect(new Set(lefts)).toEqual(new Set(['base', 'tuned']))
  })

  test('goes on where it was, also after a kill and a torn line; a vote taken back is asked again', async () => {
    const sheet = await opened(3)
    const votes = await Votes.open(sheet)
    const begun = await votes.ballot('A', 24)
    const first = begun.item?.index ?? -1
    const said = all('left')
    expect((await votes.vote(begun.id, first, said)).before).toBeNull()
    appendFileSync(join(dir, 'sheet/votes.jsonl'), '{"ballot":"')
    const again = await (await Votes.open(sheet)).ballot('A', 24)
    expect([again.id, again.done]).toEqual([begun.id, 1])
    const later = await Votes.open(sheet)
    const back = await later.takeBack(begun.id)
    expect([back.item?.index, back.before]).toEqual([first, said])
    const reopened = await (await Votes.open(sheet)).ballot('A', 24)
    expect([reopened.done, reopened.before]).toEqual([0, said])
    // said anew, it is the new one that counts, and the next was never asked
    expect((await later.vote(begun.id, first, all('same'))).before).toBeNull()
  })

  test('withholds the result until every ballot that was begun is filled in', async () => {
    const votes = await Votes.open(await opened(12))
    await fill(votes, 'A', () => 'tuned')
    expect(votes.tally().result?.standing).toBe('tuned')
    const { id, item } = await votes.ballot('B', 24)
    await votes.vote(id, item?.index ?? 0, all('same'))
    expect(votes.tally()).toMatchObject({ filled: 1, open: 1, result: null })
  })

  test('of somebody who never finishes is named, and left out for good when it is to hold back nothing', async () => {
    const source = await opened(3)
    const votes = await Votes.open(source)
    const { id, item } = await votes.ballot('小野寺', 24)
    await votes.vote(id, item?.index ?? 0, all('left'))
    await fill(votes, 'おのでら', () => 'tuned')
    expect(votes.tally()).toMatchObject({
      unfinished: [{ id, voter: '小野寺', done: 1, total: 3 }],
      result: null
    })
    expect(await votes.drop(id)).toMatchObject({ filled: 1, open: 0, unfinished: [], result: { wins: 3 } })
    expect((await Votes.open(source)).tally()).toMatchObject({ open: 0, result: { voters: 1 } })
    await expect(votes.drop(id)).rejects.toMatchObject({ code: 'NO_BALLOT' })
  })

  test('comes back as a file once, twice is the same; of another evaluation it is refused whole', async () => {
    const votes = await Votes.open(await opened(10))
    const { id, items } = await votes.whole('A', 24)
    const file = JSON.stringify({
      ballot: id,
      votes: items.map(({ index }) => ({ item: index, choices: all('left') }))
    })
    const once = await votes.takeIn(file)
    const size = readFileSync(join(dir, 'sheet/votes.jsonl'), 'utf8').length
    expect(once).toMatchObject({ filled: 1, open: 0 })
    expect(await votes.takeIn(file)).toEqual(once)
    expect(readFileSync(join(dir, 'sheet/votes.jsonl'), 'utf8')).toHaveLength(size)
    for (const wrong of [
      '',
      '[]',
      file.replace(id, 'other'),
      file.replace('"item":', '"item":9'),
      file.replaceAll('left', 'up')
    ])
      await expect(votes.takeIn(wrong)).rejects.toMatchObject({ code: 'NO_BALLOT' })
  })
})

describe('votes counted', () => {
  const vote = (voter: string, item: number, winner: 'base' | 'tuned' | 'same'): Vote => ({
    ...{ voter, item, left: item % 2 ? 'base' : 'tuned' },
    choices: all(winner === 'same' ? 'same' : (item % 2 === 0) === (winner === 'tuned') ? 'left' : 'right')
  })
  const many = (wins: number, of: number): Vote[] =>
    Array.from({ length: of }, (_, item) => vote('A', item, item < wins ? 'tuned' : 'base'))

  test.each([
    [9, 9, 'not-enough'],
    [19, 24, 'tuned'],
    [14, 24, 'even'],
    [3, 24, 'base'],
    [12, 24, 'even']
  ] as const)('%i of %i', (wins, of, standing) => {
    expect(tallyOf(many(wins, of))).toMatchObject({ wins, losses: of - wins, standing })
  })

  test('19 of 24 lies between 60 and 91 percent', () => {
    const { rate } = tallyOf(many(19, 24))
    expect([Math.round(100 * rate.low), Math.round(100 * rate.high)]).toEqual([60, 91])
  })

  test('who is ahead in more questions wins; a draw is one', () => {
    const choices: Choices = { terms: 'same', context: 'right', consistent: 'right', culture: 'left' }
    expect(winnerOf({ left: 'base', choices })).toBe('tuned')
    expect(winnerOf({ left: 'tuned', choices })).toBe('base')
    expect(winnerOf({ left: 'tuned', choices: { ...choices, terms: 'left' } })).toBe('same')
  })

  test('two voters agree on the questions that both have seen', () => {
    const votes = [
      vote('A', 1, 'tuned'),
      vote('B', 1, 'tuned'),
      vote('A', 2, 'base'),
      vote('B', 2, 'same'),
      vote('B', 3, 'base')
    ]
    expect(tallyOf(votes).agreement).toEqual({ same: 1, pairs: 2 })
    expect(tallyOf(many(2, 4)).agreement).toBeNull()
    expect(tallyOf([]).standing).toBe('not-enough')
  })
})
