// BANKING77's 77 classes with MiniLM's BERT, the added part and the whole model: accuracy on its test set. Rows, epochs
// and rates were chosen before anything was trained. Both read the same rows in the same order; the head begins as each makes it,
// and Transformers drops what config.json says, which Neiro does not: with few rows and updates that alone decides who is ahead,
// so one more run is shown without it (added after the first figures).
import { readFileSync } from 'node:fs'
import { delimitedRows } from './csv-rows'
import { mean, ordersOf, type Figures, type Held, type Lab, type Part } from './lab'

const kinds = {
  full: { method: 'classification-full', rate: 2e-4 },
  lora: { method: 'classification', rate: 2e-3 }
} as const
/** rows of each class that are learnt from, and that are sorted */
const sizes = {
  small: { rows: 5, test: 10, epochs: 3 },
  whole: { rows: Infinity, test: Infinity, epochs: 3 }
}
const told = { batch: 16, rank: 16, alpha: 32, warmup: 0.1, decay: 0.01, longest: 64 }
const modelFiles = [
  'config.json',
  'model.safetensors',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.txt'
]
/** one of a hundred */
const most = 0.01

export async function sorting(lab: Lab): Promise<Part> {
  const model = lab.sentences(modelFiles)
  const rowsOf = (name: string) => delimitedRows(readFileSync(lab.shared('en-banking77', name), 'utf8'))
  const { rows, test: sorted, epochs } = sizes[lab.options.size]
  const train = firstOfEach(rowsOf('train.csv'), rows)
  const test = firstOfEach(rowsOf('test.csv'), sorted)
  const [trainFile, testFile] = [lab.lines('train.jsonl', train), lab.lines('test.jsonl', test)]
  const steps = Math.ceil(train.length / told.batch) * epochs
  console.log(`${train.length} rows of 77 classes, ${epochs} times; ${test.length} to be sorted`)
  const seeds = lab.seeds(3)
  const held: Held[] = []
  const beside: object[] = []
  for (const [kind, { method, rate }] of Object.entries(kinds)) {
    if (lab.options.only !== null && lab.options.only !== kind) continue
    const mine: Figures[] = []
    for (const seed of seeds) {
      const { evaluations } = await lab.tune(`${kind}-${seed}`, [
        ...['--model', model, '--data', trainFile, '--held-out', testFile, '--method', method],
        ...['--epochs', `${epochs}`, '--batch-size', `${told.batch}`, '--max-seq-length', `${told.longest}`],
        ...[
          '--learning-rate',
          `${rate}`,
          '--warmup-ratio',
          `${told.warmup}`,
          '--weight-decay',
          `${told.decay}`
        ],
        ...['--evaluation-steps', `${steps}`, '--early-stopping-patience', '0', '--seed', `${seed}`],
        ...(kind === 'lora' ? ['--lora-rank', `${told.rank}`, '--lora-alpha', `${told.alpha}`] : [])
      ])
      mine.push(evaluations.at(-1) ?? {})
    }
    const runOf = (seed: number, dropout: boolean): object => ({
      ...{ seed, dropout },
      orders: ordersOf(train.length, seed, told.batch, epochs)
    })
    const [firstSeed = 1] = seeds
    const rivals = await lab.rival<readonly { accuracy: number; loss: number }[]>('sorting', kind, {
      ...{ model, train: trainFile, test: testFile, kind, rate, epochs, out: lab.at(`${kind}-trainer`) },
      ...{ runs: [...seeds.map((seed) => runOf(seed, true)), runOf(firstSeed, false)] },
      ...told
    })
    beside.push({ kind, seeds, ours: mine, theirs: rivals })
    const accuracies = seeds.map((seed, at) => ({
      seed,
      ours: mine[at]?.['accuracy'] ?? NaN,
      theirs: rivals[at]?.accuracy ?? NaN
    }))
    for (const { seed, ours, theirs } of accuracies)
      held.push({ what: `${kind}, seed ${seed}: accuracy`, ours, theirs, apart: null, most })
    held.push({
      ...{ what: `${kind}, seed ${firstSeed}, rival without dropout`, ours: mine[0]?.['accuracy'] ?? NaN },
      ...{ theirs: rivals.at(-1)?.accuracy ?? NaN, apart: null, most }
    })
    const [ours, theirs] = [
      mean(accuracies.map((one) => one.ours)),
      mean(accuracies.map((one) => one.theirs))
    ]
    held.push({ what: `${kind}: accuracy, mean`, ours, theirs, apart: Math.abs(ours - theirs), most })
  }
  return { held, beside: { told, rows: train.length, test: test.length, runs: beside } }
}

interface Row {
  readonly text: string
  readonly label: string
}

function firstOfEach(rows: readonly Row[], most: number): readonly Row[] {
  const counts = new Map<string, number>()
  return rows.filter(({ label }) => {
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return count <= most
  })
}
