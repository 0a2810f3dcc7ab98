// Models that services made, asked from the terminal: what would leave is said line by line, agreed to, kept with the run, and only
// then asked.
import {
  askingOf,
  agreeToAsk,
  nameThere,
  type AskThere,
  type AskedThere
} from '../services/runners/cloud/cloud-answers'
import { noteDeployment, type RemoteResult } from '../services/runners/elsewhere-file'
import { placeText } from '../services/runners/places'
import { cloudWords } from '../words/cloud'
import type { Arguments } from './arguments'
import { findRun } from './find-run'
import { agreeToLeaving } from './leaving'
import type { Context } from './context'
import type { Flag } from './command'

export const serviceFlags: readonly Flag[] = [
  { name: 'deployment', kind: 'text', value: 'NAME' },
  { name: 'send', kind: 'switch' },
  { name: 'unmasked', kind: 'switch' }
]

/** Kept in the folder of the run that it is asked about. Throws CLOUD_DEPLOYMENT_NEEDED, CONSENT_NEEDED, CANCELLED, UNMASKED_NOT_SAID, CLOUD_KEY_NEEDED. */
export async function agreeToAsking(
  there: RemoteResult,
  runDir: string,
  asked: AskedThere,
  args: Arguments,
  context: Context
): Promise<AskThere> {
  const { language, out, parts } = context
  const name = nameThere(there)
  const leaving = askingOf({ place: there.place, model: name }, asked, language)
  const ask = await parts.elsewhere.askerOf(there, name, leaving)
  await agreeToLeaving(context, {
    ...{ to: there.place, leaving, runDir, warning: null },
    unmasked: args.has('unmasked'),
    send: args.has('send'),
    keep: () => agreeToAsk(runDir, leaving)
  })
  return (messages, how) =>
    ask(messages, {
      ...how,
      onBusy: (seconds) =>
        out.warning(cloudWords(language).asking.busy(placeText(there.place), String(seconds)))
    })
}

/** Said once, it is known: also in the window. Of the runs that are named. */
export async function noteDeployments(
  runs: readonly string[],
  args: Arguments,
  { parts }: Context
): Promise<void> {
  const deployment = args.text('deployment')
  if (deployment === undefined) return
  for (const run of runs) await noteDeployment((await findRun(run, parts.store)).dir, deployment)
}
