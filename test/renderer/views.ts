// A project, a run and a preset as main would send them, for tests that care about a field or two.
import { planOnCpu } from '../fixtures/memory-plan'
import { settingRows, type Settings } from '../../main/contract/settings'
import type { Project } from '../../main/contract/window/projects'
import type { Preset, RunView, TrainingPlan } from '../../main/contract/window/training'

export const aProject = (change: Partial<Project> = {}): Project => ({
  id: 'project',
  name: 'Support',
  company: 'Komorebi',
  step: 'goal',
  reached: 'goal',
  goal: 'tone',
  answers: { useCase: null, tried: null, newFacts: null, volume: null },
  sample: false,
  modelId: null,
  modelName: null,
  examples: null,
  systemPrompt: '',
  createdAt: '2026-11-21T05:00:00.000Z',
  workedAt: '2026-11-21T05:00:00.000Z',
  runs: 0,
  activeRun: null,
  chosenRun: null,
  shownPath: '/projects/support',
  ...change
})

export const theSettings = Object.fromEntries(
  Object.entries(settingRows).map(([key, row]) => [key, row.default])
) as unknown as Settings

export const aRun = (change: Partial<RunView> = {}): RunView =>
  ({
    id: 'run',
    project: 'project',
    elsewhere: null,
    name: 'Quick try',
    state: 'finished',
    step: 10,
    totalSteps: 10,
    createdAt: '2026-11-21T05:00:00.000Z',
    best: null,
    preset: 'quick',
    settings: theSettings,
    questions: [],
    compared: false,
    answered: 0,
    exported: 0,
    notices: [],
    ...change
  }) as RunView

export const aPlan = (change: Partial<TrainingPlan> = {}): TrainingPlan => ({
  memory: planOnCpu({
    ...{ weights: 1, adapter: 1, gradients: 1, optimizer: 1 },
    ...{ activations: 1, workspace: 1, runtime: 1 }
  }),
  memoryAvailable: 100,
  memoryTotal: 200,
  fit: 'fits',
  seconds: 60,
  steps: 10,
  trainExamples: 10,
  heldOutExamples: 2,
  trainTokens: 100,
  onGpus: { gpus: 1, seconds: 1 },
  cutExamples: 0,
  longestExample: 12,
  remedy: null,
  ...change
})

export const aPreset = (change: Partial<Preset> = {}): Preset => ({
  key: 'balanced',
  settings: theSettings,
  part: 1,
  reasons: [],
  plan: aPlan(),
  recommended: false,
  ...change
})
