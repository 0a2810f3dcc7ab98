// The progress of a training: one line redrawn in place on a terminal, a plain line now and then elsewhere,
// one event per metric for programs.
import type { MetricLine, RunProgress } from '../contract/records'
import { isResult } from '../contract/figures'
import type { MethodKey } from '../contract/methods'
import { wordsOfNotice } from '../words/errors'
import { figureWords } from '../words/figures'
import { bytes, decimal, duration, printable, whole } from './format'
import type { Output } from './output'
import type { Words } from '../words/cli'

const plainLineEveryMs = 10_000

/** notices that ask for attention; the others only tell */
const troubles = new Set(['NOT_FINITE', 'OVERFITTING', 'DIVERGENCE', 'NOTHING_LEARNT', 'CHECKPOINT_TORN'])

export class TrainingProgress {
  private lastStep: Extract<MetricLine, { kind: 'step' }> | null = null
  private lastEvaluation: Extract<MetricLine, { kind: 'evaluation' }> | null = null
  private lastProgress: RunProgress | null = null
  private lastPlainAt = 0
  private readonly lastAnswers = new Map<number, string>()
  private samples: Promise<void> = Promise.resolve()

  constructor(
    private readonly out: Output,
    private readonly words: Words,
    private readonly decode: (ids: readonly number[]) => Promise<string>,
    private readonly questions: readonly string[],
    private readonly method: MethodKey,
    private readonly clock: () => number = Date.now
  ) {
    this.lastPlainAt = clock()
  }

  /** Resolves when everything that came has been said: what an answer says is asked of another process. */
  said(): Promise<void> {
    return this.samples
  }

  metric(line: MetricLine): void {
    const { kind: _, ...fields } = line
    switch (line.kind) {
      case 'step':
        this.lastStep = line
        this.out.event('step', fields)
        break
      case 'evaluation':
        this.lastEvaluation = line
        this.out.event('evaluation', fields)
        if (!this.out.hasLiveLine) this.plain()
        break
      case 'sample':
        this.samples = this.samples.then(() => this.sample(line))
        break
      case 'notice': {
        const says = wordsOfNotice(line, this.out.language)
        this.out.event('notice', { ...fields, ...says })
        const text = `${says.message} ${says.hint}`.trim()
        if (troubles.has(line.code)) this.out.warning(text)
        // of a pause the command says more itself
        else if (line.code !== 'PAUSED') this.out.line(this.out.style(text, 'dim'))
        break
      }
    }
  }

  progress(progress: RunProgress): void {
    this.lastProgress = progress
    this.out.event('progress', { ...progress })
    if (this.out.hasLiveLine) this.out.live(this.text())
    else if (this.clock() - this.lastPlainAt >= plainLineEveryMs) this.plain()
  }

  private plain(): void {
    if (!this.lastProgress) return
    this.lastPlainAt = this.clock()
    this.out.line(this.text())
  }

  /** The most important first: what does not fit is cut at the right. */
  private text(): string {
    const words = this.words.progress
    const { step = 0, totalSteps = 0, tokensPerSecond = null, secondsLeft = null } = this.lastProgress ?? {}
    // progress is thinned on its way; a metric may know more
    const now = Math.max(step, this.lastStep?.step ?? 0, this.lastEvaluation?.step ?? 0)
    const memory = this.lastStep?.figures['memory']
    return [
      `${words.step} ${now}/${totalSteps}`,
      ...this.results(),
      ...(tokensPerSecond === null ? [] : [`${whole(tokensPerSecond)} ${words.tokensPerSecond}`]),
      ...(secondsLeft === null ? [] : [`${words.left} ${duration(secondsLeft, this.out.language)}`]),
      ...(this.lastStep ? [`${words.epoch} ${this.lastStep.epoch.toFixed(1)}`] : []),
      ...(memory === undefined ? [] : [`${words.memory} ${bytes(memory)}`])
    ].join('  ')
  }

  /** Each result by its name, of training and then of the held-out part. */
  private results(): readonly string[] {
    const training = this.lastStep?.figures ?? this.lastProgress?.training ?? {}
    const heldOut = this.lastEvaluation?.figures ?? this.lastProgress?.heldOut ?? {}
    const names = [...new Set([...Object.keys(training), ...Object.keys(heldOut)])].filter(isResult)
    return names.flatMap((name) => {
      const { short } = figureWords(name, this.out.language, this.method)
      const [seen, kept] = [training[name], heldOut[name]]
      return [
        ...(seen === undefined ? [] : [`${short} ${decimal(seen)}`]),
        ...(kept === undefined
          ? []
          : [`${this.words.progress.heldOut} ${seen === undefined ? `${short} ` : ''}${decimal(kept)}`])
      ]
    })
  }

  private async sample(line: Extract<MetricLine, { kind: 'sample' }>): Promise<void> {
    const question = this.questions[line.question] ?? ''
    // a training goes on without its words
    const answer = printable((await this.decode(line.answer).catch(() => '')).trim())
    this.out.event('sample', { step: line.step, question, answer })
    // an answer that has not changed says nothing new
    if (this.lastAnswers.get(line.question) === answer) return
    this.lastAnswers.set(line.question, answer)
    this.out.line(this.out.style(this.words.tune.sample(line.step, question), 'dim'))
    this.out.line(`  ${answer.replaceAll('\n', '\n  ')}`)
  }
}
