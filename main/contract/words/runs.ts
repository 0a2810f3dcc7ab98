// Words of the runs errors. Imports nothing but the form.
import type { ErrorWords } from './language'

export const runWords: ErrorWords = {}
