// A really trained Llama (260K parameters) tells its known story, token by token, with our engine.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedData, skippedNote } from '../fixtures/shared-data'
import { withSession } from '../golden-runner/engine'
import { convert, readPieces } from './convert'

const source = sharedData('models/stories260K')
const beginning = 1
const length = 256

describe.skipIf(!source)(source ? 'stories260K' : `stories260K (${skippedNote})`, () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'neiro-stories-'))
    convert(join(source ?? '', 'stories260K.bin'), dir)
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  /** What llama2.c's run printed at temperature 0, from the model's own readme. */
  function goldenText(): string {
    const readme = readFileSync(join(source ?? '', 'golden-text.md'), 'utf8')
    const text = /-t 0\.0\n([\s\S]*?)\n```/.exec(readme)?.[1]
    if (!text) throw new Error('golden-text.md holds no story')
    return text
  }

  async function tell(threads: number, piece: number): Promise<string> {
    const pieces = readPieces(join(source ?? '', 'tok512.bin'))
    return withSession({ modelDir: dir, maxContext: length + 1, threads }, async (session) => {
      await session.generateBegin({
        prompt: Int32Array.of(beginning),
        maxNewTokens: length,
        stopTokens: Int32Array.of(beginning),
        sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
        adapter: false
      })
      const told: Buffer[] = []
      for (;;) {
        const { tokens, finished } = await session.generateNext(piece)
        for (const token of tokens) if (token !== beginning) told.push(pieces[token] ?? Buffer.from('?'))
        // a story begins without the space that its first word carries
        if (finished) return Buffer.concat(told).toString('utf8').replace(/^ /, '')
      }
    })
  }

  test('continues its golden text exactly, greedily', async () => {
    expect(await tell(0, 16)).toBe(goldenText())
  })

  test('tells the same with one thread and a token at a time', async () => {
    expect(await tell(1, 1)).toBe(goldenText())
  })
})
