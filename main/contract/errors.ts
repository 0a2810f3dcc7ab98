// What can go wrong, in the words both sides speak. Imports nothing. An error is a stable code with the
// figures behind it; its sentence and its way out in each language stand in words/errors.ja.ts and .en.ts.

export interface NeiroErrorData {
  readonly code: string
  readonly details: Readonly<Record<string, string>>
  /** English sentence, for logs and for codes without words */
  readonly message: string
  readonly hint: string
}

export class NeiroError extends Error implements NeiroErrorData {
  override readonly name = 'NeiroError'
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly details: Readonly<Record<string, string>> = {}
  ) {
    super(message)
  }

  toData(): NeiroErrorData {
    return { code: this.code, details: this.details, message: this.message, hint: this.hint }
  }

  static fromData(data: NeiroErrorData): NeiroError {
    return new NeiroError(data.code, data.message, data.hint, data.details)
  }
}
