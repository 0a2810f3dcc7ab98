// Streaming an answer: whole characters, no stop token or stop string shown, ended from outside.
import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import {
  greedy,
  streamAnswer,
  type AnswerEnd,
  type AnswerOptions
} from '../../../main/services/chat/stream-answer'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'

const dir = tinyModel()
const modelText = await LoadedModelText.load({ dir, name: '', chatTemplate: null, specialTokens: {} })
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** A model that says these ids, in chunks of the size it is asked for. */
function speaker(ids: readonly number[], finished: 'stop' | 'length'): ScriptedHost {
  let at = 0
  return new ScriptedHost({
    generateBegin: () => undefined,
    generateNext: ({ count }) => {
      const tokens = Int32Array.from(ids.slice(at, at + count))
      at += count
      return { tokens, finished: at >= ids.length ? finished : null }
    },
    cancel: () => undefined
  })
}

async function listen(
  host: ScriptedHost,
  options: Partial<AnswerOptions> = {}
): Promise<{ pieces: string[]; end: AnswerEnd }> {
  const stream = streamAnswer(host, {
    modelText,
    prompt: Int32Array.of(1, 2, 3),
    stopTokens: [2],
    maxNewTokens: 100,
    maxContext: 256,
    sampling: greedy,
    adapter: true,
    ...options
  })
  const pieces: string[] = []
  for (;;) {
    const next = await stream.next()
    if (next.done) return { pieces, end: next.value }
    pieces.push(next.value)
  }
}

const ids = async (text: string): Promise<number[]> => Array.from(await modelText.tokenizer.encode(text))
const text = '送料は550円です。😀 the end'

describe('text', () => {
  test('comes piece by piece, whole characters only, and joined it is what was said', async () => {
    const { pieces, end } = await listen(speaker(await ids(text), 'length'))
    expect(pieces.join('')).toBe(text)
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces) expect(piece).not.toContain('\uFFFD')
    expect(end).toEqual({ finished: 'length', tokens: (await ids(text)).length })
  })

  test('the stop token is no text, also where it is an ordinary letter', async () => {
    const { pieces } = await listen(speaker([...(await ids('はい')), ...(await ids('x'))], 'stop'), {
      stopTokens: await ids('x')
    })
    expect(pieces.join('')).toBe('はい')
  })

  test('a stop string split over chunks is never shown, and the engine is asked no further', async () => {
    const host = speaker([...(await ids('答えです。\n\n質問: 次')), 2], 'stop')
    const { pieces, end } = await listen(host, { stopStrings: ['\n\n質問'] })
    expect(pieces.join('')).toBe('答えです。')
    expect(end.finished).toBe('stop')
    expect(end.tokens).toBeLessThan((await ids('答えです。\n\n質問: 次')).length)
  })

  test('what only looked like a stop string is shown at the end', async () => {
    const { pieces } = await listen(speaker(await ids('a\n\n'), 'length'), { stopStrings: ['\n\n質問'] })
    expect(pieces.join('')).toBe('a\n\n')
  })
})

describe('limits', () => {
  test('an answer never grows past the context', async () => {
    const host = speaker(await ids('abc'), 'length')
    await listen(host, { maxContext: 10, maxNewTokens: 100 })
    expect(host.callsOf('generateBegin')).toMatchObject([{ maxNewTokens: 7 }])
  })

  test('a prompt that fills the context is refused in words', async () => {
    const host = speaker([], 'length')
    await expect(listen(host, { maxContext: 3 })).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' })
    expect(host.asked).toEqual([])
  })
})

describe('ended from outside', () => {
  test('before it began: the engine is not asked', async () => {
    const host = speaker(await ids(text), 'length')
    const { pieces, end } = await listen(host, { signal: AbortSignal.abort() })
    expect([pieces, end.finished]).toEqual([[], 'cancelled'])
    expect(host.callsOf('generateBegin')).toEqual([])
  })

  test('in the middle: the engine is told to cancel, and what was shown stays', async () => {
    const abort = new AbortController()
    const host = speaker(await ids(text), 'length')
    const stream = streamAnswer(host, {
      modelText,
      prompt: Int32Array.of(1),
      stopTokens: [2],
      maxNewTokens: 100,
      maxContext: 256,
      sampling: greedy,
      adapter: false,
      signal: abort.signal
    })
    expect((await stream.next()).value).toBe('送')
    abort.abort()
    expect(await stream.next()).toMatchObject({ done: true, value: { finished: 'cancelled' } })
    expect(host.callsOf('cancel')).toHaveLength(1)
  })

  test('a call that the engine broke off counts as cancelled; any other failure is passed on', async () => {
    const abort = new AbortController()
    const failing = (code: string): ScriptedHost =>
      new ScriptedHost({
        generateBegin: () => {
          abort.abort()
          throw new NeiroError(code)
        },
        cancel: () => undefined
      })
    expect((await listen(failing('CANCELLED'), { signal: abort.signal })).end.finished).toBe('cancelled')
    await expect(listen(failing('OUT_OF_MEMORY'))).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' })
  })
})
