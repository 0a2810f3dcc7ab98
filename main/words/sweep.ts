// Words of a sweep, which the window and the command line share. "Best" is said of none of them: what can be said is which had
// the least loss, and whether that is beyond chance.
import type { Language } from '../contract/language'
import type { SweepView } from '../contract/sweep'

const ja = {
  title: '設定をくらべる',
  term: 'スイープ',
  lead: 'いくつかの設定を短く学習させ、検証の損失が小さい半分だけを、倍の長さで続けます。見込みのない設定に時間をかけません。',
  choose: '試す設定と値',
  setting: '設定',
  values: '値（コンマで区切る）',
  choices: '値（試すものを選ぶ）',
  remove: (name: string) => `${name}を外す`,
  add: '設定を足す',
  wrongValues: (expected: string) => `読めない値があります。${expected} の形で書いてください。`,
  steps: '最初の段のステップ数',
  stepsHelp: '段が進むごとに倍になります。短すぎると、良い設定を早く落としてしまいます。',
  part: '使うお手本',
  parts: { quarter: '4分の1', half: '半分', all: '全部' },
  size: (trials: string, trainings: string, steps: string) =>
    `${trials}通り・学習 ${trainings}回・合わせて ${steps} ステップ`,
  one: '2通り以上になるように、値を足してください。',
  tooMany: (most: string) => `一度にくらべられるのは ${most}通りまでです。`,
  start: 'くらべ始める',
  again: '新しくくらべる',
  cancel: 'やめる',
  resume: '続ける',
  running: (rung: string, all: string, done: string, total: string) =>
    `第${rung}段（全${all}段）：学習 ${done} / ${total} 回が終わりました`,
  resting: '学習が止まっています。「続ける」で先へ進みます。',
  measuring: '残った設定どうしの差を測っています',
  cancelled: 'くらべるのをやめました。ここまでの学習は残っています。',
  open: '学習を見る',
  number: '番号',
  lossOf: (rung: string, steps: string) => `損失 第${rung}段（${steps}ステップ）`,
  lossShort: (rung: string) => `損失・${rung}段`,
  over: '1位との差（95 %）',
  states: {
    waiting: '順番待ち',
    training: '学習中',
    measured: '測りました',
    out: 'ここまで',
    failed: '失敗',
    left: '最後まで残りました'
  },
  state: '状態',
  use: 'この設定を使う',
  useOf: (n: string) => `${n}番の設定を使う`,
  used: (n: string) => `${n}番の設定を「自分の設定」に入れました。`,
  picture: '設定と損失のつながり',
  pictureNote:
    '1本の線が1つの設定です。左が試した値、右が段ごとの損失で、低いほど小さい損失です。太い線は最後まで残ったものです。',
  runName: (rung: string, trial: string) => `設定くらべ ${rung}段-${trial}`,
  verdict: {
    none: 'どの設定でも学習できませんでした。学習率を下げるか、データを確かめてください。',
    alone: (n: string) =>
      `最後まで残ったのは ${n}番だけです。くらべる相手がいないので、ほかより良いとまでは言えません。`,
    clear: (n: string) =>
      `損失が小さいのは ${n}番で、残ったほかの設定との差は、偶然では起こりにくいものです。`,
    unclear: (n: string, others: string) =>
      `損失がいちばん小さかったのは ${n}番ですが、${others}番との差は、偶然で起こる幅に収まっています。${n}番と${others}番は、同じくらいと考えてください。`,
    unmeasured: (n: string) =>
      `損失がいちばん小さかったのは ${n}番です。差の幅は測れていないので、順位だけです。`
  },
  and: '・',
  note: '短い学習での結果です。差の幅は質問の選び方による偶然だけで、学習をやり直すたびの違いは入っていません。途中で落ちた設定が、長く学習しても劣るかは、わかりません。選んだ設定で最後まで学習し、「くらべる」で確かめてください。'
}
export type SweepWords = typeof ja

const en: SweepWords = {
  title: 'Compare settings',
  term: 'sweep',
  lead: 'A few settings are trained briefly; the half with less loss on held-out examples goes on for twice as long. No time is spent on the hopeless.',
  choose: 'Settings to try, and their values',
  setting: 'Setting',
  values: 'Values, separated by commas',
  choices: 'Values to try',
  remove: (name) => `Leave out ${name}`,
  add: 'Add a setting',
  wrongValues: (expected) => `A value cannot be read. Write them like ${expected}.`,
  steps: 'Updates of the first rung',
  stepsHelp: 'Each rung has twice as many. If it is too short, good settings are dropped too early.',
  part: 'Examples to use',
  parts: { quarter: 'a quarter', half: 'half', all: 'all' },
  size: (trials, trainings, steps) =>
    `${trials} combinations · ${trainings} trainings · ${steps} updates together`,
  one: 'Add values until there are at least two combinations.',
  tooMany: (most) => `At most ${most} combinations can be compared at once.`,
  start: 'Start comparing',
  again: 'Compare anew',
  cancel: 'Stop',
  resume: 'Continue',
  running: (rung, all, done, total) => `Rung ${rung} of ${all}: ${done} of ${total} trainings have ended`,
  resting: 'A training rests. “Continue” goes on.',
  measuring: 'Measuring how those that are left differ',
  cancelled: 'Comparing was stopped. The trainings so far are kept.',
  open: 'Look at the training',
  number: 'No.',
  lossOf: (rung, steps) => `Loss, rung ${rung} (${steps} updates)`,
  lossShort: (rung) => `Loss, rung ${rung}`,
  over: 'Over the first (95 %)',
  states: {
    waiting: 'waiting',
    training: 'training',
    measured: 'measured',
    out: 'went no further',
    failed: 'failed',
    left: 'came to the end'
  },
  state: 'State',
  use: 'Use these settings',
  useOf: (n) => `Use settings no. ${n}`,
  used: (n) => `Settings no. ${n} are your own settings now.`,
  picture: 'Settings and loss',
  pictureNote:
    'Each line is one combination: on the left the values tried, on the right the loss of each rung; lower is less. Bold lines came to the end.',
  runName: (rung, trial) => `Settings trial ${rung}-${trial}`,
  verdict: {
    none: 'None of the settings could be trained. Lower the learning rate, or look at the data.',
    alone: (n) =>
      `Only no. ${n} came to the end. There is nothing left to compare it with, so it cannot be called better.`,
    clear: (n) =>
      `No. ${n} has less loss than the others that are left, and the difference is beyond chance.`,
    unclear: (n, others) =>
      `No. ${n} had the least loss, but its difference from no. ${others} lies within chance. Either will do.`,
    unmeasured: (n) =>
      `No. ${n} had the least loss. The interval could not be measured, so this is only the order.`
  },
  and: ', ',
  note: 'These were short trainings. The interval holds the chance in the questions, not how one training differs from the next. Whether a setting that was dropped would also lose in a long one is not known. Train to the end with the one you choose, and confirm it under “Compare”.'
}

export const sweepWords: Readonly<Record<Language, SweepWords>> = { ja, en }

/** What may be said of those that came to the end. */
export function sweepVerdict(
  { leading, trials }: Pick<SweepView, 'leading' | 'trials'>,
  words: SweepWords
): string {
  const { verdict } = words
  if (leading === null) return verdict.none
  const first = String(leading)
  const others = trials.filter(({ state, number }) => state === 'left' && number !== leading)
  if (others.length === 0) return verdict.alone(first)
  if (others.some(({ over }) => over === null)) return verdict.unmeasured(first)
  const alike = others.filter(({ over }) => over !== null && (over.together ?? over).low <= 0)
  return alike.length === 0
    ? verdict.clear(first)
    : verdict.unclear(first, alike.map(({ number }) => String(number)).join(words.and))
}
