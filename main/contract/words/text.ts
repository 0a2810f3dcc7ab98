// Words of the text errors. Imports nothing but the form.
import type { ErrorWords } from './language'

export const textWords: ErrorWords = {}
