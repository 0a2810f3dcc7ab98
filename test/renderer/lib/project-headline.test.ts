// What home says of a project: of whichever run it is true.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { percent } from '../../../renderer/lib/format'
import {
  awaitedSaid,
  nextRunSaid,
  projectHeadline,
  projectResult,
  projectState
} from '../../../renderer/lib/project-headline'
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

test('an exported run that learnt hardly anything is not said to have learnt a tone', () => {
  const notices = [{ kind: 'notice', step: 9, time: '', code: 'NOTHING_LEARNT', details: {} }] as const
  const about = aRun({ notices, exported: 1 })
  expect(projectHeadline(tone, { status: 'exported', about }, 'en')).toBe(
    'A model that learnt hardly anything is exported.'
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

test('of another run than the one that is spoken of, what is still to do is said, in the rooms of a run', () => {
  const about = aRun({ id: 'old' })
  const said = (run: string, page: 'compare' | 'export' | 'data'): string =>
    nextRunSaid({ run, about, page }, (id) => `run ${id}`, 'en')
  expect(said('new', 'compare')).toBe('How “run new” turned out has not been looked at yet.')
  expect(said('new', 'export')).toBe('“run new” is not exported yet.')
  expect([said('old', 'compare'), said('new', 'data')]).toEqual(['', ''])
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

test('a run whose result is awaited from elsewhere is told of beside what is said of another', () => {
  const away = aRun({ id: 'away', state: 'paused', elsewhere: { kind: 'folder', where: '/share' } })
  const said = (status: 'exported' | 'awaited'): string =>
    awaitedSaid({ status }, [aRun({ id: 'here' }), away], (id) => id, 'en')
  expect(said('exported')).toBe('Awaiting the result of away, trained elsewhere.')
  expect(said('awaited')).toBe('')
})
