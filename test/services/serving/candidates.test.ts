// Which run a server begins with: the newest that writes. One that sorts texts is passed over, and refused by its name.
import { expect, test } from 'vitest'
import type { ScoredLabels } from '../../../main/contract/scores'
import { wantedFor } from '../../../main/services/serving/candidates'
import type { Candidate } from '../../../main/services/serving/served-models'

const run = (id: string, score?: ScoredLabels): Candidate =>
  ({
    view: { id, name: `name of ${id}`, createdAt: '', project: null },
    projectName: null,
    parts: { modelDir: `base of ${id}`, adapterDir: id, trainedDir: null, ...(score && { score }) }
  }) as unknown as Candidate
const sorts = run('sorts', { problem: 'single_label_classification', labels: ['a', 'b'] })

test('the newest run that writes is served, not one that sorts', () => {
  expect(wantedFor([sorts, run('writes')], null, false).modelDir).toBe('base of writes')
  expect(() => wantedFor([sorts], null, false)).toThrow('API_NOTHING_TO_SERVE')
})

test('a run that sorts is refused where it is named', () => {
  expect(() => wantedFor([sorts, run('writes')], 'sorts', true)).toThrow(
    expect.objectContaining({ code: 'API_MODEL_SORTS', details: { name: 'name of sorts' } })
  )
})
