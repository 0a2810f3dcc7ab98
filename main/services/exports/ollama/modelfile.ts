// What Ollama is told of a tuned model: by a Modelfile beside its GGUF file, or by /api/create.
import type { TunedModel } from '../../runs/tuned-model'
import type { Knowledge } from '../knowledge'
import { provenTemplate } from './proven-template'

export interface OllamaModel {
  /** in Go's template language; null: none says the same, and Ollama goes by the one in the file */
  readonly template: string | null
  /** '' = none */
  readonly system: string
  /** an answer ends at one of these */
  readonly stops: readonly string[]
  /** tokens that question and answer may have */
  readonly context: number
  readonly licence: string | null
}

/** Most tokens that are asked for: memory for a longer one is taken whether it is used or not. */
const longestContext = 4096

export async function ollamaModelOf(
  { model, modelText, systemPrompt }: TunedModel,
  { stopTokens }: Knowledge
): Promise<OllamaModel> {
  const { begin } = modelText.marks
  const text = (id: number): Promise<string> => modelText.decode([id], false)
  const stops = await Promise.all(stopTokens.map(text))
  return {
    template: await provenTemplate(
      (messages) => modelText.rendered(messages),
      begin === null ? '' : await text(begin)
    ),
    system: systemPrompt,
    stops: [...new Set(stops)].filter((stop) => stop !== ''),
    context: Math.min(model.maxPositionEmbeddings, longestContext),
    licence: model.licence
  }
}

/** from: the GGUF file, as seen from the Modelfile. */
export function modelfileText(model: OllamaModel, from: string): string {
  const { template, system, stops, context, licence } = model
  const long = (name: string, text: string | null): string[] =>
    text === null || text === '' || text.includes('"""') ? [] : [`${name} """${text}"""`]
  const lines = [
    `FROM ${from}`,
    ...long('TEMPLATE', template),
    ...long('SYSTEM', system),
    ...stops.map((stop) => `PARAMETER stop ${JSON.stringify(stop)}`),
    `PARAMETER num_ctx ${context}`,
    ...long('LICENSE', licence)
  ]
  return `${lines.join('\n')}\n`
}
