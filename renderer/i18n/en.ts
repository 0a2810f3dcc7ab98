// The English dictionary: the same form as the Japanese one, complete by type.
import { common } from './common.en'
import { data, model } from './data.en'
import { goal, home } from './home.en'
import type { Words } from './ja'
import { runs, settings } from './runs.en'

export const en: Words = { common, home, goal, data, model, runs, settings }
