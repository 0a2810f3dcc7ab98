// What leaves this machine when a service trains, said before it does, with what that may cost. Pure.
import { isCloud, type CloudTerms, type RemotePlace } from '../../../contract/elsewhere'
import type { Language } from '../../../contract/language'
import { cloudWords } from '../../../words/cloud'
import { remoteWords } from '../../../words/remote'
import { megabytes, type Leaving } from '../leaving'
import { cloudLimits } from './cloud-limits'
import type { WrittenCloud } from './cloud-folder'

export interface CloudLeavingFacts {
  readonly to: RemotePlace
  readonly terms: CloudTerms
  readonly written: WrittenCloud
  readonly hasSystemPrompt: boolean
  readonly personal: number
  readonly language: Language
}

export function cloudLeavingOf(facts: CloudLeavingFacts): Leaving {
  const { to, terms, written, hasSystemPrompt, personal, language } = facts
  const { leaving: words } = cloudWords(language)
  const { recipe, training, validation } = written
  const bytes = training.bytes + (validation?.bytes ?? 0)
  const whole = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const passes = String(recipe.epochs)
  const all = training.tokens * recipe.epochs
  const tooLong = training.tooLong + (validation?.tooLong ?? 0)
  const { method } = recipe
  const { title } = remoteWords(language).leaving
  return {
    to,
    title: title(placeName(to, language)),
    said: [
      words.examples(String(training.examples), String(validation?.examples ?? 0)),
      ...(hasSystemPrompt ? [words.system] : []),
      words.asked(terms.model, passes),
      ...(method.type === 'dpo' ? [words.beta(String(method.beta))] : []),
      words.size(megabytes(bytes)),
      words.tokens(whole.format(training.tokens), passes, whole.format(all)),
      terms.price === null
        ? words.noPrice
        : words.cost(whole.format((all / 1e6) * terms.price), String(terms.price)),
      ...(tooLong > 0 && isCloud(to.kind)
        ? [words.tooLong(String(tooLong), String(cloudLimits[to.kind].mostTokens))]
        : []),
      words.stays,
      words.kept,
      ...(to.kind === 'openai' ? [words.ends] : []),
      words.masked(String(personal))
    ],
    examples: { train: training.examples, heldOut: validation?.examples ?? 0 },
    bytes,
    personal,
    language
  }
}

const placeName = ({ kind, where }: RemotePlace, language: Language): string =>
  remoteWords(language).places[kind](where)
