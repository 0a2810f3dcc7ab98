// Words of the tasks errors. Imports nothing but the form.
import type { ErrorWords } from './language'

export const taskWords: ErrorWords = {}
