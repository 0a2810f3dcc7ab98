// The model card: front matter that hubs can read, counts and scores as they were, and no folder of the user.
import { windowWords } from '../../../main/words/window'
import { evaluationWords } from '../../../main/words/evaluation'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ExportFormat } from '../../../main/contract/window/results'
import { defaultSettings } from '../../../main/contract/settings'
import { auditSheet } from '../../../main/services/exports/audit-sheet'
import { modelCard } from '../../../main/services/exports/model-card'
import type { RunFacts } from '../../../main/services/exports/run-facts'

const run: RunFacts = {
  name: '窓口の口調\n# not a heading',
  date: '2026-04-01',
  trainExamples: 156,
  heldOutExamples: 18,
  syntheticExamples: 0,
  trainTokens: 12_345,
  trainPrint: 'a1',
  heldOutPrint: 'b2',
  steps: 60,
  plannedSteps: 60,
  end: 'whole',
  kept: { step: 60, isBest: true },
  settings: { ...defaultSettings, learningRate: 0.0005 },
  baseLoss: 2.5,
  bestLoss: 0.5
}
const model = { name: 'Some/Model: "0.5B"', licence: 'apache-2.0', chatTemplate: 'x' }
const known = {
  dtype: 'F16' as ExportFormat,
  systemPrompt: '',
  knowledge: { stopTokens: [9, 2], turnEnd: '<|im_end|>' }
}
const front = (card: string): Record<string, unknown> => parse(card.split('---\n')[1] ?? '')

describe('modelCard', () => {
  test('front matter, whatever the names are', () => {
    expect(front(modelCard({ kind: 'peft', model, run, ...known }))).toEqual({
      base_model: model.name,
      library_name: 'peft',
      license: 'apache-2.0',
      pipeline_tag: 'text-generation',
      tags: ['lora', 'neiro']
    })
    const merged = front(modelCard({ kind: 'merged', model: { ...model, licence: null }, ...known }))
    expect(merged).toMatchObject({ library_name: 'transformers', tags: ['neiro'] })
    expect(merged).not.toHaveProperty('license')
  })

  test('data, scores and settings', () => {
    const card = modelCard({ kind: 'peft', model, run, ...known })
    for (const part of [
      '156 examples',
      '18 held out',
      '60 updates',
      '| base | 2.5000 | 12.182 |',
      '| tuned | 0.5000 | 1.649 |',
      '| learning_rate | 0.0005 |'
    ]) {
      expect(card).toContain(part)
    }
    expect(card).toContain('# 窓口の口調 # not a heading\n')
    expect(card).not.toMatch(/undefined|null|NaN/)
  })

  test('a file is called by the form that it has', () => {
    for (const dtype of ['F16', 'Q4_K_M'] as const)
      expect(modelCard({ kind: 'ollama', model, run, ...known, dtype })).toContain(`(${dtype})`)
  })

  test('says how a training ended, and which of its states is in the files, as the audit sheet does', () => {
    const said = (change: Partial<RunFacts>, language: 'ja' | 'en'): readonly string[] => {
      const facts = { model, run: { ...run, ...change }, language, ...known }
      const sheet = auditSheet({
        ...facts,
        ...{ kind: 'merged', title: 't', origin: null, departures: [], date: '' },
        check: { prompts: 0, largest: 0, tolerance: 0, answers: { asked: 0, changed: 0 } }
      })
      return [modelCard({ kind: 'merged', ...facts }), sheet]
    }
    const stopped = { plannedSteps: 600, end: 'itself', kept: { step: 20, isBest: true } } as const
    for (const page of said(stopped, 'ja')) {
      expect(page).toContain('更新 60回（設定では 600回。自動で終わりました）')
      expect(page).toContain('20回目の更新のあと（検証でいちばん良かったもの）')
    }
    for (const page of said({ ...stopped, end: 'by-hand' }, 'en')) {
      expect(page).toMatch(/60 updates .*the settings are for 600: somebody ended it early/)
      expect(page).toContain('after update 20, the best of the checks')
    }
    for (const page of said({ ...stopped, end: 'not-yet', kept: null }, 'en')) {
      expect(page).toContain('it has not ended yet')
      expect(page).toContain('after which update is not known')
    }
    expect(said({}, 'en')[1]).toContain('| merged (F16) |')
    for (const page of said({}, 'en')) {
      expect(page).not.toContain('settings are for')
      expect(page).toContain('after the last update, the best of the checks')
    }
    for (const page of said({ kept: { step: 60, isBest: false } }, 'ja'))
      expect(page).toMatch(/入っている状態[: |]+最後の更新のあと( \||\n)/)
  })

  test('says of a file of fewer bits that its scores are those from before it was rounded', () => {
    const of = (kind: 'ollama' | 'peft', dtype: ExportFormat): string =>
      modelCard({ kind, model, run, language: 'en', ...known, dtype })
    expect(of('ollama', 'Q4_K_M')).toContain('This file, rounded to Q4_K_M, was not measured itself')
    expect(of('ollama', 'F16')).not.toContain('rounded to')
    expect(of('peft', 'Q4_K_M')).not.toContain('rounded to')
  })

  test('says with the scores how much of what was held out was learnt, too', () => {
    const { some } = evaluationWords.en.seen
    const cardOf = (seen: { of: number; exact: number; near: number }): string =>
      modelCard({ kind: 'peft', model, run, seen, language: 'en', ...known })
    expect(cardOf({ of: 9, exact: 1, near: 2 })).toContain(some('3', '9', false))
    expect(cardOf({ of: 9, exact: 0, near: 0 })).not.toContain('training example')
  })

  test('what lies on another run’s model says that it must be handed over, too, and whose licence holds', () => {
    const builtOn = { run: '自分の設定 2（口調）', model: 'practice' }
    const own = { name: '2026-11-30-自分の設定-2', licence: 'mit', chatTemplate: 'x' }
    const facts = { model: own, run, builtOn, before: builtOn.run, language: 'ja', ...known } as const
    const adapter = modelCard({ kind: 'peft', ...facts })
    expect(adapter).toMatch(/このフォルダーだけでは使えません.*自分の設定 2（口調）/)
    expect(adapter).toContain('`自分の設定 2（口調）` は、`practice` のすべての重みを')
    expect(adapter).toContain('もとのモデルのライセンス（mit）')
    expect(adapter).toContain('| 自分の設定 2（口調） | 2.5000 |')
    expect(front(adapter)).toMatchObject({ base_model: own.name, license: 'mit' })
    const merged = modelCard({ kind: 'merged', ...facts })
    expect(merged).not.toContain('だけでは使えません')
    expect(front(merged)).toMatchObject({ base_model: 'practice' })
    expect(modelCard({ kind: 'gguf-adapter', ...facts, language: 'en' })).toContain(
      'This file cannot be used alone'
    )
  })

  test('of a preference there is no perplexity, but how many choices came out as preferred', () => {
    const settings = { ...defaultSettings, method: 'dpo' } as const
    const reached = { loss: 0.00003, rewardAccuracy: 0.9 }
    const learnt = { ...run, settings, baseLoss: 0.6931, bestLoss: 0.00003, reached }
    const card = modelCard({ kind: 'peft', model, run: learnt, language: 'en', ...known })
    expect(card).not.toMatch(/perplexity|0\.6931/)
    expect(card).toContain('| preference loss (dpo) | 0.000030 |')
    expect(card).toMatch(/\| [^|]*prefer[^|]*\| 0\.9000 \|/i)
  })

  test('a vocabulary that is not exactly the tokenizer is said, one that is is not', () => {
    const note = (text?: 'same' | 'composed' | 'near'): string =>
      modelCard({ kind: 'gguf', model, language: 'en', ...known, ...(text && { text }) })
    expect(note('near')).toContain('may be cut otherwise')
    expect(note('composed')).toContain('typed apart')
    expect(note('same')).toBe(note())
    const sheet = auditSheet({
      departures: [],
      ...{ kind: 'gguf', dtype: 'F16', title: 't', model, origin: null, date: '2026-04-01', language: 'en' },
      check: { prompts: 0, largest: 0, tolerance: 0, answers: { asked: 0, changed: 0 }, text: 'near' }
    })
    expect(sheet).toContain('| Cutting of text into tokens | near to here')
  })

  test('what left this machine is said sentence by sentence, and then not that nothing did', () => {
    const sheetOf = (said: readonly string[]): string =>
      auditSheet({
        departures: said.length === 0 ? [] : [departure(said)],
        ...{
          kind: 'peft',
          dtype: 'F32',
          title: 't',
          model,
          origin: null,
          date: '2026-04-01',
          language: 'en'
        },
        check: { prompts: 0, largest: 0, tolerance: 0, answers: { asked: 0, changed: 0 } }
      })
    const departure = (said: readonly string[]) => ({
      ...{ at: '2026-11-30T00:00:00Z', place: { kind: 'openai', where: '' } as const, by: 'sato' },
      ...{ said, examples: { train: 1, heldOut: 0 }, bytes: 9, personal: 0 }
    })
    expect(sheetOf([])).toContain('Nothing was sent')
    // of a model that came with Neiro or in a folder nothing was downloaded
    expect(sheetOf([])).not.toContain('downloaded')
    const sheet = sheetOf(['x'.repeat(900), 'the second'])
    expect(sheet).not.toContain('Nothing was sent')
    expect(sheet).toContain(`| ${'x'.repeat(900)} |`)
    expect(sheet).toContain('| the second |')
    expect(sheet).toContain('openai · sato')
  })

  test('a model that sorts: how it is opened, its labels in order, its figures, and what was not calculated twice', () => {
    const score = { problem: 'single_label_classification', labels: ['請求', '返品'] } as const
    const reached = { loss: 0.5, accuracy: 0.875 }
    const card = modelCard({ kind: 'peft', model, run: { ...run, reached }, score, ...known })
    expect(front(card)).toMatchObject({ pipeline_tag: 'text-classification' })
    expect(card).toContain('AutoModelForSequenceClassification')
    expect(card).toContain('0 `請求`, 1 `返品`')
    expect(card).toContain('| Sorted right | 0.8750 |')
    // 18 rows say little, and that is said where the figure stands
    const { fewRows } = windowWords.en.sorting
    expect(card).toContain(fewRows('18'))
    const many = { ...run, reached, heldOutExamples: 20 }
    expect(modelCard({ kind: 'peft', model, run: many, score, ...known })).not.toContain(fewRows('20'))
    expect(card).not.toMatch(/perplexity|chat_template|eos_token/)
    const sheet = auditSheet({
      departures: [],
      ...{ kind: 'peft', dtype: 'F32', title: 't', model, origin: null, date: '2026-04-01', language: 'en' },
      check: {
        ...{ prompts: 6, largest: 0, tolerance: 0, answers: { asked: 0, changed: 0 } },
        second: { checked: false, why: 'sorts', what: '' }
      }
    })
    expect(sheet).toContain('from the exported files alone | not done: it knows only models that write')
  })

  test('what a stranger wrote as licence, name or title is text: no HTML, no link, no table, no second heading', () => {
    const evil = [
      '<script>alert(1)</script>',
      '[free](http://evil.example) ![x](https://evil.example/x.png)',
      'http://evil.example www.evil.example a@evil.example',
      '`code` *b* | cell | \\',
      'x\n\n# Heading\n---\nlicense: mit',
      '\u202etxt\u0000\u001b[31m',
      'long '.repeat(10_000)
    ]
    for (const text of evil) {
      const name = `m\`odel ${text}`
      const hostile = {
        ...run,
        name: text,
        date: text,
        settings: { ...run.settings, targetModules: [text] as never }
      }
      const card = modelCard({
        kind: 'peft',
        model: { name, licence: text, chatTemplate: text },
        run: hostile,
        ...known
      })
      const body = card.slice(card.indexOf('---\n', 4) + 4)
      const outside = body.replace(/`[^`\n]*`/g, '')
      expect(outside).not.toMatch(/<|\]\(|:\/\/|www\.|@|\u202e|[\u0000\u001b]/)
      expect(body.match(/^#+ .*/gm)).toHaveLength(5)
      expect(body.match(/`/g)?.length).toBe(10)
      expect(body.length).toBeLessThan(4000)
      expect(front(card)['base_model']).toEqual(expect.any(String))
      expect(Object.keys(front(card))).toHaveLength(5)
    }
  })

  test('without a run, or without a held-out part, nothing is made up', () => {
    expect(modelCard({ kind: 'peft', model, ...known })).not.toMatch(/## (Training|Scores|Settings)/)
    const card = modelCard({ kind: 'peft', model, run: { ...run, baseLoss: null, bestLoss: null }, ...known })
    expect(card).not.toContain('Scores')
    expect(card).not.toMatch(/undefined|null|NaN/)
  })

  test('how it is asked: template, end, and the system prompt word for word', () => {
    const systemPrompt = 'ていねいに。\n```\ncode\n```'
    const card = modelCard({ kind: 'merged', model, run, ...known, systemPrompt })
    expect(card).toContain('An answer ends with `<|im_end|>` (`eos_token_id`: 9, 2).')
    expect(card).toContain(`\n\`\`\`\`\`\`\n${systemPrompt}\n`)
    expect(modelCard({ kind: 'peft', model: { ...model, chatTemplate: null }, ...known })).toContain(
      'The base has no chat template.'
    )
  })
})
