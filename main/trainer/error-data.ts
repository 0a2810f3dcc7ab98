// Any failure as data that may cross to the host: our own errors, the engine's, and the unexpected.
import { NeiroError, type NeiroErrorData } from '../contract/errors'

export function errorData(error: unknown): NeiroErrorData {
  if (error instanceof NeiroError) return error.toData()
  const { code, message, details } = error as Partial<NeiroErrorData>
  // the engine's errors carry their details; an error of Node has a code but none
  if (code && details) return { code, details, message: message ?? code, hint: '' }
  return {
    code: 'INTERNAL',
    message: `Something unexpected happened: ${message ?? String(error)}.`,
    hint: 'Try again; if it happens again, please send the log.',
    details: { reason: message ?? String(error) }
  }
}
