// What is said of a graphics card: every reason in both languages, inside the refusal too; nothing where nothing can be done.
import { expect, test } from 'vitest'
import { gpuTrouble, whyNoGpu } from '../../main/words/gpu'
import { commandWordsOf, wordsOf } from '../../main/words/errors'

const reasons = ['NOT_BUILT', 'NO_DRIVER', 'DRIVER_TOO_OLD', 'NO_GPU', 'GPU_TOO_OLD', 'GPU_FAILED'] as const

test('each reason has words of its own in both languages', () => {
  for (const language of ['ja', 'en'] as const) {
    const said = reasons.map((reason) => whyNoGpu(reason, language))
    expect(new Set(said).size).toBe(reasons.length)
    for (const text of said) expect(text).not.toMatch(/[A-Z]+_[A-Z]+|[。.]$/)
  }
})

test('a refusal names the reason and the way out', () => {
  const error = { code: 'GPU_NOT_USABLE', details: { gpu: 'DRIVER_TOO_OLD' } }
  expect(wordsOf(error, 'ja').message).toContain('ドライバーが古い')
  expect(wordsOf(error, 'en').message).toContain('driver of the GPU is too old')
  expect(commandWordsOf(error, 'en').hint).toContain('--device cpu')
})

test('nobody is told of a GPU that is not there; one that is there and cannot be used is named with its reason', () => {
  const of = (reason: (typeof reasons)[number], name = ''): string | null =>
    gpuTrouble({ noGpu: { reason, name } }, 'en')
  for (const reason of ['NOT_BUILT', 'NO_DRIVER', 'NO_GPU'] as const) expect(of(reason)).toBeNull()
  expect(gpuTrouble({ noGpu: null }, 'en')).toBeNull()
  expect(of('GPU_TOO_OLD', 'GTX 970')).toMatch(/^GTX 970: the GPU is too old/)
  expect(of('DRIVER_TOO_OLD')).toMatch(/^the driver/)
})
