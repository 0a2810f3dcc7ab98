// The runner's results as a table for people. Decides nothing.
import { passes, type Check } from './compare'
import type { Timed } from './case-process'
import type { Outcome } from './run-case'

const shown = (error: number): string =>
  error === 0 ? 'exact' : Number.isFinite(error) ? error.toExponential(1) : 'differs'

function line(check: Check): string {
  const tolerance = check.tolerance === 0 ? '' : `of ${check.tolerance.toExponential(1)}`
  const verdict = passes(check) ? '' : '  MISS'
  return `    ${check.name.padEnd(34)}${shown(check.error).padStart(8)} ${tolerance.padEnd(10)}${verdict}${check.note ? `  ${check.note}` : ''}`
}

/** The lines of one case. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'not yet':
      return `not yet  ${outcome.name}: ${outcome.reason}`
    case 'failed':
      return `FAILED   ${outcome.name}: ${outcome.reason}`
    default: {
      const parts = outcome.result.partsNotYet ?? []
      const head = `${outcome.kind === 'passed' ? 'passed  ' : 'MISSED  '} ${outcome.name}`
      const { note } = outcome.result
      const rest = [
        ...(note ? [`    note: ${note}`] : []),
        ...(parts.length ? [`    not yet: ${parts.join(', ')}`] : [])
      ]
      return [head, ...outcome.result.checks.map(line), ...rest].join('\n')
    }
  }
}

/** One line a case: how it went, the check that came nearest to its tolerance or passed it, and how long it took. */
export function table(all: readonly Timed[]): string {
  const rows = all.map(({ outcome, seconds }) => [
    outcome.kind,
    outcome.name,
    ...nearest(outcome),
    `${seconds.toFixed(1)} s`
  ])
  const head = ['', 'case', 'nearest to its tolerance', 'of it', 'took']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  return [head, ...rows]
    .map((row) => row.map((cell, i) => cell[i > 2 ? 'padStart' : 'padEnd'](widths[i] ?? 0)).join('  '))
    .join('\n')
}

function nearest(outcome: Outcome): readonly [string, string] {
  if (!('result' in outcome)) return [outcome.reason.slice(0, 60), '']
  const shares = outcome.result.checks.map(({ name, error, tolerance }) => ({
    name,
    share: error === 0 ? 0 : error / tolerance
  }))
  const top = shares.reduce((most, one) => (one.share > most.share ? one : most), { name: 'exact', share: 0 })
  return [top.name, Number.isFinite(top.share) ? `${(100 * top.share).toFixed(0)} %` : 'differs']
}

/** One line over all of them, the names of what is not yet there with it. */
export function summary(outcomes: readonly Outcome[]): string {
  const of = (kind: Outcome['kind']): Outcome[] => outcomes.filter((outcome) => outcome.kind === kind)
  const names = (list: readonly Outcome[]): string => list.map((outcome) => outcome.name).join(', ')
  const bad = [...of('missed'), ...of('failed')]
  return [
    ...(of('not yet').length ? [`not yet: ${names(of('not yet'))}`] : []),
    ...(bad.length ? [`not good: ${names(bad)}`] : []),
    `${of('passed').length} passed, ${of('missed').length} missed, ${of('failed').length} failed, ${of('not yet').length} not yet`
  ].join('\n')
}
