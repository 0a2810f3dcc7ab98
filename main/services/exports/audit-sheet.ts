// AUDIT.md beside an export, for whoever has to say later what this model is: base and licence, fingerprints of the
// data, settings and scores (README.md has them too), how the export was checked, versions. Nothing of the data itself.
import type { Departure } from '../../contract/elsewhere'
import type { Language } from '../../contract/language'
import type { ExportFormat, ExportKind, SecondNumbers } from '../../contract/window/results'
import { cardWords } from '../../words/card'
import { keptText, updatesText } from '../../words/learnt-length'
import type { Origin } from '../models/origins'
import type { Model } from '../models/read-model'
import { cardText } from './card-text'
import { departureRows } from './departure-rows'
import type { BuiltOn } from './model-card'
import type { RunFacts } from './run-facts'
import type { ExportCheck } from './write-export'

export interface AuditFacts {
  readonly kind: ExportKind
  readonly dtype: ExportFormat
  readonly title: string
  readonly model: Pick<Model, 'name' | 'licence'>
  readonly origin: Origin | null
  /** null or absent: somebody chose the model */
  readonly builtOn?: BuiltOn | null | undefined
  readonly run?: RunFacts | undefined
  readonly check: ExportCheck
  /** what left this machine to be trained elsewhere, oldest first */
  readonly departures: readonly Departure[]
  /** ISO 8601 */
  readonly date: string
  readonly language: Language
}

function secondText(second: SecondNumbers, language: Language): string {
  const { audit } = cardWords(language)
  if (second.checked) return `${audit.secondSame} (${second.largest.toExponential(2)})`
  return `${audit.notSecond}: ${audit.whyNot[second.why]}${second.what === '' ? '' : ` (${second.what})`}`
}

export function auditSheet(facts: AuditFacts): string {
  const { kind, dtype, title, model, origin, builtOn, run, check, departures, date, language } = facts
  const words = cardWords(language).audit
  const rows: (readonly [string, string | null | undefined])[] = [
    [words.made, date],
    [words.kind, `${kind}${kind === 'peft' || kind === 'gguf-adapter' ? '' : ` (${dtype})`}`],
    [words.base, origin?.model ?? builtOn?.model ?? model.name],
    [words.begunWith, builtOn?.run],
    [words.revision, origin?.revision],
    [words.licence, origin?.licence.name ?? model.licence],
    [words.agreed, origin?.licence.agreedOn],
    [words.trained, run?.date],
    [words.updates, run && updatesText(run, language)],
    [words.kept, run && keptText(run, language)],
    [words.data, run?.trainPrint],
    [words.heldOut, run?.heldOutPrint],
    [words.prompts, check.prompts > 0 ? String(check.prompts) : null],
    [words.largest, check.prompts > 0 ? check.largest.toExponential(2) : null],
    [words.answers, check.answers.asked > 0 ? `${check.answers.changed} / ${check.answers.asked}` : null],
    [words.values, check.values && `${check.values.difference.toExponential(2)} (${check.values.tensor})`],
    [words.second, check.second && secondText(check.second, language)],
    [words.text, check.text && words[check.text]],
    [words.versions, `Neiro ${process.env['npm_package_version'] ?? '0.1.0'}, Node ${process.versions.node}`],
    // beside what was sent it would not be true
    [
      words.connection,
      departures.length === 0
        ? [words.noConnection, ...(origin ? [words.fetched] : [])].join(language === 'en' ? ' ' : '')
        : null
    ]
  ]
  const lines = [
    ...rows.flatMap(([name, value]) => (value ? [`| ${name} | ${cardText(value)} |`] : [])),
    ...departures.flatMap((one) => departureRows(one, language))
  ]
  const head = `| ${words.item} | ${cardWords(language).value} |`
  return `${[`# ${words.title}: ${cardText(title)}`, '', words.about, '', head, '|---|---|', ...lines].join('\n')}\n`
}
