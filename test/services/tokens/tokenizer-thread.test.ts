// The thread of a tokenizer may go (memory, a fault in the library): nobody waits for it for ever, the call that
// needed it says so, and the next one is answered again.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { smallTokenizerDir } from './small-tokenizers'

interface Said {
  readonly result: string
  readonly seconds: number
}

test('a thread that is gone is noticed, said, and started again', async () => {
  const program = join(import.meta.dirname, 'loses-its-thread.mjs')
  const dir = smallTokenizerDir('byte-level')
  const { stdout } = await promisify(execFile)(process.execPath, [program, dir], { timeout: 60_000 })
  const said = JSON.parse(stdout) as Readonly<Record<string, Said>> & { before: string; threads: number }
  // known to be gone: the call has a new one
  expect(said.gone?.result).toBe(said.before)
  // it goes while it is waited for
  expect(said.going?.result).toBe('TOKENIZER_STOPPED')
  expect(said.going?.seconds).toBeLessThan(20)
  expect(said.afterGoing?.result).toBe(said.before)
  expect(said.aside?.result).toBe('TOKENIZER_STOPPED')
  expect(said.afterAside?.result).toBe(said.before)
  expect(said.threads).toBe(4)
}, 90_000)
