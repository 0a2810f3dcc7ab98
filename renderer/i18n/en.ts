// The English dictionary: the same form as the Japanese one, complete by type.
import { common } from './common.en'
import { data, model } from './data.en'
import { goal, home } from './home.en'
import type { Words } from './ja'
import { compare, exporting } from './results.en'
import { runs, settings } from './runs.en'
import { train } from './train.en'

export const en: Words = { common, home, goal, data, model, train, compare, exporting, runs, settings }
