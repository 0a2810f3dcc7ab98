// Models that services made, asked from the terminal: what would leave is said line by line, agreed to, kept with the run, and only
// then asked.
import { NeiroError } from '../contract/errors'
import {
  askingOf,
  agreeToAsk,
  nameThere,
  type AskThere,
  type AskedThere
} from '../services/runners/cloud/cloud-answers'
import type { RemoteResult } from '../services/runners/elsewhere-file'
import { cloudWords } from '../words/cloud'
import { placeText } from '../services/runners/places'
import type { Arguments } from './arguments'
import { isAgreed } from './elsewhere'
import { cancelled, type Context } from './context'
import type { Flag } from './command'

export const serviceFlags: readonly Flag[] = [
  { name: 'deployment', kind: 'text', value: 'NAME' },
  { name: 'send', kind: 'switch' },
  { name: 'unmasked', kind: 'switch' }
]

/** What it is called where it answers. Throws CLOUD_DEPLOYMENT_NEEDED. */
export const nameOf = (there: RemoteResult, args: Arguments): string =>
  nameThere(there, args.text('deployment'))

/** Kept in the folder of the run that it is asked about. Throws CONSENT_NEEDED, CANCELLED, UNMASKED_NOT_SAID, CLOUD_KEY_NEEDED. */
export async function agreeToAsking(
  there: RemoteResult,
  runDir: string,
  asked: AskedThere,
  args: Arguments,
  context: Context
): Promise<AskThere> {
  const { out, language, parts } = context
  const name = nameOf(there, args)
  const leaving = askingOf({ place: there.place, model: name }, asked, language)
  const ask = await parts.elsewhere.askerOf(there, name, leaving)
  out.event('leaving', {
    place: placeText(there.place),
    said: leaving.said,
    bytes: leaving.bytes,
    personal: leaving.personal
  })
  out.line()
  out.line(out.style(leaving.title, 'bold'))
  for (const line of leaving.said) out.line(`  - ${line}`)
  if (leaving.personal > 0 && !args.has('unmasked'))
    throw new NeiroError('UNMASKED_NOT_SAID', { rows: String(leaving.personal) })
  if (!args.has('send') && !(await isAgreed(context))) throw cancelled()
  out.line(cloudWords(language).cli.kept(await agreeToAsk(runDir, leaving)))
  out.event('agreed', { run: runDir, place: placeText(there.place) })
  return ask
}
