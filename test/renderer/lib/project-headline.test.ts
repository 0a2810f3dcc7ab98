// What home says of a project: of whichever run it is true.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { percent } from '../../../renderer/lib/format'
import { nextRun, projectHeadline, projectResult, projectState } from '../../../renderer/lib/project-headline'
import { aProject, aRun } from '../views'

const tone = { goal: 'tone', examples: 10 } as const

test('an exported run that was ended early is said to be one', () => {
  const early = aRun({ state: 'stopped', step: 26, totalSteps: 260, exported: 1 })
  expect(projectHeadline(tone, { status: 'exported', about: early }, 'ja')).toBe(
    `途中（${percent(0.1)}）で終えた学習のモデルを、書き出してあります。`
  )
  expect(projectHeadline(tone, { status: 'exported', about: aRun() }, 'ja')).toBe(
    '会社の口調を学んだモデルを、書き出してあります。'
  )
})

test('what was learnt is said, whatever the goal is by now', () => {
  const about = aRun({ settings: { ...defaultSettings, method: 'classification' } })
  expect(projectHeadline(tone, { status: 'training', about }, 'en')).toBe('It is learning to sort texts.')
  const points = aRun({ settings: { ...defaultSettings, method: 'reward' }, exported: 1 })
  expect(projectHeadline(tone, { status: 'exported', about: points }, 'en')).toMatch(/gives replies points/)
})

test('of texts that are sorted no answers were compared', () => {
  expect(projectState({ goal: 'tone' }, { status: 'export' }, 'en')).toBe('Compared, ready to export')
  expect(projectState({ goal: 'sort' }, { status: 'export' }, 'en')).not.toContain('Compared')
})

test('the run that it goes on with is named where it is another, in the rooms of a run', () => {
  const [about, next] = [aRun({ id: 'old' }), aRun({ id: 'new' })]
  const runs = [about, next]
  expect(nextRun({ run: 'new', about, page: 'compare' }, runs)).toBe(next)
  expect(nextRun({ run: 'old', about, page: 'compare' }, runs)).toBeNull()
  expect(nextRun({ run: 'new', about, page: 'data' }, runs)).toBeNull()
})

test('of several runs the one whose figure is told is named', () => {
  const best = { figure: 'loss', value: 0.62, step: 10, figures: { loss: 0.62 } } as never
  const [told, other] = [aRun({ id: '1', best }), aRun({ id: '2' })]
  const about = { run: told, name: 'お試し 1（口調）' }
  const project = aProject()
  expect(projectResult(project, about, [told, other], 'ja')).toBe('「お試し 1（口調）」の検証の損失 0.62')
  expect(projectResult(project, about, [told, other], 'en')).toMatch(/^お試し 1（口調）: .*0\.62/)
  expect(projectResult(project, about, [told], 'ja')).toBe('検証の損失 0.62')
  expect(projectResult(project, { run: other, name: 'バランス 1' }, [told, other], 'ja')).toBe('バランス 1')
  expect(projectResult(project, null, [told, other], 'ja')).toBe('')
})
