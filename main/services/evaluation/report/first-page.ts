// The first page of a report, for whoever reads one page: what was taught, what may be said of it, three figures, what people
// and general questions say, what it does not show, and who has looked. Pure.
import { decisiveScores, fewestItems, type EvaluationResult } from '../../../contract/evaluation'
import type { EvaluationWords } from '../../../words/evaluation'
import { voteTitle } from '../../../words/evaluation/vote-title'
import { keptText, updatesText } from '../../../words/learnt-length'
import { leakSaid, leakWords } from '../../../words/leak'
import { preferenceNote } from '../../../words/evaluation/preference-note'
import { seenNote } from '../../../words/evaluation/seen-note'
import { doubtfulPairs } from '../../../metrics/doubtful-answers'
import { candidateName } from '../../../words/evaluation/candidate-name'
import { decidingInterval } from '../verdict'
import { markup, type Html } from './html'
import type { ReportContent, ReportRun, Signature } from './content'
import { ends, number, shown } from './shown'

export function firstPage(content: ReportContent, words: EvaluationWords): Html {
  const { run, base, made, result, signature, language } = content
  const { report } = words
  const whole = (value: number): string => number(value, 0, language)
  return markup`<section class="first">
<h1>${report.title}</h1>
<p class="quiet">${[run.project, run.name, report.made(made)].filter(Boolean).join(' · ')}</p>
<h2>${report.taughtShort}</h2>
<p>${taught(run, words)(base ?? run.model, whole(run.trainExamples), whole(result.items))}${lengthLine(content, words)}</p>
${notCompared(content, words)}
${verdict(result, words, whole)}
${seen(content)}
${doubtful(content, words)}
${preferred(content, words)}
${figures(content, words)}
<h2>${report.forgotten}</h2>
<p>${forgotten(result, words, language)}</p>
${leaked(content)}
<h2>${report.votes}</h2>
<p>${people(content, words)}</p>
<h2>${report.limits}</h2>
<ul>${report.limitShort.map((one) => markup`<li>${one}</li>`)}</ul>
${signed(signature, words)}
</section>`
}

/** Why fewer were compared than were held out. */
function notCompared({ result: { unasked } }: ReportContent, words: EvaluationWords): Html | null {
  return unasked.texts + unasked.again === 0 ? null : markup`<p>${words.unasked(unasked)}</p>`
}

/** Where it did not go to its end, or another state than its last has answered. */
function lengthLine({ run, language }: ReportContent, { report }: EvaluationWords): string {
  if (run.end === 'whole' && run.kept?.step === run.steps) return ''
  const whole = (value: number): string => number(value, 0, language)
  return ` ${report.lengthLine(updatesText(run, language, whole), keptText(run, language, whole))}`
}

/** By what was learnt from: a choice between two replies is no example of how to write. */
function taught({ learnt }: ReportRun, { report }: EvaluationWords): EvaluationWords['report']['taughtLine'] {
  if (learnt === 'preference') return report.taughtChoices
  return learnt === 'rated' ? report.taughtRatings : report.taughtLine
}

/** The result of a run that was taught a preference. */
function preferred({ result, language }: ReportContent, words: EvaluationWords): Html | null {
  if (!result.preference) return null
  const { of, count, accuracy } = result.preference
  const percent = (value: number): string => number(100 * value, 0, language)
  const note = preferenceNote(result.preference, language)
  const said = of === 'pairs' ? words.report.preferredPairs : words.report.preferredRatings
  return markup`<h2>${words.report.preferred}</h2>
<p>${said(String(count), percent(accuracy.value), words.interval(percent(accuracy.low), percent(accuracy.high)))}</p>
${note === '' ? null : markup`<p class="verdict warn">${note}</p>`}`
}

function verdict(
  { verdict: found }: EvaluationResult,
  words: EvaluationWords,
  whole: (value: number) => string
): Html | null {
  if (!found) return null
  const said = words.verdict[found.code]
  return markup`<h2>${words.report.summary}</h2>
<div class="verdict ${found.code === 'better' ? '' : 'warn'}"><strong>${said.title}</strong><br>${said.lead(whole(found.items), String(fewestItems))}</div>`
}

/** Whatever is said of the scores, this is said with it. */
function seen({ result, language }: ReportContent): Html | null {
  const note = seenNote(result.seen, language)
  return note === '' ? null : markup`<p class="verdict warn">${note}</p>`
}

/** However well it scores, what the window says beside its answers is said here too. */
function doubtful({ pairs, language }: ReportContent, { report }: EvaluationWords): Html | null {
  const found = doubtfulPairs(pairs).length
  const whole = (value: number): string => number(value, 0, language)
  return found === 0
    ? null
    : markup`<p class="verdict warn">${report.doubtful(whole(found), whole(pairs.length))}</p>`
}

/** What the verdict goes by, before and after, and between which ends the difference lies. */
function figures({ result, runNames, language }: ReportContent, words: EvaluationWords): Html | null {
  const { report, candidates, scores } = words
  const of = (id: string): EvaluationResult['candidates'][number]['scores'] =>
    result.candidates.find(({ candidate }) => candidate.id === id)?.scores ?? {}
  const [base, tuned] = [of('base'), of('tuned')]
  // the way without training that the verdict names
  const enough = result.candidates.find(
    ({ candidate }) => result.verdict?.code === `${candidate.kind}-enough`
  )
  const names = decisiveScores.filter((name) => base[name] && tuned[name])
  if (names.length === 0) return null
  const row = (name: (typeof names)[number]): Html => {
    const [before, after] = [base[name]?.value ?? 0, tuned[name]?.value ?? 0]
    const [over, standing] = [tuned[name]?.overBase, result.verdict?.standings[name]]
    const way = enough?.scores[name]
    const wayOver = way?.overBase && words.interval(...ends(name, decidingInterval(way.overBase), language))
    return markup`<tr><td>${scores[name].name}<br><span class="quiet">${scores[name].says}</span></td><td>${shown(name, before, language)}</td>${
      enough &&
      markup`<td>${way ? shown(name, way.value, language) : words.notApplicable}${wayOver ? markup`<br><span class="quiet">Δ ${wayOver}</span>` : null}</td>`
    }<td>${shown(name, after, language)}</td><td>${
      over ? words.interval(...ends(name, decidingInterval(over), language)) : words.notApplicable
    }</td><td>${standing ? words.standings[standing] : null}</td></tr>`
  }
  return markup`<h2>${report.figures}</h2>
<table class="figures"><thead><tr><th></th><th>${candidates.base}</th>${enough && markup`<th>${candidateName(enough.candidate, words, runNames)}</th>`}<th>${candidates.tuned}</th><th>${report.differenceShort}</th><th></th></tr></thead>
<tbody>${names.map(row)}</tbody></table>`
}

function forgotten(
  { general }: EvaluationResult,
  words: EvaluationWords,
  language: ReportContent['language']
): string {
  const { general: said, report } = words
  if (!general) return said.none
  const { before, after, total, difference } = general
  const points = ({ low, high }: { low: number; high: number }): string =>
    words.interval(number(100 * low, 0, language), number(100 * high, 0, language))
  const lost = difference.high < 0
  return `${said.counted(String(before), String(after), String(total))}${report.forgottenBy(points(difference))}${lost ? report.hasForgotten : report.notForgotten}`
}

/** Whether it says again what was personal in its data. */
function leaked({ leak, language }: ReportContent): Html {
  const words = leakWords[language]
  if (!leak) return markup`<h2>${words.title}</h2><p>${words.notAsked}</p>`
  const whole = (value: number): string => number(value, 0, language)
  const { isWell, title, asked, notThere, noneText } = leakSaid(leak, language, whole)
  return markup`<h2>${words.title}</h2>
<p class="${isWell ? '' : 'verdict warn'}"><strong>${title}</strong><br>${[asked, notThere, noneText].filter(Boolean).join(' ')}${leak.inRun ? ` ${words.inRun(whole(leak.inRun))}` : ''} ${words.kept(leak.on)}</p>`
}

function people({ tally, base, language }: ReportContent, words: EvaluationWords): string {
  const result = tally?.result
  if (!result) return words.report.noVotes
  const decided = result.wins + result.losses
  return `${voteTitle(result, language, base)} ${words.votes.rate(String(result.wins), String(decided))}`
}

function signed(signature: Signature | null, { report }: EvaluationWords): Html {
  return signature
    ? markup`<h2>${report.signOff}</h2><dl><dt>${report.signedBy}</dt><dd>${signature.by}</dd><dt>${report.signedOn}</dt><dd>${signature.on}</dd>${signature.comment === '' ? null : markup`<dt>${report.comment}</dt><dd class="text">${signature.comment}</dd>`}</dl>`
    : markup`<h2>${report.signOff}</h2><p>${report.notSigned}</p>`
}
