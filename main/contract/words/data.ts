// Words of the data errors. Imports nothing but the form.
import type { ErrorWords } from './language'

export const dataWords: ErrorWords = {}
