// Folders that give scores, through `npm run reference`: the starter model sorts texts, and gives replies points, each tuned and
// exported from the command line, with what the engine says of twelve texts, for scores.py to compare.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { starterModelDir } from '../fixtures/places'
import { neiro } from '../fixtures/neiro-cli'
import { makeReady } from '../fixtures/ready'
import { float32, writeSafetensors } from '../fixtures/safetensors'
import { engine } from '../golden-runner/engine'

const out = process.argv[2]
if (!out) throw new Error('usage: scores.ts FOLDER')
if (!existsSync(join(starterModelDir, 'model.safetensors'))) {
  console.log('skipped: no starter model in resources')
  process.exit(0)
}
makeReady('addon with proofs', 'app')
mkdirSync(out, { recursive: true })
const at = (name: string): string => join(out, name)

async function run(...args: string[]): Promise<void> {
  const { status, stderr } = await neiro(args, { NEIRO_HOME: at('home') })
  if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr}`)
}

const texts = Array.from({ length: 12 }, (_, i) =>
  i % 3 === 0
    ? `注文${i}の返金をお願いします。`
    : i % 3 === 1
      ? `荷物${i}が届きません。`
      : `営業時間は${i}時までですか。`
)
const labels = ['返品', '配送', 'その他']
writeFileSync(
  at('mails.csv'),
  `本文,ラベル\n${Array.from({ length: 4 }, (_, lot) =>
    texts.map((text, i) => `${text}${lot},${labels[i % 3] ?? ''}`)
  )
    .flat()
    .join('\n')}\n`
)
writeFileSync(
  at('pairs.jsonl'),
  texts
    .map((prompt) => JSON.stringify({ prompt, chosen: 'かしこまりました。', rejected: '知りません。' }))
    .join('\n')
)

const kinds = [
  {
    name: 'classification',
    data: 'mails.csv',
    labels: labels.length,
    problem: 'single_label_classification'
  },
  { name: 'reward', data: 'pairs.jsonl', labels: 1, problem: 'regression' }
] as const
const tokenizer = await Tokenizer.load(starterModelDir)
const tokens = await Promise.all(texts.map(async (text) => Int32Array.from(await tokenizer.encode(text))))

/** Of each text by itself, end to end. */
async function scores(
  score: { labels: number; problem: (typeof kinds)[number]['problem'] },
  modelDir: string,
  adapterDir?: string
): Promise<Float32Array> {
  const session = await engine().Session.open({
    ...{ modelDir, adapterDir, score },
    ...{ baseQuantization: 'none', seed: 1, threads: 0, maxContext: 0 },
    maxTokensPerMicroBatch: Math.max(...tokens.map(({ length }) => length))
  })
  try {
    const all: number[] = []
    for (const text of tokens)
      all.push(
        ...(await session.logits(
          { tokens: text, lengths: Int32Array.of(text.length) },
          { adapter: adapterDir !== undefined }
        ))
      )
    return Float32Array.from(all)
  } finally {
    await session.close()
  }
}

for (const { name, data, ...score } of kinds) {
  const dir = at(name)
  await run(
    'tune',
    '--method',
    name,
    '--model',
    'starter',
    '--data',
    at(data),
    '--max-steps',
    '6',
    '--out',
    dir
  )
  await run('export', 'peft', '--run', dir, '--out', at(`${name}-peft`))
  await run('export', 'merged', '--run', dir, '--dtype', 'f32', '--out', at(`${name}-merged`))
  writeSafetensors(at(`${name}.safetensors`), {
    adapter: float32(await scores(score, starterModelDir, at(`${name}-peft`))),
    merged: float32(await scores(score, at(`${name}-merged`)))
  })
}
writeFileSync(
  at('scores.json'),
  JSON.stringify({
    base: starterModelDir,
    tokens: tokens.map((text) => [...text]),
    kinds: kinds.map(({ name, labels: count }) => ({ name, labels: count })),
    // as ours are written: sorted
    names: labels.toSorted()
  })
)
