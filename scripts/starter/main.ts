// `npm run starter`: makes everything under resources/starter/model and the sample's twins from the grammar.
// One step alone: --only corpus|tokenizer|train|examine|rehearse|sample|answers. --fresh forgets a stopped training;
// --steps N is a shorter trial; --threads N (0: one per processor).
import { parseArgs } from 'node:util'
import { dialogues } from './grammar/corpus'
import { printExamination } from './examine'
import { writeSampleAnswers } from './sample-answers'
import { makeSampleTwins } from './sample-twins'
import { makeTokenizer } from './make-tokenizer'
import { rehearse } from './rehearse'
import { plan, train } from './train'

function printCorpus(): void {
  for (const { topic, turns } of dialogues(plan.seed, 40)) {
    console.log(topic)
    for (const { role, content } of turns) console.log(`  ${role}: ${content}`)
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    threads: { type: 'string', default: '0' },
    fold: { type: 'string', default: '0' },
    steps: { type: 'string', default: String(plan.steps) }
  }
})
const steps: Readonly<Record<string, () => void | Promise<void>>> = {
  corpus: printCorpus,
  tokenizer: makeTokenizer,
  train: () => train({ fresh: values.fresh, threads: Number(values.threads), steps: Number(values.steps) }),
  examine: printExamination,
  rehearse: () => rehearse(Number(values.fold), Number(values.threads)),
  sample: makeSampleTwins,
  answers: writeSampleAnswers
}
const wanted =
  values.only === undefined ? ['tokenizer', 'train', 'examine', 'sample', 'answers'] : values.only.split(',')
for (const name of wanted) {
  const step = steps[name]
  if (step === undefined) {
    console.error(`There is no step "${name}". Steps: ${Object.keys(steps).join(', ')}.`)
    process.exit(2)
  }
  await step()
}
process.exit(0) // the tokenizer's thread would keep the process
