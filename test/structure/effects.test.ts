// What is opened for a run is opened once: a run is a new object whenever anything is said of it, so an effect that opens by
// `run.id` itself would begin anew at each word of a training (a vote was broken off by it).
import { expect, test } from 'vitest'
import { files, source } from './sources'

test('no effect opens anything by the id of a run that it reads itself', () => {
  const wrong = files('renderer', /\.svelte$/).filter((file) =>
    /\$effect\(\(\) => (?:void [\w.]*open\w*\(run\.id\)|\{[^}]*\.open\w*\(run\.id\))/.test(source(file))
  )
  expect(wrong).toEqual([])
})
