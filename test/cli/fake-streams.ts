// A terminal, or a pipe, that remembers what was written to it.
import { Output, type Stream } from '../../main/cli/output'
import type { Language } from '../../main/contract/language'

export class FakeStream implements Stream {
  text = ''
  constructor(
    readonly isTTY: boolean,
    readonly columns: number | undefined = isTTY ? 120 : undefined
  ) {}
  write(text: string): void {
    this.text += text
  }
}

export interface Speaking {
  readonly out: Output
  readonly stdout: FakeStream
  readonly stderr: FakeStream
}

export function speaking(o: {
  readonly tty?: boolean
  readonly json?: boolean
  readonly language?: Language
  readonly env?: Record<string, string>
}): Speaking {
  const stdout = new FakeStream(o.tty ?? false)
  const stderr = new FakeStream(o.tty ?? false)
  const out = new Output({
    stdout,
    stderr,
    json: o.json ?? false,
    language: o.language ?? 'en',
    env: o.env ?? {}
  })
  return { out, stdout, stderr }
}
