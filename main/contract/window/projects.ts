// Projects as the window sees them. A project is a folder; everything here is derived from it.

import type { NeiroErrorData } from '../errors'
import type { GoalKey } from '../goals'

/** the model that is built in, as a project names it */
export const starterId = 'starter'

export const steps = ['goal', 'data', 'model', 'train', 'compare', 'export'] as const
export type Step = (typeof steps)[number]

/** The adviser's four questions (use, alternatives tried, what it should learn, how much) and their answers. */
export interface GoalAnswers {
  readonly useCase: 'reply' | 'internal' | 'other' | null
  /** a prompt alone was tried and was not enough */
  readonly tried: 'yes' | 'no' | null
  readonly newFacts: 'no' | 'yes' | null
  /** texts written a month: under 100, to 1,000, more */
  readonly volume: 'few' | 'some' | 'many' | null
}

export interface Project {
  readonly id: string
  readonly name: string
  readonly company: string
  /** where the user left it */
  readonly step: Step
  /** the furthest step that can be opened */
  readonly reached: Step
  readonly goal: GoalKey
  readonly answers: GoalAnswers
  readonly sample: boolean
  readonly modelId: string | null
  readonly modelName: string | null
  /** examples that can be learnt; null before the first file */
  readonly examples: number | null
  readonly systemPrompt: string
  readonly createdAt: string
  /** when anything was last chosen or changed in it; its runs say their own times */
  readonly workedAt: string
  readonly runs: number
  readonly activeRun: string | null
  readonly chosenRun: string | null
  readonly shownPath: string
}

/** A place on the list whose project cannot be read now: broken, newer, or on a drive that is not connected. */
export interface LostProject {
  readonly id: string
  readonly name: string
  readonly shownPath: string
  /** in the app's own place: its folder can be put away; else only its place is forgotten */
  readonly own: boolean
  readonly error: NeiroErrorData
}

/** What was put away and can be brought back. */
export interface PutAway {
  readonly undo: string
  readonly name: string
  /** where it was: a folder, or of a run its project */
  readonly about: string
  readonly removedAt: string
  readonly daysLeft: number
}

/** characters of a project's name, as it is kept */
export const longestName = 200

/** The name itself; of one that is taken, numbered: no two projects are called alike. */
export function freeName(name: string, taken: readonly string[]): string {
  const alike = new Set(taken.map((other) => other.normalize('NFC')))
  for (let n = 1; ; n++) {
    const number = n === 1 ? '' : ` ${n}`
    // what is cut off to make room never leaves half a sign
    const free = name.slice(0, longestName - number.length).replace(/[\uD800-\uDBFF]$/, '') + number
    if (!alike.has(free.normalize('NFC'))) return free
  }
}

export interface ProjectCalls {
  'projects.list': { args: Record<string, never>; result: readonly Project[] }
  'projects.create': { args: { name: string; company: string; sample: boolean }; result: Project }
  /** a project folder that was moved or copied here */
  'projects.open': { args: { fileId: string }; result: Project }
  'projects.get': { args: { id: string }; result: Project }
  'projects.update': {
    args: {
      id: string
      name?: string
      company?: string
      step?: Step
      goal?: GoalKey
      /** what is not named stays */
      answers?: Partial<GoalAnswers>
      systemPrompt?: string
      modelId?: string
      chosenRun?: string
    }
    result: Project
  }
  /** moved to the app's own bin for 30 days; undo with restore */
  'projects.remove': { args: { id: string }; result: { undo: string } }
  /** null: it is back on the list, and cannot be read */
  'projects.restore': { args: { undo: string }; result: Project | null }
  'projects.bin': { args: Record<string, never>; result: readonly PutAway[] }
  'projects.lost': { args: Record<string, never>; result: readonly LostProject[] }
  /** takes a lost one off the list; undo with restore */
  'projects.forget': { args: { id: string }; result: { undo: string } }
  /** a lost one lies elsewhere now: that folder is opened, and the old place forgotten */
  'projects.relocate': { args: { id: string; fileId: string }; result: Project }
}
