// Wrong arguments to the native module: each is refused by a Promise with a code, a sentence and a way out,
// and the session goes on as if nothing had been asked.
import { describe, expect, test } from 'vitest'
import type { Batch, OpenOptions, Session } from '../../addon/index'
import { batchOf, lora, openOptions, refusal, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

/** Wrong on purpose: the types are what is tested. */
type Loose = Record<string, unknown>

async function expectRefused(call: () => Promise<unknown>): Promise<void> {
  // refused by the Promise, not thrown at the caller
  const { code, message, hint } = await refusal(call)
  expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/)
  expect(message.length).toBeGreaterThan(10)
  expect(hint.length).toBeGreaterThan(5)
  expect(message + hint).not.toMatch(/\{\w+\}/) // every place of the sentences is filled
}

describe('open', () => {
  const wrong: Readonly<Record<string, Loose>> = {
    'no model': { modelDir: undefined },
    'a model that is a number': { modelDir: 5 },
    'an empty path': { modelDir: '' },
    'a folder that is not there': { modelDir: '/nowhere/at/all' },
    'an unknown precision': { baseQuantization: 'int3' },
    'a negative seed': { seed: -1 },
    'a seed that is no number': { seed: 'a' },
    'a fraction of a thread': { threads: 1.5 },
    'minus one thread': { threads: -1 },
    'a billion threads': { threads: 1e9 },
    'no token': { maxTokensPerMicroBatch: 0 },
    'more tokens than memory': { maxTokensPerMicroBatch: 2 ** 40 },
    'tokens that are not a number': { maxTokensPerMicroBatch: NaN },
    'a negative context': { maxContext: -1 },
    'an endless context': { maxContext: Infinity },
    'rank zero': { train: { ...lora, rank: 0 } },
    'an enormous rank': { train: { ...lora, rank: 2 ** 31 } },
    'alpha that is not a number': { train: { ...lora, alpha: NaN } },
    'dropout of one': { train: { ...lora, dropout: 1 } },
    'negative dropout': { train: { ...lora, dropout: -0.1 } },
    'no module': { train: { ...lora, targetModules: [] } },
    'a module that the model lacks': { train: { ...lora, targetModules: ['q_proj', 'qkv_proj'] } },
    'modules that are no list': { train: { ...lora, targetModules: 'q_proj' } },
    'an unknown way to train': { train: { kind: 'wish' } },
    'DoRA that is neither yes nor no': { train: { ...lora, dora: 1 } },
    'IA3 with a rank': {
      train: { kind: 'ia3', targetModules: ['v_proj'], feedforwardModules: [], rank: 4 }
    },
    'IA3 without a list of inputs': { train: { kind: 'ia3', targetModules: ['v_proj'] } },
    'IA3 of inputs that it does not target': {
      train: { kind: 'ia3', targetModules: ['v_proj'], feedforwardModules: ['down_proj'] }
    },
    'an adapter that is not there': { adapterDir: '/nowhere' }
  }
  for (const [name, changes] of Object.entries(wrong))
    test(name, () =>
      expectRefused(() => engine().Session.open({ ...openOptions(), ...changes } as unknown as OpenOptions))
    )

  test('nothing at all', () =>
    expectRefused(() => (engine().Session.open as unknown as () => Promise<unknown>)()))
  test('a misspelt option', () =>
    expectRefused(() =>
      engine().Session.open({ ...openOptions(), gradientCheckpoints: true } as OpenOptions)
    ))
  test('planMemory refuses the same way', () =>
    expectRefused(() => engine().planMemory(openOptions({ modelDir: '/nowhere' }))))
  test('inspectModel, too', () => expectRefused(() => engine().inspectModel('/nowhere')))
})

describe('calls of a session', () => {
  const batch = batchOf([10])
  const loose = (changes: Loose): Batch => ({ ...batch, ...changes }) as unknown as Batch
  const generate = {
    prompt: Int32Array.of(1, 2, 3),
    maxNewTokens: 4,
    stopTokens: new Int32Array(),
    sampling: { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
    adapter: true
  }
  const wrong: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
    'a batch that is null': (s) => s.evaluate(null as unknown as Batch, { adapter: false }),
    'tokens as a list': (s) => s.evaluate(loose({ tokens: [1, 2] }), { adapter: false }),
    'lengths that do not sum up': (s) => s.evaluate(loose({ lengths: Int32Array.of(9) }), { adapter: false }),
    'a length of zero': (s) => s.evaluate(loose({ lengths: Int32Array.of(10, 0) }), { adapter: false }),
    'a negative length': (s) => s.evaluate(loose({ lengths: Int32Array.of(12, -2) }), { adapter: false }),
    'lengths that overflow': (s) =>
      s.evaluate(loose({ lengths: Int32Array.of(2 ** 31 - 1, 2 ** 31 - 1, 12) }), { adapter: false }),
    'fewer labels than tokens': (s) => s.evaluate(loose({ labels: Int32Array.of(1) }), { adapter: false }),
    'a token outside the vocabulary': (s) =>
      s.evaluate(loose({ tokens: new Int32Array(10).fill(320) }), { adapter: false }),
    'a negative token': (s) => s.evaluate(loose({ tokens: new Int32Array(10).fill(-1) }), { adapter: false }),
    'a label outside the vocabulary': (s) =>
      s.evaluate(loose({ labels: new Int32Array(10).fill(320) }), { adapter: false }),
    'more tokens than planned': (s) => s.evaluate(batchOf([129]), { adapter: false }),
    'an empty batch': (s) => s.evaluate(batchOf([]), { adapter: false }),
    'no micro-batch': (s) => s.step([], stepOptions(1)),
    'nothing to learn': (s) => s.step([loose({ labels: new Int32Array(10).fill(-100) })], stepOptions(1)),
    'step zero': (s) => s.step([batch], stepOptions(0)),
    'a learning rate that is not a number': (s) => s.step([batch], stepOptions(1, { learningRate: NaN })),
    'a negative learning rate': (s) => s.step([batch], stepOptions(1, { learningRate: -1 })),
    'beta of one': (s) => s.step([batch], stepOptions(1, { beta2: 1 })),
    'a negative clip': (s) => s.step([batch], stepOptions(1, { maxGradNorm: -1 })),
    'options that are missing': (s) =>
      s.step([batch], undefined as unknown as ReturnType<typeof stepOptions>),
    'an empty prompt': (s) => s.generateBegin({ ...generate, prompt: new Int32Array() }),
    'a prompt longer than the context': (s) => s.generateBegin({ ...generate, prompt: batchOf([65]).tokens }),
    'a prompt outside the vocabulary': (s) => s.generateBegin({ ...generate, prompt: Int32Array.of(1, 999) }),
    'minus one new token': (s) => s.generateBegin({ ...generate, maxNewTokens: -1 }),
    'a negative temperature': (s) =>
      s.generateBegin({ ...generate, sampling: { ...generate.sampling, temperature: -1 } }),
    'top-p above one': (s) => s.generateBegin({ ...generate, sampling: { ...generate.sampling, topP: 1.5 } }),
    'no penalty at all': (s) =>
      s.generateBegin({ ...generate, sampling: { ...generate.sampling, repetitionPenalty: 0 } }),
    'the next token before a prompt': (s) => s.generateNext(1),
    'an unknown dtype': (s) => s.saveMerged({ dir: '/tmp/never', dtype: 'F8' as 'F16' }),
    'an unknown type of GGUF file': (s) =>
      s.saveGguf({ file: '/tmp/never', type: 'Q1' as 'Q8_0', entries: [] }),
    'an entry of another type than it says': (s) =>
      s.saveGguf({
        ...{ file: '/tmp/never', type: 'F16' },
        entries: [{ key: 'k', type: 'u32', value: 'x' as unknown as number }]
      }),
    'an entry of an unknown type': (s) =>
      s.saveGgufAdapter({ file: '/tmp/never', entries: [{ key: 'k', type: 'u9' as 'u32', value: 1 }] }),
    'a number that no entry can hold': (s) =>
      s.saveGgufAdapter({ file: '/tmp/never', entries: [{ key: 'k', type: 'u32', value: -1 }] }),
    'a folder without name': (s) => s.saveAdapter({ dir: '', baseModelName: 'x' })
  }
  for (const [name, call] of Object.entries(wrong))
    test(name, () =>
      withSession(openOptions(), async (session) => {
        await expectRefused(() => call(session))
        expect((await session.step([batch], stepOptions(1))).skipped).toBe(false)
      })
    )
})

describe('without a session', () => {
  const off = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 }
  test('a distribution over nothing', () =>
    expectRefused(() => engine().sampleDistribution(new Float32Array(), new Int32Array(), off)))
  test('a previous token outside the logits', () =>
    expectRefused(() =>
      engine().sampleDistribution(new Float32Array(4), Int32Array.of(4), { ...off, repetitionPenalty: 2 })
    ))
  test('blocks of nothing, or of what is not finite', async () => {
    await expectRefused(() => engine().quantizeNf4(new Float32Array()))
    await expectRefused(() => engine().quantizeNf4(Float32Array.of(1, NaN)))
  })
})
