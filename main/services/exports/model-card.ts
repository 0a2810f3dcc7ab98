// README.md of an exported folder: base and licence, what it was taught with, its settings and its scores. In the user's
// language, but for the front matter that hubs read; nothing of the user's data or folders is in it.
import { stringify } from 'yaml'
import { goalOf } from '../../contract/goals'
import { methodRows } from '../../contract/methods'
import type { AdapterKind } from '../../contract/setting-rows'
import { isFor } from '../../contract/settings'
import { fewestItems, type Seen } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import type { ScoredLabels } from '../../contract/scores'
import type { LicenceDuty } from '../../contract/window/models'
import type { ExportFormat, ExportKind, TextCut } from '../../contract/window/results'
import { cardWords, type CardWords } from '../../words/card'
import { seenNote } from '../../words/evaluation/seen-note'
import { keptText, updatesText } from '../../words/learnt-length'
import { figureWords } from '../../words/figures'
import { windowWords } from '../../words/window'
import type { Origin } from '../models/origins'
import type { Model } from '../models/read-model'
import { diskName, settingKeys } from '../recipes/setting-values'
import { cardCode, cardText, oneLine } from './card-text'
import type { Knowledge } from './knowledge'
import type { RunFacts } from './run-facts'

/** The base is what another run has learnt whole: that run, and the model that somebody chose for it. */
export interface BuiltOn {
  readonly run: string
  readonly model: string
}

export interface CardFacts {
  readonly kind: ExportKind
  readonly dtype: ExportFormat
  readonly model: Pick<Model, 'name' | 'licence' | 'chatTemplate'>
  /** absent or null: the model was not fetched here */
  readonly origin?: Origin | null
  /** what was measured before the first update, where that is another run; absent: the model that somebody chose */
  readonly before?: string
  /** null or absent: somebody chose the model */
  readonly builtOn?: BuiltOn | null
  /** absent: English */
  readonly language?: Language
  /** as the licence lets it be called; absent: the run's name */
  readonly title?: string
  /** absent where the adapter came from elsewhere */
  readonly run?: RunFacts | undefined
  /** of what was held out, how much was learnt too; null: nobody knows */
  readonly seen?: Seen | null
  /** '' = none */
  readonly systemPrompt: string
  readonly knowledge: Pick<Knowledge, 'stopTokens' | 'turnEnd'>
  /** of a model that sorts */
  readonly score?: ScoredLabels | undefined
  /** of a GGUF file with a vocabulary */
  readonly text?: TextCut
}

export function modelCard(facts: CardFacts): string {
  const { model, run, systemPrompt, knowledge, origin = null, language = 'en' } = facts
  const words = cardWords(language)
  const title = facts.title ?? (run?.name || `${model.name} tuned`)
  const licence = origin?.licence.name ?? model.licence
  const sections = [
    frontMatter(facts, origin),
    `# ${cardText(title)}`,
    whatItIs(facts, words),
    facts.score
      ? sortingPart(facts.kind, facts.score, words)
      : usePart(facts, words, systemPrompt, knowledge),
    words.licence(licence === null ? words.noLicence : cardText(licence)),
    dutyPart(origin, words),
    ...(run
      ? [
          dataPart(run, words, origin, language),
          scorePart(run, facts, words),
          shrunkPart(run, facts, words),
          seenPart(run, facts),
          settingPart(run, words)
        ]
      : [])
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function whatItIs(facts: CardFacts, words: CardWords): string {
  const { builtOn, kind } = facts
  const about = plainly(facts, words)
  if (!builtOn) return about
  const [run, model] = [cardCode(builtOn.run), cardCode(builtOn.model)]
  const besides = isAdapter(kind) ? [words.besides[kind](run)] : []
  return [about, words.builtOn(run, model), ...besides].join('\n\n')
}

const isAdapter = (kind: ExportKind): kind is 'peft' | 'gguf-adapter' =>
  kind === 'peft' || kind === 'gguf-adapter'

/** As papers and PEFT call it; of an adapter from elsewhere its own file says more. */
function kindName(run: RunFacts | undefined): string {
  if (!run) return 'PEFT'
  const { adapter, dora } = run.settings
  return adapter === 'lora' && dora ? 'DoRA' : kindNames[adapter]
}

const kindNames: Readonly<Record<AdapterKind, string>> = {
  ...{ lora: 'LoRA', vera: 'VeRA', ia3: 'IA3' },
  ...{ prompt: 'prompt tuning', prefix: 'prefix tuning', 'p-tuning': 'P-tuning' }
}

function plainly({ kind, model, run, builtOn, dtype }: CardFacts, { whatItIs: words }: CardWords): string {
  const base = cardCode(builtOn?.run ?? model.name)
  if (isAdapter(kind)) return words[kind](base, kindName(run))
  if (kind !== 'merged') return words.gguf(base, dtype)
  return run && methodRows[run.settings.method].trains === 'model' ? words.full(base) : words.merged(base)
}

/** What the licence asks of whoever passes the model on. */
function dutyPart(origin: Origin | null, words: CardWords): string {
  const duties = origin?.licence.duties ?? []
  const texts = duties.flatMap((duty) => words.dutyTexts[duty as LicenceDuty] ?? [])
  if (texts.length === 0) return ''
  return [`## ${words.duties}`, '', ...texts.map((text) => `- ${text}`)].join('\n')
}

/** more labels stand in the folder's own files */
const mostLabels = 200

/** How a model that sorts is opened, and what its scores are of. */
function sortingPart(kind: ExportKind, { labels, rates }: ScoredLabels, words: CardWords): string {
  const form = kind === 'peft' ? 'peft' : 'merged'
  if (rates) return [`## ${words.use}`, '', words.rates[form]].join('\n')
  const shown = labels.slice(0, mostLabels).map((label, number) => `${number} ${cardCode(label)}`)
  return [`## ${words.use}`, '', words.sorts[form], words.labels(shown.join(', '), labels.length)].join('\n')
}

/** How it is asked as it was taught. */
function usePart(
  { kind, text = 'same', model: { chatTemplate } }: CardFacts,
  words: CardWords,
  systemPrompt: string,
  { stopTokens, turnEnd }: CardFacts['knowledge']
): string {
  const fence = '`'.repeat(longestFence(systemPrompt) + 3)
  const end = turnEnd === null ? words.noEnd : cardCode(turnEnd)
  const isFile = !['peft', 'merged'].includes(kind)
  const template = chatTemplate === null ? words.plainTemplate : words.template
  return [
    `## ${words.use}`,
    '',
    ...(kind === 'ollama' ? [words.ollama] : []),
    ...(kind === 'lm-studio' ? [words.lmStudio] : []),
    ...(kind === 'gguf-adapter' ? [] : [isFile ? words.insideTemplate : template]),
    ...(text === 'same' ? [] : [words.textCut[text]]),
    words.end(end, stopTokens.join(', ') || words.none),
    ...(systemPrompt === '' ? [] : [words.system, '', fence, systemPrompt, fence])
  ].join('\n')
}

const longestFence = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)

function frontMatter({ kind, model, score, builtOn, run }: CardFacts, origin: Origin | null): string {
  const library = { peft: 'peft', merged: 'transformers' }[kind as string] ?? 'gguf'
  const fields = {
    // an adapter needs the other run's model itself
    base_model: oneLine(
      builtOn && isAdapter(kind) ? model.name : (origin?.model ?? builtOn?.model ?? model.name)
    ),
    library_name: library,
    ...(model.licence !== null && { license: oneLine(model.licence) }),
    pipeline_tag: score ? 'text-classification' : 'text-generation',
    tags: [...(isAdapter(kind) ? [run?.settings.adapter ?? 'lora'] : []), 'neiro']
  }
  return `---\n${stringify(fields)}---`
}

function dataPart(run: RunFacts, words: CardWords, origin: Origin | null, language: Language): string {
  const kept = keptText(run, language)
  return [
    `## ${words.training}`,
    '',
    ...(origin ? [words.from(cardText(origin.model), cardText(origin.revision))] : []),
    `- ${cardText(run.date)}${words.comma}${updatesText(run, language)}`,
    ...(kept === '' ? [] : [`- ${words.kept}${kept}`]),
    ...(run.gpu ? [words.onGpu(cardText(run.gpu))] : []),
    words.examples(run.trainExamples, run.trainTokens, run.heldOutExamples),
    ...(run.pruned ? [words.pruned(run.pruned)] : []),
    ...(run.syntheticExamples > 0 ? [words.synthetic(run.syntheticExamples)] : [])
  ].join('\n')
}

function scorePart(run: RunFacts, { score, before, language = 'en' }: CardFacts, words: CardWords): string {
  if (run.bestLoss === null) return ''
  // the loss of a preference is none of words: no perplexity follows from it
  if (score || goalOf(run.settings.method) === 'prefer') {
    const { method } = run.settings
    const named = (name: string): string => {
      const { short, plain } = figureWords(name, language, method)
      return name === 'loss' ? `${short} (${method})` : plain
    }
    const rows = Object.entries(run.reached ?? { loss: run.bestLoss }).map(
      ([name, value]) => `| ${named(name)} | ${figureText(value)} |`
    )
    const few =
      score && !score.rates && run.heldOutExamples < fewestItems
        ? ['', windowWords[language].sorting.fewRows(String(run.heldOutExamples))]
        : []
    return [`## ${words.scores}`, '', `| | ${words.tuned} |`, '|---|---:|', ...rows, ...few].join('\n')
  }
  const row = (name: string, loss: number): string =>
    `| ${name} | ${figureText(loss)} | ${Math.exp(loss).toFixed(3)} |`
  return [
    `## ${words.scores}`,
    '',
    `| | ${words.loss} | ${words.perplexity} |`,
    '|---|---:|---:|',
    ...(run.baseLoss === null
      ? []
      : [row(before === undefined ? words.base : cardText(before), run.baseLoss)]),
    row(words.tuned, run.bestLoss)
  ].join('\n')
}

/** What a file of fewer bits is not measured by. */
const shrunkPart = (run: RunFacts, { kind, dtype }: CardFacts, words: CardWords): string =>
  run.bestLoss === null || isAdapter(kind) || wholeFormats.includes(dtype) ? '' : words.shrunk(dtype)
const wholeFormats: readonly ExportFormat[] = ['F32', 'F16', 'BF16']

/** Four places; near nothing the figures that are left: a loss is not 0. */
const figureText = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.001 ? value.toPrecision(2) : value.toFixed(4)

/** What the scores are worth. */
const seenPart = (run: RunFacts, { seen, language = 'en' }: CardFacts): string =>
  run.bestLoss === null || run.heldOutExamples === 0 || seen === undefined ? '' : seenNote(seen, language)

function settingPart(run: RunFacts, words: CardWords): string {
  const rows = settingKeys
    .filter((key) => isFor(key, run.settings))
    .map((key) => `| ${diskName(key)} | ${cardText([run.settings[key]].flat().join(', '))} |`)
  return [`## ${words.settings}`, '', `| ${words.setting} | ${words.value} |`, '|---|---|', ...rows].join(
    '\n'
  )
}
