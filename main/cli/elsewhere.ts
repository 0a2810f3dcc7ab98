// A training elsewhere on the terminal: what would leave is said line by line, agreed to by whoever sits there (or by
// --send), kept, and then sent. Ctrl-C is a pause there; a second one leaves it to go on alone.
import { createInterface } from 'node:readline/promises'
import { isCloud, type CloudTerms, type RemotePlace, type Spread } from '../contract/elsewhere'
import { NeiroError } from '../contract/errors'
import { cloudWords } from '../words/cloud'
import { placeText } from '../services/runners/places'
import type { RunPlace } from '../services/runs/run-view'
import { cancelled, type Context } from './context'

export interface Wish {
  readonly to: RemotePlace
  readonly modelThere?: string | undefined
  readonly spread?: Spread | undefined
  readonly cloud?: CloudTerms | undefined
  /** personal data in it may go, too: said on the command line */
  readonly unmasked: boolean
  /** agreed to on the command line */
  readonly send: boolean
}

/** Throws CONSENT_NEEDED where nobody can be asked, CANCELLED where it was refused; UNMASKED_NOT_SAID where a service would be sent
 *  personal data that nobody spoke of. */
export async function agreeToSend(
  context: Context,
  place: RunPlace,
  { to, modelThere, spread, cloud, unmasked, send }: Wish
): Promise<void> {
  const { out, words, language, parts } = context
  const leaving = await parts.elsewhere.look(place, { to, modelThere, spread, cloud, language })
  out.event('leaving', {
    place: placeText(to),
    said: leaving.said,
    bytes: leaving.bytes,
    personal: leaving.personal
  })
  out.line()
  out.line(out.style(leaving.title, 'bold'))
  for (const line of leaving.said) out.line(`  - ${line}`)
  if (leaving.personal > 0 && isCloud(to.kind) && !unmasked)
    throw new NeiroError('UNMASKED_NOT_SAID', { rows: String(leaving.personal) })
  if (leaving.personal > 0) out.warning(words.elsewhere.unmasked)
  if (!send && !(await isAgreed(context))) throw cancelled()
  const sheet = await parts.elsewhere.agree(place, leaving, { modelThere, spread, cloud })
  out.line(cloudWords(language).cli.kept(sheet))
  out.event('agreed', { run: place.dir, place: placeText(to) })
}

export async function isAgreed({ out, words, stdin, stdout }: Context): Promise<boolean> {
  if (stdin.isTTY !== true || out.json) throw new NeiroError('CONSENT_NEEDED')
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return /^(y|yes|はい|ｙ)$/i.test((await lines.question(`${words.elsewhere.agree} `)).trim())
  } finally {
    lines.close()
  }
}

/** A folder is written, and its work goes on by hand. */
export async function handOver(context: Context, place: RunPlace): Promise<void> {
  const { out, words, parts } = context
  const dir = await parts.elsewhere.handOver(place)
  out.event('handedOver', { run: place.dir, dir })
  out.line(words.elsewhere.written(dir))
  out.line(`  neiro take-back ${dir}`)
}
