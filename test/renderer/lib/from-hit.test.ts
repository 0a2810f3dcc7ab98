// What is looked for is in sight in its row, however far behind it stands.
import { expect, test } from 'vitest'
import { fromHit } from '../../../renderer/lib/from-hit'

const far = `${'あ'.repeat(100)}定期券の写しです。`

test('a text is shown from a little before the words that are looked for', () => {
  expect(fromHit(far, '定期券')).toBe(`…${'あ'.repeat(12)}定期券の写しです。`)
  expect(fromHit('一行目\n二行目\n井上\n四行目', '井上')).toBe('…井上\n四行目')
  expect(fromHit(`${'x'.repeat(60)} ﾃｲｷ ABC`, 'テイキ abc')).toBe(`…${'x'.repeat(11)} ﾃｲｷ ABC`)
  expect(fromHit(`${'x'.repeat(47)}${'😀'.repeat(7)}井`, '井')).toBe(`…${'😀'.repeat(6)}井`)
})

test('all of it where they are in sight, or not in it', () => {
  for (const search of ['', ' ', 'ない']) expect(fromHit(far, search)).toBe(far)
  expect(fromHit('定期券の写しです。', '写し')).toBe('定期券の写しです。')
  expect(fromHit('', 'x')).toBe('')
})
