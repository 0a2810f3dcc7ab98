// The whole grammar as a stream of dialogues, the same for the same seed on every machine; and its examination.
import { delivery } from './delivery'
import { heldOutQuestion, makeDialogue, type Dialogue } from './dialogue'
import { care } from './care'
import { gifts } from './gifts'
import { office } from './office'
import { payment } from './payment'
import { Chance } from './random'
import { returns } from './returns'
import { smallTalk } from './small-talk'
import { store } from './store'
import { teaTopics } from './teas'
import type { Topic } from './topics'

export type { Dialogue }

export const topics: readonly Topic[] = [
  ...delivery,
  ...returns,
  ...payment,
  ...gifts,
  ...store,
  ...care,
  ...teaTopics,
  ...office,
  ...smallTalk
]

export function* dialogues(seed: number, count: number): Generator<Dialogue> {
  const chance = new Chance(seed)
  for (let i = 0; i < count; i++) yield makeDialogue(topics, chance)
}

/** Questions never trained on: at most one of every topic and language that has facts. */
export function examination(seed: number): readonly Dialogue[] {
  const chance = new Chance(seed)
  const questions: Dialogue[] = []
  for (const topic of topics) {
    for (const language of ['ja', 'en'] as const) {
      if (topic[language].facts.every((fact) => fact === '')) continue
      const question = heldOutQuestion(topic, language, chance)
      if (question !== null) questions.push(question)
    }
  }
  return questions
}
