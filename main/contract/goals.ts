// One row per goal of the window: what a project is for decides which examples it wants, how it may be trained, which
// figures are looked at, how its results are shown and what may be written of them. The words are words.goal.goals.
import { methodRows, rates, type MethodKey } from './methods'
import type { FigureName } from './figures'
import type { DataShape, Example, KindCounts } from './records'
import type { AdapterKind } from './setting-rows'
import { isVirtual } from './virtual-tokens'
import { exportKindNames, type ExportKind } from './window/results'

export interface GoalRow {
  /** kinds of examples that it learns from */
  readonly examples: readonly Example['kind'][]
  /** of a file that is added and could be read as several: the shape that is meant; absent: the most telling one */
  readonly shape?: DataShape
  /** ways to train, the one of the presets first */
  readonly methods: readonly [MethodKey, ...MethodKey[]]
  /** further ones, that nobody gets but by choosing them */
  readonly expert: readonly MethodKey[]
  /** what is said of a run first, where it was measured */
  readonly figure: FigureName
  /** what the compare room shows: answers side by side, labels, or how unseen pages go on */
  readonly shows: 'answers' | 'labels' | 'continuations'
  readonly exports: readonly ExportKind[]
}

export const goalRows = {
  tone: {
    examples: ['conversation', 'text'],
    methods: ['sft', 'full'],
    expert: ['grpo', 'rloo', 'ppo', 'multi-task'],
    figure: 'loss',
    shows: 'answers',
    exports: exportKindNames
  },
  sort: {
    examples: ['labelled'],
    shape: 'text-label',
    methods: ['classification', 'classification-full'],
    expert: [],
    figure: 'accuracy',
    shows: 'labels',
    exports: ['merged', 'peft']
  },
  /** of two answers the one, and what is liked rather than what is not */
  prefer: {
    examples: ['preference', 'rated'],
    methods: ['dpo', 'orpo', 'cpo', 'kto'],
    expert: ['reward'],
    figure: 'rewardAccuracy',
    shows: 'answers',
    exports: exportKindNames
  },
  /** how a house writes, from its documents */
  documents: {
    examples: ['text'],
    shape: 'text',
    methods: ['continued', 'continued-full'],
    expert: [],
    figure: 'loss',
    shows: 'continuations',
    exports: exportKindNames
  }
} as const satisfies Readonly<Record<string, GoalRow>>

export type GoalKey = keyof typeof goalRows
export const goalKeys = Object.keys(goalRows) as readonly GoalKey[] as readonly [GoalKey, ...GoalKey[]]
export const goalRow = (goal: GoalKey): GoalRow => goalRows[goal]

/** All ways of a goal. */
export const waysOf = (goal: GoalKey): readonly MethodKey[] => [
  ...goalRow(goal).methods,
  ...goalRow(goal).expert
]

/** The goal that a training by this method is for, whatever its project is for today; else one of the same head. */
export const goalOf = (method: MethodKey): GoalKey =>
  goalKeys.find((goal) => waysOf(goal).includes(method)) ??
  goalKeys.find((goal) => headOf(goal) === methodRows[method].head) ??
  goalKeys[0]

/** What the compare room shows of a run by this method: how its goal is seen, or the points that replies are given. */
export const shownBy = (method: MethodKey): GoalRow['shows'] | 'points' =>
  rates(method) ? 'points' : goalRow(goalOf(method)).shows

/** What may be written of a run by this method: who gives scores is opened by Transformers and PEFT alone. */
export const exportsOf = (method: MethodKey, adapter: AdapterKind = 'lora'): readonly ExportKind[] =>
  // what stands before examples is none of the weights
  methodRows[method].trains === 'adapter' && isVirtual(adapter)
    ? ['peft']
    : goalRow(methodRows[method].head === 'score' ? 'sort' : goalOf(method)).exports

/** The way of a goal that learns from most of what is there; the earlier one of several. */
export function methodFor(goal: GoalKey, kinds: KindCounts): MethodKey {
  const learnt = (method: MethodKey): number =>
    methodRows[method].examples.reduce((sum, kind) => sum + kinds[kind], 0)
  const { methods } = goalRow(goal)
  return methods.reduce((best, method) => (learnt(method) > learnt(best) ? method : best), methods[0])
}

/** What is said first of a run by this method: what its goal says where it measures that, else what it says itself. */
export function figureOf(method: MethodKey): FigureName {
  if (rates(method)) return 'pointAccuracy'
  const { methods, figure } = goalRow(goalOf(method))
  return methods.includes(method) ? figure : methodRows[method].best
}

/** What the models of a goal do: say words, or score whole texts. */
export const headOf = (goal: GoalKey): 'language' | 'score' => methodRows[goalRow(goal).methods[0]].head
