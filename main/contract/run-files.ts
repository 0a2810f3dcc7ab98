// What lies where in a run folder, and the form of state.json. Names only; imports nothing but its neighbours.
import type { NeiroErrorData } from './errors'
import type { RunState } from './records'

/** Paths relative to the run folder, with forward slashes. */
export const runFiles = {
  recipe: 'recipe.yaml',
  job: 'job.json',
  state: 'state.json',
  /** what the run remembers of itself: services/runs/run-file.ts */
  own: 'run.json',
  metrics: 'metrics.jsonl',
  log: 'log.txt',
  /** the examples as files that the recipe names */
  data: 'data',
  prepared: 'prepared',
  train: 'prepared/train.safetensors',
  heldOut: 'prepared/held-out.safetensors',
  /** PEFT folder that it goes on from, where it does */
  start: 'start',
  /** PEFT folder of the model that gives its answers points, where one does */
  judge: 'judge',
  checkpoints: 'checkpoints',
  /** the best so far in the form of the result, for readers; the trainer itself goes by checkpoints/best-NNNNNN */
  best: 'best',
  /** the result by what was trained: a PEFT folder, or a whole model */
  adapter: 'adapter',
  model: 'model',
  /** in the PEFT folder, the heads that learnt beside the language head */
  heads: 'heads.safetensors',
  /** where it is trained, where that is not here: services/runners/elsewhere-file.ts */
  elsewhere: 'elsewhere.json',
  /** what was asked of services about it: the same file */
  asked: 'asked.json',
  /** what a leak test of its result counted: services/doctor/leak/kept-leak.ts */
  leak: 'leak.json',
  /** answers and scores, a folder for each thing that was evaluated: services/evaluation */
  evaluations: 'evaluations',
  /** the same of neiro advise: other ways are asked there */
  advice: 'advice',
  /** in each of them: services/evaluation/sheet.ts */
  evaluationItems: 'items.jsonl',
  /** the same of the first version */
  comparison: 'comparison.json'
} as const

/** state.json: replaced whole. `running` without a living holder of the run means interrupted. */
export interface RunStateFile {
  readonly version: 1
  readonly name: string
  readonly createdAt: string
  readonly state: RunState
  readonly step: number
  readonly totalSteps: number
  /** of the trainer that wrote this; null before the first start */
  readonly pid: number | null
  readonly updatedAt: string
  /** instruction set of the processor that trained it last: the same bits are promised for one only */
  readonly backend?: string
  /** the GPU that trained it last; null: the CPU did */
  readonly gpu?: string | null
  /** why auto did not take the GPU then; null: it did, or was not asked */
  readonly notOnGpu?: string | null
  readonly error?: NeiroErrorData
}

export const stepFolder = (step: number): string => `step-${String(step).padStart(6, '0')}`
export const bestFolder = (step: number): string => `best-${String(step).padStart(6, '0')}`
