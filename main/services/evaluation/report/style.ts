// How a report looks, on a screen and on paper. No address in it: nothing is fetched.
export const reportStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 2rem; max-width: 60rem; color: #22211d; background: #fff;
  font: 15px/1.7 "Hiragino Sans", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif; }
h1, h2 { font-family: "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif JP", "Noto Serif CJK JP", serif; font-weight: 500; line-height: 1.4; }
h1 { font-size: 1.8rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .6rem; }
.verdict { border-left: 4px solid #1d5a86; padding: .4rem 1rem; margin: 1rem 0; }
.verdict.warn { border-color: #8a5a00; }
.trouble { margin: .3em 0 0; color: #7a4a00; font-size: .86rem; }
.trouble::before { content: '⚠ '; }
.quiet { color: #66635b; font-size: .86rem; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; }
th, td { border-bottom: 1px solid #ddd9cf; padding: .35rem .5rem; text-align: right; vertical-align: top; }
th { font-weight: 500; color: #66635b; } th:first-child, td:first-child { text-align: left; }
tr.tuned td { color: #14486e; font-weight: 600; }
.pair { break-inside: avoid; border-top: 1px solid #ddd9cf; padding: .8rem 0; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.answer { background: #f4f2ec; border-radius: 8px; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.answer.tuned { background: #e2edf4; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark.kept { background: #d5ead8; color: inherit; } mark.invented { background: #f6dfc3; color: inherit; text-decoration: underline wavy; }
mark.missing { background: #f3d6d2; color: inherit; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; } dt { color: #66635b; } dd { margin: 0; overflow-wrap: anywhere; }
.first h2 { margin: 1.3rem 0 .3rem; font-size: 1.1rem; } .first p, .first ul { margin: .2rem 0; } .first .verdict { margin: .3rem 0; }
h1.details { margin-top: 3.5rem; padding-top: 1.5rem; border-top: 1px solid #ddd9cf; }
svg { max-width: 100%; height: auto; }
@page { size: A4; margin: 10mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; }
  .first { font-size: 10pt; line-height: 1.5; break-after: page; } .first h2 { margin-top: .8rem; } .first td, .first th { padding: .2rem .4rem; } h1.details { margin-top: 0; padding-top: 0; border: 0; } }
`
