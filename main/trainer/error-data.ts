// Any failure as data that may cross to the host: our own errors, the engine's, and the unexpected.
import { NeiroError, type Details, type NeiroErrorData } from '../contract/errors'
import { knownError } from '../files/file-errors'

export function errorData(error: unknown): NeiroErrorData {
  if (error instanceof NeiroError) return error.toData()
  const { code, details } = (error ?? {}) as { code?: string; details?: Details }
  // the engine's errors carry their details; an error of Node has a code but none
  if (code && details) return { code, details }
  return knownError(error).toData()
}
