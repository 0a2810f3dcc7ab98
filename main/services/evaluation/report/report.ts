// The report of an evaluation: one file that opens anywhere, with no script and nothing outside of it. For whoever has
// five minutes: one page first (first-page.ts), then what it rests on. Pure: everything is handed in.
import {
  scoreNames,
  traitNames,
  type CandidateResult,
  type EvaluationResult,
  type ScoreName
} from '../../../contract/evaluation'
import type { Language } from '../../../contract/language'
import { voteQuestions } from '../../../contract/votes'
import type { EvaluatedPair } from '../../../contract/window/results'
import { houseOf, troublesOn, type Side } from '../../../metrics/doubtful-answers'
import { compareFacts } from '../../../metrics/facts'
import { evaluationWordsOn, type EvaluationWords } from '../../../words/evaluation'
import { keptText, updatesText } from '../../../words/learnt-length'
import { voteTitle } from '../../../words/evaluation/vote-title'
import { answerSeconds } from '../../../words/evaluation/answer-seconds'
import { candidateName } from '../../../words/evaluation/candidate-name'
import { troubleSentences } from '../../../words/evaluation/trouble-sentences'
import { serviceNotes } from '../../../words/evaluation/service-notes'
import { curvesPicture } from './curves'
import { firstPage } from './first-page'
import type { ReportContent } from './content'
import { markup, Html } from './html'
import { marked } from './marked'
import { number, shown } from './shown'
import { reportStyle } from './style'

const shownPairs = 10

export function reportOf(content: ReportContent): string {
  const { language, run, base } = content
  const words = evaluationWordsOn(base, language)
  const page = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${words.report.title} – ${run.project || run.name}</title>
<style>${new Html(reportStyle)}</style>
</head>
<body>
${firstPage(content, words)}
<h1 class="details">${words.report.details}</h1>
${taught(content, words)}
${scores(content, words)}
${tone(content, words)}
${votes(content, words)}
${general(content.result, words, language)}
${pairs(content, words)}
<h2>${words.report.limits}</h2>
<ul>${words.report.limit.map((one) => markup`<li>${one}</li>`)}</ul>
</body>
</html>
`
  return page.markup
}

function taught({ run, base, language }: ReportContent, words: EvaluationWords): Html {
  const { report } = words
  const whole = (value: number): string => number(value, 0, language)
  const [updates, kept] = [updatesText(run, language, whole), keptText(run, language, whole)]
  const row = (name: string, value: string): Html => markup`<dt>${name}</dt><dd class="text">${value}</dd>`
  return markup`<h2>${report.taught}</h2>
<dl>${row(report.model, run.model)}${base === null ? null : row(report.begunWith, base)}${row(report.run, report.named(run.name, run.date))}${row(report.data, report.dataOf(number(run.trainExamples, 0, language), number(run.heldOutExamples, 0, language)))}
${row(report.length, kept === '' ? updates : report.lengthOf(updates, kept))}
${run.fingerprint === null ? null : row(report.fingerprint, run.fingerprint)}</dl>
<h2>${report.settings}</h2>
<dl>${run.settings.map(([name, value]) => row(name, value))}</dl>
<h2>${report.curves}</h2>
<p class="quiet">${report.curveNote}</p>
${curvesPicture(
  [
    { name: report.trainingCurve, points: run.training },
    { name: report.heldOutCurve, points: run.heldOut }
  ],
  report.curves
)}`
}

function scores({ result, runNames, language }: ReportContent, words: EvaluationWords): Html {
  const { report } = words
  const names = scoreNames.filter((name) => result.candidates.some((one) => one.scores[name]))
  const nameOf = ({ candidate }: CandidateResult): string => candidateName(candidate, words, runNames)
  const cell = (one: CandidateResult, name: ScoreName): Html => {
    const score = one.scores[name]
    if (!score) return markup`<td>–</td>`
    const over = score.overBase
    return markup`<td>${shown(name, score.value, language)}<br><span class="quiet">${words.interval(shown(name, score.low, language), shown(name, score.high, language))}${
      over
        ? markup`<br>Δ ${words.interval(shown(name, over.low, language), shown(name, over.high, language))}`
        : null
    }</span></td>`
  }
  return markup`<h2>${report.scores}</h2>
<p class="quiet">${report.scoresOn(number(result.items, 0, language))} · ${words.intervalTerm} · Δ ${report.difference}</p>
<table><thead><tr><th></th>${result.candidates.map((one) => markup`<th>${nameOf(one)}</th>`)}</tr></thead>
<tbody>${names.map(
    (name) =>
      markup`<tr><td>${words.scores[name].name} <span class="quiet">${words.scores[name].term}<br>${words.scores[name].says} ${words.scores[name].read}</span></td>${result.candidates.map((one) => cell(one, name))}</tr>`
  )}
<tr><td>${words.facts.title}</td>${result.candidates.map(
    ({ facts }) =>
      markup`<td>${words.facts.kept} ${facts.kept}<br>${words.facts.missing} ${facts.missing}<br>${words.facts.invented} ${facts.invented}</td>`
  )}</tr>
<tr><td>${report.seconds}</td>${result.candidates.map(
    ({ secondsPerAnswer }) => markup`<td>${answerSeconds(secondsPerAnswer, language)}</td>`
  )}</tr></tbody></table>
${serviceNotes(result.candidates, language).map((note) => markup`<p class="quiet">${note}</p>`)}`
}

function tone({ result, runNames, language }: ReportContent, words: EvaluationWords): Html {
  const share = ({ hits, total }: { hits: number; total: number }): string =>
    total === 0 ? '–' : `${number((100 * hits) / total, 0, language)} %`
  const { own } = result
  return markup`<h2>${words.report.tone}</h2>
<table><thead><tr><th></th><th>${words.report.own}</th>${result.candidates.map(
    ({ candidate }) => markup`<th>${candidateName(candidate, words, runNames)}</th>`
  )}</tr></thead><tbody>${traitNames.map(
    (name) =>
      markup`<tr><td>${words.traits[name]}${name === 'length' ? markup` <span class="quiet">${words.lengthUsual(String(own.lengths.low), String(own.lengths.high))}</span>` : null}</td><td>${share(own.traits[name])}</td>${result.candidates.map(
        ({ traits }) => markup`<td>${share(traits[name])}</td>`
      )}</tr>`
  )}</tbody></table>
${own.forbidden.length === 0 ? null : markup`<p class="quiet text">${words.forbiddenNow(...own.forbidden)}</p>`}`
}

function votes({ tally, base, language }: ReportContent, words: EvaluationWords): Html {
  const { report } = words
  const result = tally?.result
  if (!result) return markup`<h2>${report.votes}</h2><p>${report.noVotes}</p>`
  const percent = (value: number): string => `${number(100 * value, 0, language)} %`
  const decided = result.wins + result.losses
  return markup`<h2>${report.votes}</h2>
<p><strong>${voteTitle(result, language, base)}</strong><br>${words.votes.rate(String(result.wins), String(decided))} ${words.votes.ties(String(result.ties))}</p>
<p>${words.votes.winRate} ${report.named(percent(result.rate.value), `${words.intervalTerm} ${words.interval(percent(result.rate.low), percent(result.rate.high))}`)} · ${words.votes.voters(String(result.voters))}<br>${
    result.agreement
      ? words.votes.agreement(
          percent(result.agreement.same / result.agreement.pairs),
          String(result.agreement.pairs)
        )
      : words.votes.noAgreement
  }</p>
<table><thead><tr><th></th><th>${words.candidates.tuned}</th><th>${words.votes.same}</th><th>${words.candidates.base}</th></tr></thead><tbody>${voteQuestions.map(
    (question) => {
      const { wins, ties, losses } = result.questions[question]
      return markup`<tr><td>${words.votes.questions[question].name}</td><td>${wins}</td><td>${ties}</td><td>${losses}</td></tr>`
    }
  )}<tr><td><strong>${words.votes.overall}</strong></td><td>${result.wins}</td><td>${result.ties}</td><td>${result.losses}</td></tr></tbody></table>
<p class="quiet">${words.votes.overallRule}</p>`
}

function general({ general: found }: EvaluationResult, words: EvaluationWords, language: Language): Html {
  const { general: said, report } = words
  if (!found) return markup`<h2>${report.forgotten}</h2><p>${said.none}</p>`
  return markup`<h2>${report.forgotten}</h2>
<p>${said.counted(String(found.before), String(found.after), String(found.total))}<br>${
    found.lossBefore === null || found.lossAfter === null
      ? null
      : said.lossFrom(number(found.lossBefore, 2, language), number(found.lossAfter, 2, language))
  }</p>
<p class="quiet">${said.basis}</p>
<table><tbody>${found.kinds.map(
    ({ kind, before, after }) =>
      markup`<tr><td>${said.kinds[kind]}</td><td>${before.hits} / ${before.total}</td><td>${after.hits} / ${after.total}</td></tr>`
  )}</tbody></table>
${found.drops.length === 0 ? null : markup`<h3>${said.drops}</h3>`}
${found.drops.map(
  ({ question, before, after, lost, loss }) =>
    markup`<div class="pair"><p class="text">${question}</p><p class="quiet">${lost ? said.lost : said.lossGrew(number(loss ?? 0, 2, language))}</p><div class="answers"><div class="answer"><span class="quiet">${said.before}</span><br>${before}</div><div class="answer tuned"><span class="quiet">${said.after}</span><br>${after}</div></div></div>`
)}`
}

function pairs({ pairs: all, result, language }: ReportContent, words: EvaluationWords): Html {
  const house = houseOf(all)
  const known = new Set(result.own.terms.map((term) => term.toLowerCase()))
  const answer = (pair: EvaluatedPair, side: Side): Html => {
    const { found, invented } = compareFacts(pair[side], pair.reference, pair.question, known)
    const facts = [
      ...found.map((fact) => ['kept', fact] as const),
      ...invented.map((fact) => ['invented', fact] as const)
    ]
    return markup`<div class="answer ${side}"><span class="quiet">${words.candidates[side]}</span><br>${marked(pair[side], facts)}${troubleSentences(troublesOn(pair, side, house), language).map((one) => markup`<p class="trouble">${one}</p>`)}</div>`
  }
  return markup`<h2>${words.report.pairs}</h2>
${all.slice(0, shownPairs).map((pair) => {
  const { missing } = compareFacts(pair.tuned, pair.reference, pair.question, known)
  return markup`<div class="pair"><p class="text"><strong>${pair.question}</strong></p><div class="answers">${answer(pair, 'base')}${answer(pair, 'tuned')}</div>
<p class="quiet text">${words.report.reference}: ${marked(
    pair.reference,
    missing.map((fact) => ['missing', fact] as const)
  )}</p></div>`
})}`
}
