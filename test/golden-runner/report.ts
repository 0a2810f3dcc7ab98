// The runner's results as a table for people. Decides nothing.
import { passes, type Check } from './compare'
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
