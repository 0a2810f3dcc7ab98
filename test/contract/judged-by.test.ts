// By which figure a training keeps its best: as its method says, as somebody chose, and never by one that is not measured.
import { expect, test } from 'vitest'
import { figuresToChoose, judgedBy } from '../../main/contract/judged-by'
import { methodKeys, methodRows } from '../../main/contract/methods'
import { settingRows } from '../../main/contract/settings'

test('as the method says, where nobody chose', () => {
  for (const method of methodKeys)
    expect(judgedBy({ method, bestBy: 'automatic' }).figure).toBe(methodRows[method].best)
})

test('as somebody chose; what a method does not measure is refused', () => {
  expect(judgedBy({ method: 'dpo', bestBy: 'rewardMargin' })).toEqual({
    figure: 'rewardMargin',
    better: 'higher'
  })
  expect(judgedBy({ method: 'classification', bestBy: 'meanError' }).better).toBe('lower')
  expect(() => judgedBy({ method: 'sft', bestBy: 'accuracy' })).toThrow(
    expect.objectContaining({ code: 'SETTINGS_TOGETHER' }) as Error
  )
})

test('every figure that a method can be judged by can be chosen', () => {
  const all = new Set(methodKeys.flatMap(figuresToChoose))
  expect(new Set<string>(settingRows.bestBy.choices)).toEqual(new Set(['automatic', ...all]))
})
