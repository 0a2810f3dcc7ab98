// The honest adviser: what the four answers say about whether training is the right way. Pure.
import type { GoalAnswers } from '../../main/contract/window/projects'

export type Advice = 'none' | 'facts' | 'prompt' | 'few' | 'good'

export function adviceFor(answers: GoalAnswers): Advice {
  if (answers.newFacts === 'yes') return 'facts'
  if (answers.tried === 'no') return 'prompt'
  if (
    answers.useCase === null ||
    answers.tried === null ||
    answers.newFacts === null ||
    answers.volume === null
  )
    return 'none'
  return answers.volume === 'few' ? 'few' : 'good'
}
