// Scores of answers as counts of each item, in the form that can be added up, drawn again and compared. Pure.
import type { ScoreName } from '../../contract/evaluation'
import { bleu } from '../../metrics/bleu'
import { chrf } from '../../metrics/chrf'
import { exactMatch } from '../../metrics/exact-match'
import { compareFacts } from '../../metrics/facts'
import { latinWords, letters, rougeScore } from '../../metrics/rouge'
import type { TextScore } from '../../metrics/text-score'
import { meanScore } from '../../metrics/text-score'
import { tokenF1 } from '../../metrics/token-f1'
import { toneCounts, traitsBeside, type LearntTone } from '../../metrics/tone-card'
import { languageOfText } from '../dataset/read/script-language'
import type { TokenScore } from './sheet'

/** An item as scores see it. */
export interface Answered {
  readonly question: string
  readonly reference: string
  readonly answer: string
  readonly tokens: TokenScore | null
}

export interface Measure {
  readonly name: ScoreName
  /** null: this item says nothing about it */
  readonly counts: (one: Answered) => readonly number[] | null
  readonly value: TextScore['value']
}

/** `known`: names of the house, which nobody has made up. Japanese is counted by characters where words need spaces. */
export function measuresFor(
  references: readonly string[],
  tone: (reference: string) => LearntTone,
  known: ReadonlySet<string>
): readonly Measure[] {
  const japanese = languageOfText(references.join('\n')) === 'ja'
  const pieces = japanese ? letters : latinWords
  const text = (name: ScoreName, { counts, value }: TextScore): Measure => ({
    name,
    counts: ({ answer, reference }) => (reference === '' ? null : counts(answer, reference)),
    value
  })
  const loss = (name: ScoreName, value: TextScore['value']): Measure => ({
    name,
    counts: ({ tokens }) => tokens && [tokens.nllSum, tokens.learntTokens],
    value
  })
  const mean: TextScore['value'] = ([sum = 0, all = 0]) => (all === 0 ? 0 : sum / all)
  return [
    loss('loss', mean),
    loss('perplexity', (sums) => Math.exp(mean(sums))),
    text('chrf', chrf(0)),
    text('chrf++', chrf(2)),
    text('bleu', bleu(japanese ? 'char' : '13a')),
    text('rouge1', rougeScore('rouge1', pieces)),
    text('rouge2', rougeScore('rouge2', pieces)),
    text('rougeL', rougeScore('rougeL', pieces)),
    text(
      'exact',
      meanScore((answer, reference) => Number(exactMatch(answer, reference)))
    ),
    text('f1', meanScore(tokenF1)),
    {
      name: 'tone',
      counts: ({ answer, reference }) => {
        const [has, all] = toneCounts(traitsBeside(answer, reference, tone(reference)))
        return all === 0 ? null : [has, all]
      },
      value: mean
    },
    {
      name: 'facts',
      counts: ({ answer, reference, question }) => {
        const { kept, missing, invented } = compareFacts(answer, reference, question, known)
        const all = kept.length + missing.length + invented.length
        return all === 0 ? null : [kept.length, all]
      },
      value: mean
    }
  ]
}
