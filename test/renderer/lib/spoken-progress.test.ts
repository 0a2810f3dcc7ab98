// A screen reader hears of a training at each tenth and at each evaluation, and nothing in between.
import { expect, test } from 'vitest'
import { spokenProgress, type ProgressHeard, type Spoken } from '../../../renderer/lib/spoken-progress'

const heard = (change: Partial<ProgressHeard> = {}): ProgressHeard => ({
  share: 0,
  secondsLeft: 240,
  evaluation: null,
  method: 'sft',
  ...change
})
const plain = (spoken: Spoken): string => spoken.text.replace(/\u00a0/g, ' ')

/** All that is said while these arrive one after the other. */
function said(all: readonly ProgressHeard[]): string[] {
  const texts: string[] = []
  let spoken: Spoken | null = null
  for (const one of all) {
    const next: Spoken = spokenProgress(spoken, one, 'ja')
    if (next !== spoken) texts.push(plain(next))
    spoken = next
  }
  return texts
}

test('a run of a thousand steps without evaluations is heard of eleven times', () => {
  const steps = Array.from({ length: 1001 }, (_, step) =>
    heard({ share: step / 1000, secondsLeft: 1000 - step })
  )
  const texts = said(steps)
  expect(texts).toHaveLength(11)
  expect(texts[3]).toBe('30 %、残り約12分')
  expect(texts[10]).toMatch(/^100 %/)
})

test('each evaluation is heard, with the newest loss even where it was not the best', () => {
  const at = (step: number, value: number): ProgressHeard =>
    heard({ share: 0.63, evaluation: { step, figure: 'loss', value } })
  expect(said([at(10, 1.27), at(10, 1.27), at(20, 1.33), at(30, 1.33)])).toEqual([
    '63 %、残り約4分、検証の損失 1.27',
    '63 %、残り約4分、検証の損失 1.33',
    '63 %、残り約4分、検証の損失 1.33'
  ])
})

test('between them the very same sentence stays, though time left and share have moved on', () => {
  const first = spokenProgress(null, heard({ share: 0.41, secondsLeft: 600 }), 'ja')
  expect(spokenProgress(first, heard({ share: 0.49, secondsLeft: 60 }), 'ja')).toBe(first)
})

test('what is over is not said to take some time still', () => {
  const last = spokenProgress(null, heard({ share: 1, secondsLeft: 10 }), 'ja')
  expect(plain(spokenProgress(last, heard({ share: 1, secondsLeft: null }), 'ja'))).toBe('100 %')
})

test('a resumed run that went back to its checkpoint is heard of again', () => {
  const first = spokenProgress(null, heard({ share: 0.55 }), 'ja')
  expect(plain(spokenProgress(first, heard({ share: 0.35 }), 'ja'))).toMatch(/^35 %/)
})

test('what is not known yet is left out, and another language says it anew', () => {
  const first = spokenProgress(null, heard({ share: 0.1, secondsLeft: null }), 'ja')
  expect(plain(first)).toBe('10 %')
  const english = spokenProgress(
    first,
    heard({ share: 0.1, evaluation: { step: 1, figure: 'loss', value: 2.5 } }),
    'en'
  )
  expect(plain(english)).toBe('10 %, about 4 min left, held-out loss 2.50')
})
