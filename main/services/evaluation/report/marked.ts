// A text with its facts marked: kept, made up, missing. Pure.
import type { Fact } from '../../../metrics/facts'
import { markup, type Html } from './html'

export function marked(
  text: string,
  facts: readonly (readonly [kind: 'kept' | 'invented' | 'missing', fact: Fact])[]
): readonly (string | Html)[] {
  const parts: (string | Html)[] = []
  let at = 0
  for (const [kind, { from, to }] of [...facts].sort(([, a], [, b]) => a.from - b.from)) {
    if (from < at) continue
    parts.push(text.slice(at, from), markup`<mark class="${kind}">${text.slice(from, to)}</mark>`)
    at = to
  }
  return [...parts, text.slice(at)]
}
