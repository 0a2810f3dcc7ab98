// A trait that none of the house's own answers to these questions has does not apply to them, as it is asked of nobody else.
import { expect, test } from 'vitest'
import { traitNames, type TraitName } from '../../../main/contract/evaluation'
import type { Traits } from '../../../main/metrics/tone-card'
import { ownShares } from '../../../main/services/evaluation/result'

const traits = (change: Partial<Record<TraitName, boolean | null>>): Traits => ({
  ...(Object.fromEntries(traitNames.map((name) => [name, true])) as Traits),
  ...change
})

test('none has it: it does not apply; one has it: the others lack it', () => {
  const shares = ownShares([traits({ greeting: false, signOff: false }), traits({ greeting: false })])
  expect(shares.greeting).toEqual({ hits: 0, total: 0 })
  expect(shares.signOff).toEqual({ hits: 1, total: 2 })
})

test('a forbidden word in every own answer is said', () => {
  expect(ownShares([traits({ forbidden: false })]).forbidden).toEqual({ hits: 0, total: 1 })
})
