// The repair that a finding offers, for the rows that it was found in.
import { personalKinds, type FindingKind } from '../../contract/findings'
import type { CheckChoices, Finding } from '../../contract/check-up'
import type { Checked } from './check-up'
import { namesListed } from './personal/known-names'
import type { Repair } from './repairs'

/** Null where a click can do nothing, or nothing was found. */
export function repairOf(
  { findings, targets, unify, personal }: Checked,
  kind: FindingKind,
  { allowed, allowedKinds, own }: CheckChoices,
  /** index of the row that was chosen among those that contradict one another; absent: nobody chose */
  kept?: number
): { readonly repair: Repair; readonly targets: Uint32Array } | null {
  const at = findings.findIndex((finding) => finding.kind === kind)
  const rows = kept === undefined ? targets[at] : against(findings[at], kept)
  const how = findings[at]?.repair
  if (!rows || rows.length === 0 || !how) return null
  switch (how) {
    case 'mask':
      return {
        repair: {
          ...{ how, kinds: personalKinds.filter((one) => !allowedKinds.includes(one)), allowed, own },
          names: namesListed(personal)
        },
        targets: rows
      }
    case 'strip':
      return { repair: { how, what: kind === 'markup' ? 'markup' : 'mail-rests' }, targets: rows }
    case 'unify':
      return { repair: { how, words: unify }, targets: rows }
    case 'keep-one':
    case 'leave-out':
      return { repair: { how: 'leave-out' }, targets: rows }
  }
}

/** The rows that say otherwise than this one. */
function against(finding: Finding | undefined, kept: number): Uint32Array | undefined {
  for (const { places, against: others } of finding?.examples ?? []) {
    const rows = others?.[places.findIndex(({ index }) => index === kept)]
    if (rows) return Uint32Array.from(rows)
  }
  return undefined
}
