// Base and tuned through the real engine: the numbers are those of the engine's own calls, an adapter changes
// them, and an adapter that changes nothing changes none.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Batch } from '../../../addon/index'
import { setOf } from '../../../main/batches/example-set'
import type { Example } from '../../../main/contract/records'
import { placesOf } from '../../../main/places'
import { Turns } from '../../../main/services/engine/turns'
import { answer } from '../../../main/services/chat/answer'
import { greedy } from '../../../main/services/chat/stream-answer'
import { answerEach } from '../../../main/services/evaluation/answer-items'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import { candidatesOf } from '../../../main/services/evaluation/candidates'
import { contestantsOf, type Contestant } from '../../../main/services/evaluation/contestants'
import type { Stage } from '../../../main/services/evaluation/evaluate'
import { Evaluations } from '../../../main/services/evaluation/evaluations'
import {
  answeredOf,
  exactShare,
  lossOf,
  textBy,
  type AnsweredItem,
  type Loss
} from '../../../main/services/evaluation/scores'
import { readModel } from '../../../main/services/models/read-model'
import { RunFigures } from '../../../main/services/runs/run-metrics'
import { readTunedModel, type TunedModel } from '../../../main/services/runs/tuned-model'
import { encodeAll } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { heldOutLoss } from '../../../main/trainer/methods/held-out-loss'
import type { EngineSession } from '../../../main/trainer/engine-session'
import { TrainerHost } from '../../../main/services/engine/trainer-host'
import { goldenDir, tinyModel } from '../../fixtures/tiny-model'

const place = mkdtempSync(join(tmpdir(), 'evaluate-'))
const dir = tinyModel('llama', place)
const { trainerEntry, addonFile } = placesOf({ packaged: false, env: {} })
const engine = new EngineProcess({
  start: () => TrainerHost.start({ trainerEntry, addonFile }),
  idleMs: 60_000
})
const turns = new Turns(engine)
const evaluations = new Evaluations({
  turns: turns,
  tuned: () => Promise.reject(new Error('no run here')),
  figures: async () => new RunFigures(),
  runOf: () => Promise.reject(new Error('no other run')),
  readDocuments: async () => [],
  generalSet: async () => ({ questions: [], texts: [] }),
  sampleCheck: async () => () => null,
  onProgress: () => undefined,
  language: () => 'ja'
})
afterAll(async () => {
  await engine.stop()
  rmSync(place, { recursive: true, force: true })
})

interface Counted {
  readonly answered: readonly AnsweredItem[]
  readonly base: Loss | null
  readonly tuned: Loss | null
  readonly refused: number
  readonly stages: readonly (readonly [Stage, string])[]
}

const example = (question: string, answer: string, row: number): Example => ({
  kind: 'conversation',
  messages: [
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'faq.csv', row }
})
const text: Example = {
  kind: 'text',
  text: 'the shop opens at nine '.repeat(8),
  source: { file: 'a.txt', row: 1 }
}
const examples = [example('送料は', '550円です', 1), text, example('when?', 'in three days', 2)]

const readTuned = (adapter = true): Promise<TunedModel> =>
  readTunedModel(
    {
      modelDir: dir,
      adapterDir: adapter ? join(goldenDir, 'llama-lora/adapter_final') : null,
      trainedDir: null,
      baseQuantization: 'none',
      settings: { maxSeqLength: 128, lossOn: 'responses' },
      systemPrompt: '',
      runDir: null
    },
    { modelTexts: new ModelTexts(LoadedModelText.load), threads: 1 }
  )

async function evaluated(
  o: {
    adapter?: boolean
    examples?: readonly Example[]
    limit?: number
    signal?: AbortSignal
    keptIn?: string
  } = {}
): Promise<Counted> {
  const tuned = await readTuned(o.adapter)
  const stages = new Map<Stage, string>()
  const { items, sheet, asked, refused, candidates } = await evaluations.evaluate(
    { tuned, examples: o.examples ?? examples, maxNewTokens: 8, ...(o.keptIn && { keptIn: o.keptIn }) },
    {
      limit: o.limit ?? 10,
      signal: o.signal ?? new AbortController().signal,
      onLine: (stage, done, total) => stages.set(stage, `${done}/${total}`)
    }
  )
  const answered = answeredOf(sheet, items, { most: asked, candidates: candidates.map(({ id }) => id) })
  const loss = (candidate: string): Loss | null => lossOf(sheet, items, candidate)
  return { answered, base: loss('base'), tuned: loss('tuned'), refused, stages: [...stages] }
}

describe('an evaluation by the engine', () => {
  test('loss is over all items, answers are to questions only', async () => {
    const { answered, base, tuned, refused } = await evaluated()
    expect(answered.map(({ item }) => item.exchange?.question)).toEqual(['送料は', 'when?'])
    expect(answered.map(({ item }) => item.exchange?.answer)).toEqual(['550円です', 'in three days'])
    expect([base?.examples, refused]).toEqual([3, 0])
    expect(exactShare(answered, 'base')).toEqual({ hits: 0, total: 2 })
    expect(base?.perplexity).toBeCloseTo(Math.exp(base?.loss ?? NaN), 9)
    // random weights know nothing: about the logarithm of the vocabulary
    expect(base?.loss).toBeGreaterThan(4)
    expect(tuned?.loss).not.toBe(base?.loss)
  })

  test('two at once ask nothing twice: the second is told that the first is at it, and finds its answers later', async () => {
    const keptIn = join(place, 'kept')
    const both = await Promise.allSettled([evaluated({ keptIn }), evaluated({ keptIn })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'EVALUATION_BUSY' })
    const again = await evaluated({ keptIn })
    expect(again.answered).toHaveLength(2)
    const [sheet = ''] = readdirSync(keptIn)
    const lines = readFileSync(join(keptIn, sheet, 'items.jsonl'), 'utf8')
      .trim()
      .split('\n')
    const answers = lines.flatMap((line) => {
      const { item, candidate, answer } = JSON.parse(line) as {
        item?: number
        candidate?: string
        answer?: string
      }
      return answer === undefined ? [] : [`${item} ${candidate}`]
    })
    expect(answers.sort()).toEqual([...new Set(answers)].sort())
    expect(answers).toHaveLength(4)
    expect(readdirSync(join(keptIn, sheet))).toEqual(['items.jsonl'])
  })

  test('the loss is what the trainer measures over the same rows', async () => {
    const { base } = await evaluated()
    const modelText = await LoadedModelText.load(await readModel(dir))
    const options = { modelText, maxSeqLength: 128, lossOn: 'responses' as const }
    const set = setOf((await encodeAll(examples, options)).examples)
    const open = {
      modelDir: dir,
      baseQuantization: 'none',
      threads: 1,
      device: 'cpu',
      maxContext: 0,
      maxTokens: 512
    } as const
    const loss = await turns.use(open, async (host) => {
      const session = {
        evaluate: (batch: Batch) => host.call('evaluate', { batch, adapter: false })
      } as unknown as EngineSession
      return heldOutLoss(session, set, 512, () => false)
    })
    expect(base?.loss).toBeCloseTo(loss ?? NaN, 5)
  })

  test('the base is the same whether an adapter is there or not', async () => {
    const [both, alone] = [await evaluated(), await evaluated({ adapter: false })]
    expect([alone.tuned, alone.answered.map((one) => textBy(one, 'tuned'))]).toEqual([null, ['', '']])
    expect(alone.base).toEqual(both.base)
    const said = ({ answered }: Counted): string[] => answered.map((one) => textBy(one, 'base'))
    expect(said(alone)).toEqual(said(both))
  })

  test('preferences are held against the base, or against the run that it went on from', async () => {
    const source = { file: 'a.jsonl', row: 1 }
    const messages = [{ role: 'user' as const, content: '送料は' }]
    const pair: Example = { kind: 'preference', messages, chosen: '550円です', rejected: 'しらない', source }
    const answered = [...messages, { role: 'assistant' as const, content: 'しらない' }]
    const rated: Example = { kind: 'rated', messages: answered, liked: false, source: { ...source, row: 2 } }
    const look = async (tuned: TunedModel, examples: readonly Example[]) => {
      const signal = new AbortController().signal
      const opened = await evaluations.evaluate(
        { tuned, examples, maxNewTokens: 4 },
        { limit: 1, signal, onLine: () => undefined }
      )
      const { preference } = await evaluations.resultOf({ tuned, opened }, null, '', [])
      const scores = (id: string) => opened.items.map((item) => opened.sheet.score(item, id))
      return { preference, base: scores('base'), tuned: scores('tuned'), opened }
    }
    const tuned = { ...(await readTuned()), beta: 0.5 }
    const { preference, base, tuned: after, opened } = await look(tuned, [pair])
    const [before, now] = [base[0], after[0]]
    const gain = 0.5 * ((before?.nllSum ?? NaN) - (now?.nllSum ?? NaN))
    const other = 0.5 * ((before?.other?.nllSum ?? NaN) - (now?.other?.nllSum ?? NaN))
    expect(preference).toMatchObject({ of: 'pairs', count: 1, reference: 'base' })
    expect(preference?.margin.value).toBeCloseTo(gain - other, 9)
    expect(preference?.accuracy.value).toBe(Number(gain > other))
    // the answer to compare with is the one that is preferred
    expect(opened.items[0]?.exchange?.answer).toBe('550円です')
    // as it was before: nothing was gained since
    const startDir = tuned.adapterDir as string
    const still = await look({ ...tuned, startDir }, [pair])
    expect(still.preference).toMatchObject({ reference: 'start', rewardChosen: 0, rewardRejected: 0 })
    // an answer that nobody likes is measured, and no loss
    const bad = await look(tuned, [rated])
    expect(bad.preference).toMatchObject({ of: 'answers', count: 1, likelier: null, rewardChosen: 0 })
    expect(bad.preference?.rewardRejected).toBeCloseTo(other, 4)
    expect(lossOf(bad.opened.sheet, bad.opened.items, 'base')).toBeNull()
  })

  test('answers given several at once are those that each alone would give', async () => {
    const many = Array.from({ length: 7 }, (_, at) => example(`${'question '.repeat(at)}${at}?`, 'x', at + 1))
    const { answered } = await evaluated({ examples: many })
    const tuned = await readTuned()
    for (const one of answered)
      for (const [adapter, text] of [
        [false, textBy(one, 'base')],
        [true, textBy(one, 'tuned')]
      ] as const) {
        const alone = await turns.use(tuned.open, (host) =>
          answer(host, tuned, {
            messages: one.item.exchange?.asked ?? [],
            ...{ systemPrompt: '', adapter, sampling: greedy, maxNewTokens: 8 }
          })
        )
        expect(text).toBe(alone.text.trim())
      }
    expect(new Set(answered.map((one) => textBy(one, 'base'))).size).toBeGreaterThan(1)
  })

  test('broken off in the middle, it keeps what was whole and goes on where it was', async () => {
    const many = Array.from({ length: 6 }, (_, at) => example(`what about ${at}?`, 'x', at + 1))
    const stop = new AbortController()
    const tuned = await readTuned()
    const kept: string[] = []
    const nothing = (): Promise<never[]> => Promise.resolve([])
    const [contestant] = await contestantsOf(
      candidatesOf([{ kind: 'base' }]),
      { tuned, runOf: () => Promise.reject(new Error()), learnt: nothing, readDocuments: nothing },
      40
    )
    const open = many.map((one, index) => ({
      item: {
        index,
        ...{ example: one, measured: one, other: null, again: false },
        continues: false,
        exchange: { asked: [{ role: 'user' as const, content: `${index}` }] } as never
      },
      contestant: contestant as Contestant
    }))
    const work = answerEach(open, { turns, maxNewTokens: 40, signal: stop.signal }, async ({ item }) => {
      kept.push(String(item.index))
      stop.abort()
    })
    await expect(work).rejects.toThrow()
    expect(kept).toHaveLength(1)
    // nobody holds the engine any more
    expect((await evaluated({ limit: 1 })).answered).toHaveLength(1)
  })

  test('a limit of zero asks nothing; progress comes to its end', async () => {
    const { answered, stages } = await evaluated({ limit: 0 })
    expect([answered, stages]).toEqual([[], [['loss', '6/6']]])
    expect((await evaluated()).stages).toEqual([
      ['loss', '6/6'],
      ['answers', '4/4']
    ])
  })

  test('nothing to evaluate on is an error; broken off, it leaves the engine free', async () => {
    await expect(evaluated({ examples: [] })).rejects.toMatchObject({ code: 'NOTHING_TO_EVALUATE' })
    await expect(evaluated({ signal: AbortSignal.abort() })).rejects.toThrow()
    expect((await evaluated({ limit: 1 })).answered).toHaveLength(1)
  })
})
