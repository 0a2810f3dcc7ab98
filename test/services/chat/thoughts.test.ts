// What is thought and what is said, however the tags are cut.
import { expect, test } from 'vitest'
import { parted, Thoughts } from '../../../main/services/chat/thoughts'

function streamed(pieces: readonly string[], begun = false): { thought: string; said: string } {
  const thoughts = new Thoughts(begun)
  const all = [...pieces.map((piece) => thoughts.push(piece)), thoughts.end()]
  return { thought: all.map(({ thought }) => thought).join(''), said: all.map(({ said }) => said).join('') }
}

test.each([
  ['an empty thought', '<think>\n\n</think>\n\n五百円でございます。', false, '', '五百円でございます。'],
  ['a thought', '<think>\nwhy\n</think>\n\na', false, 'why', 'a'],
  ['one that the prompt has begun', 'why</think>a', true, 'why', 'a'],
  ['one that never ends', '<think>why', false, 'why', ''],
  ['no thought', 'a < b', false, '', 'a < b'],
  ['a tag in the middle is text', 'I <think> so', false, '', 'I <think> so'],
  ['white space first', '\n <think>x</think>a', false, 'x', 'a'],
  ['nothing', '', false, '', ''],
  ['only the beginning of a tag', '<thi', false, '', '<thi']
])('%s', (_name, text, begun, thought, said) => {
  expect(parted(text, begun)).toEqual({ thought, said })
  // in pieces of every size
  for (let size = 1; size <= text.length; size++) {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    const { thought: t, said: s } = streamed(pieces, begun)
    expect([t.trim(), s.trim()]).toEqual([thought, said])
  }
})
