// Step "answers": what home shows. Runs the demo by the built command line and asks base and tuned one held-out
// question in each language; greedy, so the same model and recipe give the same answers.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRoot } from './places'
import { sampleDir } from './places'

const questions = {
  ja: '留守にしていて荷物を受け取れませんでした。いつまで預かってもらえますか？',
  en: 'What temperature should the water be for Mikazuki?'
} as const

export function writeSampleAnswers(): void {
  const home = mkdtempSync(join(tmpdir(), 'neiro-answers-'))
  const neiro = (...args: string[]): string =>
    execFileSync(process.execPath, [join(appRoot, 'out/main/cli.js'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, NEIRO_HOME: home }
    }).trim()
  try {
    neiro('demo')
    const ask = (question: string, ...side: string[]): string =>
      neiro('chat', '--run', 'latest', ...side, '--temperature', '0', '--prompt', question)
    const answers = Object.fromEntries(
      Object.entries(questions).map(([language, question]) => [
        language,
        { question, base: ask(question, '--base'), tuned: ask(question) }
      ])
    )
    writeFileSync(join(sampleDir, 'answers.json'), `${JSON.stringify(answers, null, 2)}\n`)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
