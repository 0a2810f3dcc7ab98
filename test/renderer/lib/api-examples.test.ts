// What a program writes to ask the server: the key is in what is copied, and in what is seen only where it is wanted.
import { expect, test } from 'vitest'
import { example, exampleKinds, masked } from '../../../renderer/lib/api-examples'

const key = 'neiro-s3cret0fThe0ffice'
const of = { address: 'http://127.0.0.1:8377/v1', model: 'こもれび', question: '送料は？' }

test.each(exampleKinds)('%s: a masked key says nothing of the real one', (kind) => {
  expect(example(kind, { ...of, key })).toContain(key)
  const seen = example(kind, { ...of, key: masked(key) })
  expect(seen).not.toContain(key.slice(9))
  expect(seen).toContain(masked(key))
})
