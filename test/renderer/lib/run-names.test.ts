// Runs by project and name: no two of them are called the same.
import { expect, test } from 'vitest'
import { runNames } from '../../../renderer/lib/run-names'
import { aProject, aRun } from '../views'

const projects = [
  aProject({ id: 'a', name: '返信', shownPath: '/p/返信' }),
  aProject({ id: 'b', name: '広報', shownPath: '/p/広報' })
]
const run = (id: string, project: string | null, name: string, createdAt = '2026-11-21T05:00:00.000Z') =>
  aRun({ id, project, name, createdAt })

test('a run is called by its project and its name; one of no project by where it came from', () => {
  const names = runNames(
    [run('1', 'a', 'お試し 1'), run('2', 'b', 'お試し 1'), run('3', null, 'tone')],
    projects,
    'ja'
  )
  expect(['1', '2', '3'].map((id) => names.get(id)?.full)).toEqual([
    '返信・お試し 1',
    '広報・お試し 1',
    'コマンドライン・tone'
  ])
  expect(runNames([run('2', 'b', 'Try')], projects, 'en').get('2')?.full).toBe('広報: Try')
})

test('of two with one name each says when it was begun, and those of one minute which of them', () => {
  const names = runNames(
    [
      run('new', 'a', 'お試し', '2026-11-22T03:00:00.000Z'),
      run('late', 'a', 'お試し', '2026-11-21T05:00:40.000Z'),
      run('early', 'a', 'お試し', '2026-11-21T05:00:10.000Z')
    ],
    projects,
    'ja'
  )
  const said = ['new', 'late', 'early'].map((id) => names.get(id)?.run ?? '')
  expect(new Set(said).size).toBe(3)
  expect(said[0]).toContain('11月22日')
  expect(said[1]).toMatch(/#2）$/)
  expect(said[2]).toMatch(/#1）$/)
})

test('runs of a project that has learnt for several goals say what each learnt, first of all', () => {
  const { settings } = aRun()
  const learnt = (id: string, method: 'sft' | 'full' | 'classification', name = 'お試し 1') => ({
    ...run(id, 'a', name),
    settings: { ...settings, method }
  })
  const names = runNames(
    [
      learnt('1', 'sft'),
      learnt('2', 'classification'),
      learnt('3', 'full', 'バランス 1'),
      run('4', 'b', 'お試し 1')
    ],
    projects,
    'ja'
  )
  expect(['1', '2', '3', '4'].map((id) => names.get(id)?.run)).toEqual([
    'お試し 1（口調）',
    'お試し 1（仕分け）',
    'バランス 1（口調）',
    'お試し 1'
  ])
  const twins = runNames(
    [learnt('1', 'sft'), learnt('2', 'classification'), learnt('3', 'sft')],
    projects,
    'en'
  )
  expect(twins.get('2')?.run).toBe('Quick try 1 (sorting)')
  expect(twins.get('1')?.run).toMatch(/^Quick try 1 \(tone, .*#2\)$/)
})

test('projects of one name are told apart by their folders', () => {
  const twins = [projects[0] as never, aProject({ id: 'c', name: '返信', shownPath: 'D:\\neiro\\返信-2' })]
  const names = runNames([run('1', 'a', 'x'), run('2', 'c', 'x')], twins, 'ja')
  expect([names.get('1')?.full, names.get('2')?.full]).toEqual([
    '返信（フォルダー：返信）・x',
    '返信（フォルダー：返信-2）・x'
  ])
})

test('a run of a project whose goal was changed since says what it learnt', () => {
  const [now] = projects.map((project) => ({ ...project, goal: 'sort' as const }))
  const name = (project: typeof now): string | undefined =>
    project && runNames([run('1', 'a', 'お試し 1')], [project], 'ja').get('1')?.run
  expect(name(now)).toBe('お試し 1（口調）')
})
