// Words of the engine errors. Imports nothing but the form.
import type { ErrorWords } from './language'

export const engineWords: ErrorWords = {}
