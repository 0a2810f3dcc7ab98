// What is said of a model that gives points, and that nothing is said of what was not measured.
import { expect, test } from 'vitest'
import { pointsResult } from '../../../renderer/lib/points-result'

const best = { figure: 'loss', value: 0.3, figures: { loss: 0.3, pointAccuracy: 0.875 } } as const

test('how often the preferred reply has more points, and that few pairs say little', () => {
  const many = pointsResult({ best, heldOutExamples: 40 }, 'en')
  expect(many.title).toMatch(/88\s%/)
  expect(many.title).toContain('40')
  expect(many.lead).not.toContain('rough')
  expect(pointsResult({ best, heldOutExamples: 8 }, 'en').lead).toContain('rough')
  expect(pointsResult({ best, heldOutExamples: 40 }, 'ja').title).toContain('40組')
})

test('without held-out pairs it claims nothing', () => {
  const { title } = pointsResult({ best: null, heldOutExamples: 0 }, 'en')
  expect(title).toBe('How well its points fit is not known yet')
})
