// Models that services made, asked from the terminal: what would leave is said line by line, agreed to, kept with the run, and only
// then asked.
import {
  askingOf,
  agreeToAsk,
  nameThere,
  type AskThere,
  type AskedThere
} from '../services/runners/cloud/cloud-answers'
import type { RemoteResult } from '../services/runners/elsewhere-file'
import type { Arguments } from './arguments'
import { agreeToLeaving } from './leaving'
import type { Context } from './context'
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
  const { language, parts } = context
  const name = nameOf(there, args)
  const leaving = askingOf({ place: there.place, model: name }, asked, language)
  const ask = await parts.elsewhere.askerOf(there, name, leaving)
  await agreeToLeaving(context, {
    ...{ to: there.place, leaving, runDir, warning: null },
    unmasked: args.has('unmasked'),
    send: args.has('send'),
    keep: () => agreeToAsk(runDir, leaving)
  })
  return ask
}
