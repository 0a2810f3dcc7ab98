// What would leave this machine, on the terminal: said line by line, agreed to by whoever sits there (or by --send), and kept before
// anything goes.
import { createInterface } from 'node:readline/promises'
import type { RemotePlace } from '../contract/elsewhere'
import { NeiroError } from '../contract/errors'
import type { Leaving } from '../services/runners/leaving'
import { placeText } from '../services/runners/places'
import { cloudWords } from '../words/cloud'
import { cancelled, type Context } from './context'

export interface Agreement {
  readonly to: RemotePlace
  readonly leaving: Leaving
  /** of the run that it is kept with */
  readonly runDir: string
  /** personal data in it may go, too: said on the command line */
  readonly unmasked: boolean
  /** agreed to on the command line */
  readonly send: boolean
  /** personal data in it is warned of, beside what is said */
  readonly warning: string | null
  /** answers with the sheet that says what was agreed to */
  readonly keep: () => Promise<string>
}

/** Throws CONSENT_NEEDED where nobody can be asked, CANCELLED where it was refused; UNMASKED_NOT_SAID where personal data is in it that
 *  nobody spoke of. */
export async function agreeToLeaving(context: Context, agreement: Agreement): Promise<void> {
  const { out, language } = context
  const { to, leaving, runDir, unmasked, send, warning, keep } = agreement
  const place = placeText(to)
  const { said, bytes, personal } = leaving
  out.event('leaving', { place, said, bytes, personal })
  out.line()
  out.line(out.style(leaving.title, 'bold'))
  for (const line of said) out.line(`  - ${line}`)
  if (personal > 0 && !unmasked) throw new NeiroError('UNMASKED_NOT_SAID', { rows: String(personal) })
  if (personal > 0 && warning !== null) out.warning(warning)
  if (!send && !(await isAgreed(context, context.words.elsewhere.agree))) throw cancelled()
  out.line(cloudWords(language).cli.kept(await keep()))
  out.event('agreed', { run: runDir, place })
}

/** Throws CONSENT_NEEDED where nobody can be asked. */
export async function isAgreed({ out, stdin, stdout }: Context, question: string): Promise<boolean> {
  if (stdin.isTTY !== true || out.json) throw new NeiroError('CONSENT_NEEDED')
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return /^(y|yes|はい|ｙ)$/i.test((await lines.question(`${question} `)).trim())
  } finally {
    lines.close()
  }
}
