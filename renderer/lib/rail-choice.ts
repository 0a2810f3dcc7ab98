// The choice that was made at a step, in words for the rail: the rail is the recipe. Pure.
import type { Language } from '../../main/contract/language'
import { starterId, type Project, type Step } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { windowWords } from '../../main/words/window'
import { count, decimal, percent } from './format'

export function railChoice(
  step: Step,
  project: Project,
  runs: readonly RunView[],
  language: Language
): string {
  const words = windowWords[language].common
  switch (step) {
    case 'goal':
      return words.goalTone
    case 'data':
      return project.examples === null ? '' : words.pairs(count(project.examples, language))
    case 'model':
      return project.modelId === starterId ? words.practiceModel : (project.modelName ?? '')
    case 'train': {
      const running = runs.find((run) => run.state === 'running')
      if (running)
        return words.training(percent(running.totalSteps > 0 ? running.step / running.totalSteps : 0))
      return runs.length > 0 ? words.runCount(count(runs.length, language)) : ''
    }
    case 'compare':
      return project.bestEvalLoss === null
        ? ''
        : words.heldOutLoss(decimal(project.bestEvalLoss, 2, language))
    case 'export':
      return ''
  }
}
