// A training elsewhere on the terminal: what would leave is said line by line, agreed to by whoever sits there (or by
// --send), kept, and then sent. Ctrl-C is a pause there; a second one leaves it to go on alone.
import type { CloudTerms, RemotePlace, Spread } from '../contract/elsewhere'
import type { RunPlace } from '../services/runs/run-view'
import type { Context } from './context'
import { agreeToLeaving } from './leaving'

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

/** Throws CONSENT_NEEDED where nobody can be asked, CANCELLED where it was refused; UNMASKED_NOT_SAID where personal data is in it that
 *  nobody spoke of. */
export async function agreeToSend(
  context: Context,
  place: RunPlace,
  { to, modelThere, spread, cloud, unmasked, send }: Wish
): Promise<void> {
  const { words, language, parts } = context
  const leaving = await parts.elsewhere.look(place, { to, modelThere, spread, cloud, language })
  await agreeToLeaving(context, {
    ...{ to, leaving, unmasked, send, runDir: place.dir, warning: words.elsewhere.unmasked },
    keep: () => parts.elsewhere.agree(place, leaving, { modelThere, spread, cloud })
  })
}

/** A folder is written, and its work goes on by hand. */
export async function handOver(context: Context, place: RunPlace): Promise<void> {
  const { out, words, parts } = context
  const dir = await parts.elsewhere.handOver(place)
  out.event('handedOver', { run: place.dir, dir })
  out.line(words.elsewhere.written(dir))
  out.line(`  neiro take-back ${dir}`)
}
