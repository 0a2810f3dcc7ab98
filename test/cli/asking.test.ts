// The person at the terminal of `neiro serve`: Enter, and yes or no to a folder; and where nobody sits there.
import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { Asking } from '../../main/cli/asking'
import { wordsFor } from '../../main/words/cli'
import { speaking } from './fake-streams'

let asking: Asking | null = null
afterEach(() => asking?.end())

function begin({ isTTY = true, json = false, foreground = true } = {}): {
  readonly type: (line: string) => void
  readonly said: () => string
  readonly entered: () => number
  readonly asking: Asking
} {
  const stdin = Object.assign(new PassThrough(), { isTTY })
  const { out, stdout } = speaking({ json })
  let entered = 0
  const made = new Asking(
    { stdin, out, words: wordsFor('en') },
    () => void entered++,
    () => foreground
  )
  asking = made
  return {
    type: (line) => void stdin.write(`${line}\n`),
    said: () => stdout.text,
    entered: () => entered,
    asking: made
  }
}

test('Enter asks for another address', async () => {
  const { type, entered } = begin()
  type('')
  await vi.waitFor(() => expect(entered()).toBe(1))
})

test('a folder is asked for by its name, one after the other, and only a yes is a yes', async () => {
  const { type, said, entered, asking } = begin()
  const answers = [asking.allow('/data/one'), asking.allow('/data/\u001b[2Jtwo'), asking.allow('/data/three')]
  expect(said()).toContain('/data/one')
  expect(said()).not.toContain('two')
  type('y')
  type('')
  type('no')
  expect(await Promise.all(answers)).toEqual([true, false, false])
  // what a page calls a folder cannot steer the terminal
  expect(said()).toContain('two')
  expect(said()).not.toContain('\u001b')
  expect(entered()).toBe(0)
})

test.each([
  ['a pipe', { isTTY: false }],
  ['a program', { json: true }],
  ['a job in the background', { foreground: false }]
])('%s is asked nothing', (_, how) => {
  const { asking } = begin(how)
  expect([asking.isPerson, asking.allow('/data')]).toEqual([false, null])
})
