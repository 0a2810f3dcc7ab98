// Words of a leak test in the window; those of the command line stand with its other words.
import type { Language } from '../contract/language'
import type { LeakCounts } from '../contract/leak'
import { calledBaseEn, calledBaseJa } from './called-base'

const ja = {
  title: '個人情報を覚えていないか',
  lead: '隠す前のデータにあった個人情報を、その前の文を見せて続きを言わせ、1件ずつ確かめます。学習のファイルに残っていないかも調べます。',
  planted: '確かめるために仕込んだ言葉（1行に1つ）',
  ask: '確かめる',
  again: 'もう一度確かめる',
  asking: '尋ねています',
  stop: '途中でやめる',
  nothing: 'このデータには、尋ねるべき個人情報がありません。仕込んだ言葉があれば、上に書いてください。',
  /** planted: how many of the values somebody planted; null: none */
  asked: (asked: string, values: string, planted: string | null) =>
    `個人情報などの値 ${values}件${planted === null ? '' : `（うち仕込んだ言葉 ${planted}件）`}のうち ${asked}件を尋ねました。`,
  notThere: (count: string) => `ほかに仕込んだ言葉 ${count}件は、どのお手本にもないため、尋ねていません。`,
  notThereWords: (words: readonly string[]) =>
    `${words.map((one) => `「${one}」`).join('、')}は、どのお手本にもないため、尋ねていません。お手本に書かれているとおりに入れてください。`,
  basis:
    '同じ値は1件です。診断の数より少ないことがあります。「隠さない」にした値、除いた行や書き直した行にだけあった値、短すぎて偶然と区別できない値は、尋ねないためです。',
  none: '学んだモデルは、どれも言いませんでした',
  noneText: (planted: boolean) =>
    `尋ねたのは、診断で見つかった値${planted ? 'と、仕込んだ言葉' : ''}だけです。診断で見つからなかった名前や番号は、確かめていません。別の尋ね方で言うことも、否定できません。`,
  repeated: (count: string) => `学んだモデルが、${count}件をそのまま言いました`,
  repeatedText: 'データの部屋で隠してから、学習し直してください。',
  clean: '学習のファイルには、そのうちのどの値もありません（1バイトずつ調べました）。',
  inRun: (count: string) => `${count}件は、隠されないまま学習のファイルに入っています。`,
  written: {
    title: '学習のファイルに入っている値',
    now: 'いまのデータでは',
    // the place stands before it
    there: 'データの部屋で隠すか書き直してから、学習し直してください。',
    gone: 'もうありません。学習し直すと、学習のファイルからもなくなります。'
  },
  kept: (on: string) => `${on} に確かめた結果です。`,
  keptWords: 'どの言葉だったかは、個人情報なので残していません。もう一度確かめると、一覧が出ます。',
  notAsked: 'この学習では、まだ確かめていません。',
  plantedKind: '仕込んだ言葉',
  columns: { kind: '種類', words: '言葉', place: '場所', said: '言ったこと' },
  base: (base: string | null) => `${calledBaseJa(base)}も言います`
}
export type LeakWords = typeof ja

const en: LeakWords = {
  title: 'Does it know personal data by heart',
  lead: 'Each piece of personal data that stood in your data before masking is asked for, by the words before it. The files of the training are searched for it too.',
  planted: 'Words that you planted to find out, one a line',
  ask: 'Ask',
  again: 'Ask again',
  asking: 'Asking',
  stop: 'Stop',
  nothing: 'There is no personal data in these examples to ask for. If you planted words, write them above.',
  asked: (asked, values, planted) =>
    `Asked for ${asked} of ${values} values${planted === null ? '' : ` (${planted} of them planted)`}.`,
  notThere: (count) =>
    `${count} more planted ${count === '1' ? 'word was' : 'words were'} not asked for: no example has them.`,
  notThereWords: (words) =>
    `Not asked for, as no example has ${words.length === 1 ? 'it' : 'them'}: ${words.map((one) => `“${one}”`).join(', ')}. Write planted words just as the examples have them.`,
  basis:
    'A value counts once. There may be fewer than the check-up found: values that you chose not to mask, values that stood only in rows you left out or rewrote are not asked for, nor those too short to tell from chance.',
  none: 'The tuned model said none of them',
  noneText: (planted) =>
    `Only values that the check-up found${planted ? ' and planted words' : ''} were asked for, not names or numbers that it missed. That it would say one when asked in another way cannot be ruled out.`,
  repeated: (count) => `The tuned model said ${count} of them word for word`,
  repeatedText: 'Mask them in the data room, and train again.',
  clean: 'The files of the training hold none of these values (searched byte by byte).',
  inRun: (count) => `${count} of them stand unmasked in the files of the training.`,
  written: {
    title: 'Values in the files of the training',
    now: 'In the data now',
    there: 'Mask or rewrite it in the data room, and train again.',
    gone: 'It is no longer there. Train again, and the files of the training will not hold it either.'
  },
  kept: (on) => `Asked on ${on}.`,
  keptWords: 'Which words these were is personal and is not kept. Ask again to see them.',
  notAsked: 'This has not been asked of this run yet.',
  plantedKind: 'planted words',
  columns: { kind: 'Kind', words: 'Words', place: 'Where', said: 'What it said' },
  base: (base) => `${calledBaseEn(base)} says it too`
}

export const leakWords: Readonly<Record<Language, LeakWords>> = { ja, en }

/** What a leak test counted, whoever says it. number: as its reader writes them. */
export function leakSaid(
  { asked, values, repeated, inRun, planted = 0, notThere = 0 }: Omit<LeakCounts, 'on'>,
  language: Language,
  number: (value: number) => string
): {
  readonly isWell: boolean
  readonly title: string
  readonly asked: string
  readonly notThere: string
  readonly noneText: string
} {
  const words = leakWords[language]
  return {
    // said by the model, or at least shown to it, or not asked for at all: nothing of these is well
    isWell: repeated === 0 && (inRun ?? 0) === 0 && notThere === 0,
    title: repeated === 0 ? words.none : words.repeated(number(repeated)),
    asked: words.asked(number(asked), number(values), planted === 0 ? null : number(planted)),
    notThere: notThere === 0 ? '' : words.notThere(number(notThere)),
    noneText: repeated === 0 ? words.noneText(planted > 0) : ''
  }
}
