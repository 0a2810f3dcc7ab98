// The examples of a run as lines of JSON for whoever trains it elsewhere: the very tokens that Neiro would train, with
// the very labels, so that nobody has to render a chat template or decide what is learnt a second time. Pure.
import { disliked, liked, otherAnswer, type ExampleSet } from '../../../batches/example-set'
import { questionOf } from '../../../batches/question'
import { NeiroError } from '../../../contract/errors'
import type { ScoreProblem } from '../../../../addon/index'
import type { Learns } from './trl-recipe'

/** [tokens] with -100 where nothing is learnt */
interface Row {
  readonly input_ids: readonly number[]
  readonly labels: readonly number[]
}

export type Lesson =
  | Row
  | {
      readonly prompt_ids: readonly number[]
      readonly chosen_ids: readonly number[]
      readonly rejected_ids: readonly number[]
    }
  | {
      readonly prompt_ids: readonly number[]
      readonly completion_ids: readonly number[]
      readonly label: boolean
    }
  | { readonly input_ids: readonly number[]; readonly target: number | readonly number[] }
  | { readonly chosen_ids: readonly number[]; readonly rejected_ids: readonly number[] }
  | { readonly prompt_ids: readonly number[]; readonly answer_ids: readonly number[] }

export function* lessonsOf(set: ExampleSet, learns: Learns, problem?: ScoreProblem): Generator<Lesson> {
  for (let at = 0; at < set.lengths.length; at++) yield lessonAt(set, at, learns, problem)
}

function lessonAt(set: ExampleSet, at: number, learns: Learns, problem: ScoreProblem | undefined): Lesson {
  const example = set.example(at)
  const row: Row = { input_ids: [...example.tokens], labels: [...example.labels] }
  switch (learns) {
    case 'language':
      return row
    case 'labels':
      return { input_ids: row.input_ids, target: targetOf(set, at, problem) }
    case 'points': {
      const [better, worse] = pairOf(row)
      return { chosen_ids: better.input_ids, rejected_ids: worse.input_ids }
    }
    case 'answers': {
      const { prompt, reference } = questionOf(set, at)
      return { prompt_ids: [...prompt], answer_ids: [...reference] }
    }
    case 'preference': {
      const [better, worse] = pairOf(row).map(divided) as [Divided, Divided]
      if (String(better.prompt) !== String(worse.prompt)) throw new NeiroError('PAIR_NOT_ELSEWHERE')
      return { prompt_ids: better.prompt, chosen_ids: better.answer, rejected_ids: worse.answer }
    }
    case 'rated': {
      const mark = row.labels[0]
      if (mark !== liked && mark !== disliked) throw new NeiroError('INTERNAL', { reason: 'no verdict' })
      const { prompt, answer } = divided(row)
      return { prompt_ids: prompt, completion_ids: answer, label: mark === liked }
    }
  }
}

/** The preferred answer and the other, each with what leads to it. */
function pairOf(row: Row): readonly [Row, Row] {
  const middle = row.labels.indexOf(otherAnswer)
  if (middle < 0) throw new NeiroError('INTERNAL', { reason: 'no pair' })
  return [slice(row, 0, middle), slice(row, middle)]
}

const slice = ({ input_ids, labels }: Row, from: number, to?: number): Row => ({
  input_ids: input_ids.slice(from, to),
  labels: labels.slice(from, to)
})

interface Divided {
  readonly prompt: readonly number[]
  readonly answer: readonly number[]
}

/** What leads to the answer, and the answer as far as it is learnt: what stands behind it changes nothing. Throws
 *  PAIR_NOT_ELSEWHERE where something between is not learnt: TRL's trainers know only before and after. */
function divided({ input_ids, labels }: Row): Divided {
  const first = labels.findIndex((label) => label >= 0)
  const last = labels.findLastIndex((label) => label >= 0)
  if (first < 0 || labels.slice(first, last).some((label) => label < 0))
    throw new NeiroError('PAIR_NOT_ELSEWHERE')
  return { prompt: input_ids.slice(0, first), answer: input_ids.slice(first, last + 1) }
}

/** One label's number, a number, or for each label 1 or 0. */
function targetOf(
  set: ExampleSet,
  at: number,
  problem: ScoreProblem | undefined
): number | readonly number[] {
  const all = set.targets ?? new Float32Array()
  const width = all.length / set.lengths.length
  const own = [...all.subarray(at * width, (at + 1) * width)]
  return problem === 'multi_label_classification' ? own : (own[0] as number)
}
