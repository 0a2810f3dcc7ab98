// A ballot as a file for somebody who has no Neiro: it opens in any browser without a network, and saves what was said as
// a small file to send back. It holds no word of whose answer is whose. Pure.
import { plainName } from '../../../files/plain-name'
import type { Language } from '../../../contract/language'
import { voteChoices, voteQuestions, type BallotItem } from '../../../contract/votes'
import { evaluationWords } from '../../../words/evaluation'
import { markup, Html } from './html'
import { reportStyle } from './style'

/** Of whom and for whom it is; of two for one voter, the id tells them apart. */
export const ballotName = (
  id: string,
  { project, voter }: { readonly project: string; readonly voter: string },
  language: Language
): string =>
  `${plainName([project || 'neiro', evaluationWords[language].votes.ballotOf, voter].join('-'), mostName)}-${id.slice(0, 4)}.html`

/** bytes: people send it by mail */
const mostName = 80

export function ballotFile(id: string, items: readonly BallotItem[], language: Language): string {
  const words = evaluationWords[language]
  const { votes } = words
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${votes.fileTitle}</title>
<style>${new Html(reportStyle)} fieldset { border: 0; padding: .2rem 0; } legend { float: left; width: 16em; } label { margin-right: 1.4em; } button { font: inherit; padding: .6rem 1.4rem; }</style>
</head>
<body data-ballot="${id}">
<h1>${votes.fileTitle}</h1>
<p>${votes.fileLead}</p>
<form>
${items.map(
  (item) => markup`<section class="pair" data-item="${item.index}">
<p class="text">${item.before.map(({ content }) => markup`${content}<br>`)}<strong>${item.question}</strong></p>
<div class="answers"><div class="answer"><span class="quiet">${votes.left}</span><br>${item.left}</div><div class="answer"><span class="quiet">${votes.right}</span><br>${item.right}</div></div>
${voteQuestions.map(
  (question) =>
    markup`<fieldset><legend>${votes.questions[question].name} <span class="quiet">${votes.questions[question].note}</span></legend>${voteChoices.map(
      (choice) =>
        markup`<label><input type="radio" required name="${item.index} ${question}" value="${choice}"> ${votes[choice]}</label>`
    )}</fieldset>`
)}
</section>`
)}
<p><button type="submit">${votes.save}</button></p>
<p id="saved" role="status" hidden>${votes.saved}<strong></strong></p>
</form>
<script>${new Html(script)}</script>
</body>
</html>
`.markup
}

/** No text of anybody stands in it. */
const script = `
document.querySelector('form').addEventListener('submit', function (event) {
  event.preventDefault()
  var data = new FormData(event.target)
  var votes = Array.from(document.querySelectorAll('section'), function (one) {
    var item = one.dataset.item, choices = {}
    ;${JSON.stringify(voteQuestions)}.forEach(function (question) { choices[question] = data.get(item + ' ' + question) })
    return { item: Number(item), choices: choices }
  })
  var link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ ballot: document.body.dataset.ballot, votes: votes })]))
  link.download = 'neiro-votes-' + document.body.dataset.ballot + '.json'
  link.click()
  var saved = document.getElementById('saved')
  saved.hidden = false
  saved.lastChild.textContent = link.download
})
`
