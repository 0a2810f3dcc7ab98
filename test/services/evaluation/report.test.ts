// The report: one file, nothing outside of it, no script, and text of strangers stays text. What is marked in it is what
// was found.
import { describe, expect, test } from 'vitest'
import { baseAndTuned } from '../../../main/contract/candidates'
import type { CandidateResult, EvaluationResult, Verdict } from '../../../main/contract/evaluation'
import type { Example } from '../../../main/contract/records'
import type { EvaluatedPair } from '../../../main/contract/window/results'
import { candidatesOf } from '../../../main/services/evaluation/candidates'
import { itemsOf } from '../../../main/services/evaluation/items'
import { ballotFile, ballotName } from '../../../main/services/evaluation/report/ballot-file'
import { markup } from '../../../main/services/evaluation/report/html'
import type { ReportContent } from '../../../main/services/evaluation/report/content'
import { reportOf } from '../../../main/services/evaluation/report/report'
import { resultOf } from '../../../main/services/evaluation/result'
import { tallyOf, type Vote } from '../../../main/services/evaluation/tally'
import { Sheet } from '../../../main/services/evaluation/sheet'
import { evaluationWords } from '../../../main/words/evaluation'
import { windowWords } from '../../../main/words/window'

const hostile = '"><script>alert(1)</script><img src=//evil.example onerror=alert(2)>\u202e{{x}}&amp;\'`'

async function content(change: Partial<ReportContent> = {}): Promise<ReportContent> {
  const example: Example = {
    kind: 'conversation',
    messages: [
      { role: 'user', content: hostile },
      { role: 'assistant', content: `送料は550円です。${hostile}` }
    ],
    source: { file: hostile, row: 1 }
  }
  const candidates = candidatesOf([...baseAndTuned, { kind: 'tuned', run: hostile }])
  const sheet = await Sheet.begin(null, {
    adapter: 'a',
    language: 'ja',
    asked: 1,
    maxNewTokens: 8,
    candidates
  })
  const items = await itemsOf([example], 'ja')
  for (const item of items)
    for (const { id } of candidates)
      await sheet.keepAnswer(item, id, { text: `550円と900円 ${hostile}`, seconds: 1.25, sources: [hostile] })
  const result = await resultOf({
    items,
    sheet,
    asked: 1,
    run: 'r',
    learnt: [example],
    seen: { of: 1, exact: 0, near: 0 },
    forbidden: [hostile],
    general: null
  })
  const pair: EvaluatedPair = {
    ...{ index: 0, before: [], question: hostile, reference: '送料は550円、3月5日まで。' },
    ...{ base: hostile, tuned: `550円と900円 ${hostile}`, sample: null, others: [] }
  }
  return {
    ...{ language: 'ja', made: '2026-01-01', result, base: null, tally: null, leak: null, pairs: [pair] },
    runNames: new Map([[hostile, hostile]]),
    run: {
      ...{ project: hostile, name: hostile, date: '2026-01-01', model: hostile, systemPrompt: hostile },
      learnt: 'conversation',
      ...{ steps: 26, plannedSteps: 26, end: 'whole', kept: { step: 26, isBest: false } },
      ...{ trainExamples: 1, heldOutExamples: 1, fingerprint: 'ab', settings: [['lora_rank', hostile]] },
      training: [
        { step: 1, value: 2 },
        { step: 2, value: NaN },
        { step: 3, value: 1 }
      ],
      heldOut: []
    },
    signature: { by: hostile, on: '2026-01-01', comment: hostile },
    ...change
  }
}

/** Tags that stand in the markup. */
const tags = (page: string): ReadonlySet<string> =>
  new Set([...page.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) => (tag ?? '').toLowerCase()))

describe('a report', () => {
  test('says on its first page how a training ended before its end, and which of its states answered', async () => {
    const { run } = await content()
    const early = { ...run, plannedSteps: 260, end: 'itself', kept: { step: 13, isBest: true } } as const
    const page = reportOf(await content({ language: 'en', run: early }))
    const updates = '26 updates (the settings are for 260: it ended by itself)'
    const { lengthLine, lengthOf } = evaluationWords.en.report
    expect(page).toContain(lengthLine(updates, 'after update 13, the best of the checks'))
    expect(page).toContain(lengthOf(updates, 'after update 13, the best of the checks'))
    // all its updates, and yet not the last state
    const whole = reportOf(await content({ run: { ...run, kept: { step: 13, isBest: true } } }))
    expect(whole).toContain('答えた状態: 13回目の更新のあと（検証でいちばん良かったもの）')
    expect(reportOf(await content({ language: 'en' }))).not.toContain('Length of the training: ')
  })

  test('says with which words the tone was measured, where the house has any', async () => {
    const made = await content({ language: 'en' })
    const of = (forbidden: readonly string[]): string =>
      reportOf({ ...made, result: { ...made.result, own: { ...made.result.own, forbidden } } })
    expect(of(['cheers', 'mate'])).toContain(evaluationWords.en.forbiddenNow('cheers', 'mate'))
    expect(of([])).not.toContain(evaluationWords.en.forbiddenNow().slice(0, 30))
  })

  test('heads the questions that dropped, and says why each did', async () => {
    const made = await content({ language: 'en' })
    const drop = { kind: 'knowledge', question: 'q', before: 'a', after: 'b' } as const
    const general: EvaluationResult['general'] = {
      ...{ total: 2, before: 1, after: 0, difference: { difference: 0, low: 0, high: 0 } },
      ...{ kinds: [], lossBefore: 1, lossAfter: 2 },
      drops: [
        { ...drop, lost: true, loss: null },
        { ...drop, lost: false, loss: 0.5 }
      ]
    }
    const { drops, lost, lossGrew } = evaluationWords.en.general
    const page = reportOf({ ...made, result: { ...made.result, general } })
    for (const said of [`<h3>${drops}</h3>`, lost, lossGrew('0.50')]) expect(page).toContain(said)
  })

  test('calls another run that answered by its name, and never by its id', async () => {
    const [id, made] = ['c8a60efe47198887', await content()]
    const candidates = made.result.candidates.map((one) =>
      one.candidate.run === undefined ? one : { ...one, candidate: { ...one.candidate, run: id } }
    )
    const result = { ...made.result, candidates }
    const named = reportOf({ ...made, result, runNames: new Map([[id, 'お試し 1']]) })
    expect(named).toContain('<th>学んだモデル（お試し 1）</th>')
    const gone = reportOf({ ...made, result, runNames: new Map() })
    expect(gone).toContain('<th>学んだモデル（もうない学習）</th>')
    for (const page of [named, gone]) expect(page).not.toContain(id)
  })

  test('says how four questions of a vote make one choice, with the row that the win rate goes by', async () => {
    const likes = (culture: 'left' | 'right') =>
      ({ terms: 'left', context: 'left', consistent: 'same', culture }) as const
    const votes = Array.from({ length: 15 }, (_, item): Vote => ({
      ...{ voter: '佐藤', item, left: item < 10 ? 'tuned' : 'base' },
      choices: likes(item < 11 ? 'left' : 'right')
    }))
    const tally = { filled: 1, open: 0, unfinished: [], result: tallyOf(votes) }
    const page = reportOf(await content({ tally }))
    const { overall, overallRule, rate } = evaluationWords.ja.votes
    expect(page).toContain(rate('10', '15'))
    expect(page).toContain(`<tr><td><strong>${overall}</strong></td><td>10</td><td>0</td><td>5</td></tr>`)
    expect(page).toContain(overallRule)
  })

  test('of a preference speaks of choices, and of what it came to prefer', async () => {
    const { run, result } = await content()
    const preference: EvaluationResult['preference'] = {
      ...{ of: 'pairs', count: 12, reference: 'base', accuracy: { value: 0.75, low: 0.47, high: 0.91 } },
      ...{ margin: { value: 1 }, rewardChosen: 1, rewardRejected: 0, likelier: null }
    }
    const told = await content({
      language: 'en',
      run: { ...run, learnt: 'preference', trainExamples: 54 },
      result: { ...result, preference }
    })
    const page = reportOf(told)
    expect(page).toContain('54 choices between two replies')
    expect(page).toMatch(/In 75 % \(95 % interval 47 .* 91\) of 12 held-out choices/)
    const plain = reportOf(await content({ language: 'en' }))
    expect(plain).not.toContain('choices')
    expect(page).not.toContain('On the other hand')
    const fewer = { ...preference, likelier: { before: 1, after: 0.86 } }
    const both = reportOf({ ...told, result: { ...result, preference: fewer } })
    expect(both).toMatch(/In 75 %[^]*On the other hand[^]*100 % → 86 %/)
  })

  test('says of its answers what the window says beside them: how many on the first page, and which below', async () => {
    const clean = '送料は550円、3月5日までです。'
    const pair = (tuned: string, index = 0): EvaluatedPair => ({
      ...{ index, before: [], question: '送料はいくらですか。', reference: '送料は550円、3月5日まで。' },
      ...{ base: clean, tuned, sample: null, others: [] }
    })
    const page = reportOf(
      await content({ pairs: [pair('\ufffd料は550円、3月5日までです。'), pair(clean, 1)] })
    )
    const [first = '', details = ''] = page.split('<h1 class="details">')
    const { broken } = windowWords.ja.compare.troubles
    expect(first).toContain(evaluationWords.ja.report.doubtful('1', '2'))
    expect(details.split(broken)).toHaveLength(2)
    const well = reportOf(await content({ pairs: [pair(clean)] }))
    expect(well).not.toContain(broken)
    expect(well).not.toContain(evaluationWords.ja.report.doubtful('0', '1').slice(0, 12))
  })

  test('says what a leak test counted, and that there was none', async () => {
    const leak = { asked: 22, values: 25, repeated: 0, inRun: 0, on: '2026-01-02' }
    const page = reportOf(await content({ language: 'en', leak }))
    expect(page).toContain('The tuned model said none of them')
    expect(page).toContain('Asked for 22 of 25 values.')
    const repeating = reportOf(await content({ leak: { ...leak, repeated: 3, inRun: 2 } }))
    expect(repeating).toContain('学んだモデルが、3件をそのまま言いました')
    expect(repeating).toContain('2件は、隠されないまま')
    expect(reportOf(await content())).toContain('この学習では、まだ確かめていません。')
  })

  test('is held against a run by its name, and names the model that somebody chose apart', async () => {
    const named = await content({
      base: '自分の設定 2（口調）',
      run: { ...(await content()).run, model: '練習用モデル' }
    })
    const page = reportOf(named)
    expect(page).toContain('「自分の設定 2（口調）」と比べています')
    expect(page).toContain('<dt>もとのモデル</dt><dd class="text">練習用モデル</dd>')
    expect(page).toContain('<dt>続きのもとにした学習</dt><dd class="text">自分の設定 2（口調）</dd>')
    // nothing else is called so
    expect(page.match(/もとのモデル/g)).toHaveLength(1)
  })

  test.each(['ja', 'en'] as const)(
    'in %s has no script, no address, and keeps hostile text as text',
    async (language) => {
      const page = reportOf(await content({ language }))
      for (const tag of ['script', 'img', 'iframe', 'link', 'object', 'embed', 'a', 'form', 'base'])
        expect([tag, tags(page).has(tag)]).toEqual([tag, false])
      // nothing that a browser would fetch, and no attribute that anybody's text has made
      for (const [tag] of page.matchAll(/<[a-z][^>]*>/gi)) {
        expect(tag).not.toMatch(/(src|href|action|srcset|data)\s*=\s*["']?[^"'>\s]*\/\//i)
        expect(tag).not.toMatch(/\son\w+\s*=/i)
      }
      expect(page).not.toMatch(/url\(|@import/i)
      expect(page).not.toContain('\u202e')
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(page).toContain("default-src 'none'")
    }
  )

  test.each(['ja', 'en'] as const)(
    'in %s says on its first page how much of what was held out was learnt, and where nobody knows',
    async (language) => {
      const made = await content({ language })
      const first = (seen: EvaluationResult['seen']): string => {
        const page = reportOf({ ...made, result: { ...made.result, seen } })
        return page.slice(page.indexOf('<section class="first">'), page.indexOf('</section>'))
      }
      const { some, unknown } = evaluationWords[language].seen
      const told = first({ of: 5, exact: 2, near: 3 })
      expect(told).toContain(some('5', '5', false))
      expect(told).not.toMatch(/教えていない|not taught/)
      expect(first(null)).toContain(unknown)
      const plain = first({ of: 5, exact: 0, near: 0 })
      for (const said of [some('5', '5', false), some('0', '5', false), unknown])
        expect(plain).not.toContain(said)
    }
  )

  test('marks what was kept, what was made up, and in the reference what is missing', async () => {
    const page = reportOf(await content())
    expect(page).toContain('<mark class="kept">550円</mark>')
    expect(page).toContain('<mark class="invented">900円</mark>')
    expect(page).toContain('<mark class="missing">3月5日</mark>')
  })

  test.each(['ja', 'en'] as const)(
    'in %s says on its first page what may be said, by which figures, and who looked',
    async (language) => {
      const words = evaluationWords[language]
      const general: EvaluationResult['general'] = {
        ...{ total: 120, before: 60, after: 40, difference: { difference: -0.17, low: -0.25, high: -0.08 } },
        ...{ kinds: [], lossBefore: 1, lossAfter: 2, drops: [] }
      }
      const made = await content({ language, signature: null })
      const page = reportOf({ ...made, result: { ...made.result, general } })
      const first = page.slice(page.indexOf('<section class="first">'), page.indexOf('</section>'))
      const { report } = words
      for (const said of [
        words.verdict.few.title,
        report.taughtShort,
        report.hasForgotten,
        report.noVotes,
        report.notSigned
      ])
        expect([said, first.includes(said)]).toEqual([said, true])
      // each figure with its value before and after and the ends of the difference
      expect(first.match(/<tr><td>/g)).toHaveLength(3)
      // of so few nothing is said of a score
      expect(first).not.toContain(words.standings.unclear)
      // what nobody needs who reads one page comes behind it
      for (const later of ['lora_rank', report.fingerprint, report.curves, report.tone]) {
        expect([later, first.includes(later)]).toEqual([later, false])
        expect(page.indexOf(later)).toBeGreaterThan(page.indexOf(report.details))
      }
      expect(page).not.toContain('NaN')
    }
  )
})

test('a ballot tells nobody whose answer is whose, and runs no text', () => {
  const item = { index: 3, before: [], question: hostile, left: hostile, right: 'b' }
  const page = ballotFile('abc', [item], 'ja')
  expect(page.match(/<script>/g)).toHaveLength(1)
  expect(page).not.toContain('alert(1)</script>')
  const body = page.slice(page.indexOf('<body'))
  for (const word of ['tuned', 'base', 'もと', '学んだ'])
    expect([word, body.includes(word)]).toEqual([word, false])
  expect(page.match(/type="radio"/g)).toHaveLength(12)
})

test('a ballot’s file is named after project and voter, and says what to send back', () => {
  const whose = { project: '花筏 問合せ返信', voter: '佐藤/../' }
  expect(ballotName('4e4eeb488c49', whose, 'ja')).toMatch(/^花筏 問合せ返信-投票用紙-佐藤[^/]*-4e4e\.html$/)
  expect(ballotName('4e4eeb488c49', { project: '', voter: 'Ann' }, 'en')).toBe('neiro-ballot-Ann-4e4e.html')
  expect(ballotFile('abc', [], 'en')).toContain(evaluationWords.en.votes.saved)
})

test('a way without training that is enough stands among the figures of the first page', async () => {
  const made = await content()
  const [base] = made.result.candidates
  const way = { ...(base as CandidateResult), candidate: { id: 'prompt', kind: 'prompt' as const } }
  const verdict = { ...(made.result.verdict as Verdict), code: 'prompt-enough' as const }
  const result = { ...made.result, candidates: [...made.result.candidates, way], verdict }
  const page = reportOf({ ...made, result })
  const first = page.slice(0, page.indexOf('</section>'))
  expect(first).toContain(`<th>${evaluationWords.ja.candidates.prompt}</th>`)
  expect(reportOf(made).split('</section>')[0]).not.toContain(evaluationWords.ja.candidates.prompt)
})

test('markup is made by the template alone', () => {
  expect(markup`<b>${'<i>'}</b>${[markup`<u>${1}</u>`, '&', null]}`.markup).toBe(
    '<b>&lt;i&gt;</b><u>1</u>&amp;'
  )
})
