// Groups of questions by their words: sizes are right whatever the order of the rows, the typical question is one of the
// group, a rare topic is told, and nothing is made of what is too little or sorted already.
import { describe, expect, test } from 'vitest'
import { randomFrom, shuffled } from '../../../main/batches/shuffle'
import { checkUp } from '../../../main/services/doctor/check-up'
import { noChoices, type TopicGroups } from '../../../main/contract/check-up'
import { rowOf, type CheckedExample } from '../../../main/services/doctor/row'
import { asWritten, topicWords } from '../../../main/services/doctor/topics/topic-words'
import { Topics } from '../../../main/services/doctor/topics/topics'
import { sourceOf } from '../../doctor/judge'

/** so many that none is a topic of its own */
const goods = [...'桜梅松竹菊蘭萩桐杉楓'].flatMap((tree) =>
  [...'皿鉢盆椀瓶箱'].map((thing) => `${tree}${thing}`)
)
const asked: Readonly<Record<string, readonly string[]>> = {
  返品: [
    'の返品はできますか。',
    'を返品したいのですが、返品送料はかかりますか。',
    'の返品期限を教えてください。'
  ],
  定期便: ['の定期便を休みたいです。', 'の定期便を解約したいです。', 'の定期便の引落日はいつですか。'],
  領収書: ['の領収書をください。', 'の領収書の宛名を直せますか。', 'の領収書を再発行してください。'],
  駐車場: ['駐車場は何台分ありますか。', '駐車場の料金はいくらですか。', '駐車場に大型車は入れますか。']
}
const sizes = { 返品: 240, 定期便: 120, 領収書: 90, 駐車場: 8 }

function rows(seed: number): CheckedExample[] {
  const all = Object.entries(sizes).flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, i) => {
      const ends = asked[topic] as readonly string[]
      const about = topic === '駐車場' ? '' : goods[i % goods.length]
      return `${about}${ends[i % ends.length]}`
    })
  )
  return [...shuffled(all.length, randomFrom(seed))].map((at, index) => ({
    ...{ index, heldOut: false },
    example: {
      kind: 'conversation',
      messages: [
        { role: 'user', content: all[at] as string },
        { role: 'assistant', content: `承知いたしました。${index} 番で承ります。` }
      ],
      source: { file: 'faq.csv', row: index + 1 }
    }
  }))
}

const topicsOf = async (examples: readonly CheckedExample[]) =>
  checkUp(sourceOf(examples), { ...noChoices, goal: 'tone', keep: 'first' })

const questionOf = ({ example }: CheckedExample): string =>
  example.kind === 'conversation' ? (example.messages[0]?.content ?? '') : ''

/** The topics and their counts. */
const countsOf = ({ groups }: TopicGroups): ReadonlyMap<string, number> =>
  new Map(groups.map(({ word, rows: count }) => [word, count]))

describe('topics', () => {
  test.each([1, 2, 3])(
    'a topic has as many rows as have the word that it names, in order %i',
    async (seed) => {
      const all = rows(seed)
      const { topics, findings } = await topicsOf(all)
      expect(topics).not.toBeNull()
      const found = topics as TopicGroups
      expect(found.asked).toBe(458)
      const holding = (word: string): number => all.filter((one) => questionOf(one).includes(word)).length
      for (const { word, rows: count, typical } of found.groups) {
        expect(count, word).toBe(holding(word))
        expect(typical.question).toContain(word)
      }
      expect([...countsOf(found)]).toEqual(expect.arrayContaining(Object.entries(sizes)))
      expect(found.rest).toBe(
        all.filter((one) => !found.groups.some(({ word }) => questionOf(one).includes(word))).length
      )
      const few = findings.find(({ kind }) => kind === 'few-of-topic')
      expect(few?.parts.map(({ name, count }) => [name.includes('駐車場'), count])).toContainEqual([true, 8])
    }
  )

  test('rows that are left out change the counts of their own words, and no other name or count', async () => {
    const all = rows(2)
    const before = countsOf((await topicsOf(all)).topics as TopicGroups)
    for (const seed of [1, 2, 3, 4, 5]) {
      const left = new Set([...shuffled(all.length, randomFrom(seed))].slice(0, 5))
      const after = countsOf((await topicsOf(all.filter((_, at) => !left.has(at)))).topics as TopicGroups)
      const gone = (word: string): number =>
        all.filter((one, at) => left.has(at) && questionOf(one).includes(word)).length
      const expected = [...before].map(([word, count]): [string, number] => [word, count - gone(word)])
      expect(new Map([...after].filter(([, count]) => count > 8))).toEqual(
        new Map(expected.filter(([, count]) => count > 8))
      )
    }
  })

  test('what has two names is named as it is written, and counted so', async () => {
    const all = Array.from({ length: 60 }, (_, index): CheckedExample => ({
      ...{ index, heldOut: false },
      example: {
        kind: 'conversation',
        messages: [
          { role: 'user', content: `${index % 3 === 0 ? '価格' : '料金'}を知りたい${index}` },
          { role: 'assistant', content: 'お答えします。' }
        ],
        source: { file: 'a', row: index + 1 }
      }
    }))
    expect([...countsOf((await topicsOf(all)).topics as TopicGroups)]).toEqual([
      ['料金', 40],
      ['価格', 20]
    ])
  })

  test('the same rows give the same groups', async () => {
    expect(JSON.stringify((await topicsOf(rows(5))).topics)).toBe(
      JSON.stringify((await topicsOf(rows(5))).topics)
    )
  })

  test('few rows make no groups, and labels are groups already', async () => {
    expect((await topicsOf(rows(1).slice(0, 29))).topics).toBeNull()
    const sorted = rows(1).map((one, i): CheckedExample => ({
      ...one,
      example: {
        kind: 'labelled',
        text: `${i} 番の件です。`,
        labels: [i % 2 === 0 ? '返品' : '発送'],
        source: { file: 'a', row: i }
      }
    }))
    expect((await topicsOf(sorted)).topics).toBeNull()
  })

  test('a word of English is named as it is written', async () => {
    const topics = new Topics()
    const all = Array.from({ length: 60 }, (_, at) =>
      rowOf(
        {
          ...{ index: at, heldOut: false },
          example: {
            kind: 'conversation',
            messages: [
              {
                role: 'user',
                content: at % 2 === 0 ? `Which currencies do you hold, ${at}?` : `My ${at} parcel is late`
              },
              { role: 'assistant', content: 'We will see to it.' }
            ],
            source: { file: 'a', row: at + 1 }
          }
        },
        at
      )
    )
    for (const row of all) topics.look(row)
    const { topics: found } = await topics.found(
      async (places) => places.map((at) => all[at] as (typeof all)[0]),
      false
    )
    expect(found?.groups.map(({ rows: count }) => count)).toEqual([30, 30])
    expect(found?.groups.map(({ word }) => word)).toContain('currencies')
  })
})

test('no topic is a word that stands in questions about anything', () => {
  const questions = [
    'Is there a way to track my parcel now?',
    'What is the best way to return shoes?',
    'Now I cannot find the invoice, is there another way?',
    'How does the subscription work now?'
  ]
  const words = questions.flatMap(topicWords)
  expect(words).toEqual(expect.arrayContaining(['parcel', 'track', 'return', 'invoice', 'subscription']))
  for (const empty of ['now', 'way', 'work', 'find', 'another', 'best']) expect(words).not.toContain(empty)
})

test('what a word leaves without its ending is no topic where the word is none, and is not written as another word', () => {
  expect(topicWords('One more thing, something during the call?')).toEqual(['call'])
  expect(topicWords('Could you bring the printer?')).toContain('br')
  expect(asWritten('br', ['The broken one', 'Could you bring the printer?'])).toBe('bring')
  expect(asWritten('pencil', ['Two pencils'])).toBe('pencils')
})

test('what a mask has put there is no topic', () => {
  expect(topicWords('[NAME 1] asks for the printer.')).toEqual(['printer'])
})
