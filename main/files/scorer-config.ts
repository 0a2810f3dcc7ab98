// What config.json says of a model that scores, in Transformers' words: its class, its labels by number and by name, and
// how they are learnt. AutoModelForSequenceClassification opens a folder that says so.
import type { ScoredLabels } from '../contract/scores'

type Config = Readonly<Record<string, unknown>>

/** Classes of Transformers that score: of decoders and of encoders, by whatever head the base had. */
const otherHeads = /(ForCausalLM|ForMaskedLM|ForPreTraining|ForSequenceClassification|Model)$/

export const scorerOf =
  ({ problem, labels }: ScoredLabels) =>
  (config: Config): Config => {
    const [architecture = ''] = (config['architectures'] as string[] | undefined) ?? []
    const numbered = labels.map((label, number) => [number, label] as const)
    return {
      ...config,
      ...(otherHeads.test(architecture) && {
        architectures: [architecture.replace(otherHeads, 'ForSequenceClassification')]
      }),
      id2label: Object.fromEntries(numbered),
      label2id: Object.fromEntries(numbered.map(([number, label]) => [label, number])),
      num_labels: labels.length,
      problem_type: problem
    }
  }

/** The labels of a folder that was made to score; undefined: it was not. */
export function scoredLabelsOf(config: Config): ScoredLabels | undefined {
  const [architecture] = [config['architectures']].flat()
  if (!String(architecture).endsWith('ForSequenceClassification')) return undefined
  const named = Object.entries((config['id2label'] as Record<string, unknown> | undefined) ?? {})
  const count = named.length > 0 ? named.length : Number(config['num_labels'] ?? 2)
  const names = new Map(named.map(([number, name]) => [Number(number), String(name)]))
  const labels = Array.from({ length: count }, (_, number) => names.get(number) ?? `LABEL_${number}`)
  const said = config['problem_type']
  const usual = count === 1 ? 'regression' : 'single_label_classification'
  return { problem: (typeof said === 'string' ? said : usual) as ScoredLabels['problem'], labels }
}
