// What can go wrong, in the words both sides speak. Imports nothing. An error is a stable code with the
// figures behind it; its sentence and its way out in each language stand in main/words.

export type Details = Readonly<Record<string, string>>

export interface NeiroErrorData {
  readonly code: string
  readonly details: Details
}

export class NeiroError extends Error implements NeiroErrorData {
  override readonly name = 'NeiroError'
  constructor(
    readonly code: string,
    readonly details: Details = {}
  ) {
    // for logs: FILE_MISSING file="/models/config.json"
    super([code, ...Object.entries(details).map(([name, value]) => `${name}="${value}"`)].join(' '))
  }

  toData(): NeiroErrorData {
    return { code: this.code, details: this.details }
  }

  /** The error itself where it is one of ours; anything else is something that nobody foresaw. */
  static of(error: unknown): NeiroError {
    if (error instanceof NeiroError) return error
    return new NeiroError('INTERNAL', { reason: error instanceof Error ? error.message : String(error) })
  }

  static fromData(data: NeiroErrorData): NeiroError {
    return new NeiroError(data.code, data.details)
  }
}
