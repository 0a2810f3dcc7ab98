// README.md of an exported folder: base and licence, what it was taught with, its settings and its scores. In
// English, as the hubs that read its front matter expect; nothing of the user's data or folders is in it.
import { stringify } from 'yaml'
import { methodRows } from '../../contract/methods'
import { isFor } from '../../contract/settings'
import type { ExportKind } from '../../contract/window/results'
import type { Model } from '../models/read-model'
import { diskName, settingKeys } from '../recipes/setting-values'
import { cardCode, cardText, oneLine } from './card-text'
import type { Knowledge } from './knowledge'
import type { RunFacts } from './run-facts'

export interface CardFacts {
  readonly kind: ExportKind
  readonly model: Pick<Model, 'name' | 'licence' | 'chatTemplate'>
  /** absent where the adapter came from elsewhere */
  readonly run?: RunFacts | undefined
  /** '' = none */
  readonly systemPrompt: string
  readonly knowledge: Pick<Knowledge, 'stopTokens' | 'turnEnd'>
}

export function modelCard({ kind, model, run, systemPrompt, knowledge }: CardFacts): string {
  const title = run?.name || `${model.name} tuned`
  const sections = [
    frontMatter(kind, model),
    `# ${cardText(title)}`,
    whatItIs(kind, model.name, run),
    usePart(model, systemPrompt, knowledge),
    `The licence of the base (${model.licence === null ? 'not stated in its folder' : cardText(model.licence)}) applies to what is derived from it.`,
    ...(run ? [dataPart(run), scorePart(run), settingPart(run)] : [])
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function whatItIs(kind: CardFacts['kind'], name: string, run: RunFacts | undefined): string {
  if (kind === 'peft')
    return `A LoRA adapter for ${cardCode(name)}, made with Neiro. Load it with \`peft\` on top of that base.`
  return run && methodRows[run.settings.method].trains === 'model'
    ? `${cardCode(name)} trained further in all its weights, made with Neiro.`
    : `${cardCode(name)} with a LoRA adapter merged into its weights, made with Neiro.`
}

/** How it is asked as it was taught. */
function usePart(
  { chatTemplate }: CardFacts['model'],
  systemPrompt: string,
  { stopTokens, turnEnd }: CardFacts['knowledge']
): string {
  const fence = '`'.repeat(longestFence(systemPrompt) + 3)
  const end = turnEnd === null ? 'no token of its own' : cardCode(turnEnd)
  return [
    '## Use',
    '',
    chatTemplate === null
      ? '- The base has no chat template. `chat_template.jinja` is the plain one that this was taught with: a line for each question, the answer, the end token.'
      : '- Prompts are made by `chat_template.jinja` (`tokenizer.apply_chat_template`), as in training.',
    `- An answer ends with ${end} (\`eos_token_id\`: ${stopTokens.join(', ') || 'none'}).`,
    ...(systemPrompt === ''
      ? []
      : [
          '- It was taught with this system prompt, which the template adds where a conversation has none:',
          '',
          fence,
          systemPrompt,
          fence
        ])
  ].join('\n')
}

const longestFence = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)

function frontMatter(kind: CardFacts['kind'], model: CardFacts['model']): string {
  const fields = {
    base_model: oneLine(model.name),
    ...(kind === 'peft' ? { library_name: 'peft' } : { library_name: 'transformers' }),
    ...(model.licence !== null && { license: oneLine(model.licence) }),
    pipeline_tag: 'text-generation',
    tags: [...(kind === 'peft' ? ['lora'] : []), 'neiro']
  }
  return `---\n${stringify(fields)}---`
}

function dataPart(run: RunFacts): string {
  return [
    '## Training',
    '',
    `- ${cardText(run.date)}, ${run.steps} updates`,
    `- ${run.trainExamples} examples (${run.trainTokens} tokens) learnt from, ${run.heldOutExamples} held out`
  ].join('\n')
}

function scorePart(run: RunFacts): string {
  if (run.bestLoss === null) return ''
  const row = (name: string, loss: number): string =>
    `| ${name} | ${loss.toFixed(4)} | ${Math.exp(loss).toFixed(3)} |`
  return [
    '## Scores on the held-out part',
    '',
    '| | loss | perplexity |',
    '|---|---:|---:|',
    ...(run.baseLoss === null ? [] : [row('base', run.baseLoss)]),
    row('tuned', run.bestLoss)
  ].join('\n')
}

function settingPart(run: RunFacts): string {
  const rows = settingKeys
    .filter((key) => isFor(key, run.settings.method))
    .map((key) => `| ${diskName(key)} | ${cardText([run.settings[key]].flat().join(', '))} |`)
  return ['## Settings', '', '| setting | value |', '|---|---|', ...rows].join('\n')
}
