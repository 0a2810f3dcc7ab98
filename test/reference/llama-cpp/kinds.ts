// Every kind of GGUF file, continued by llama.cpp: the same tokens as here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GgufEntry, GgufType } from '../../../addon/index'
import { openOptions } from '../../fixtures/sessions'
import { ggufModel } from '../../fixtures/gguf-model'
import { engine } from '../../golden-runner/engine'
import type { Judge } from './judge'
import { greedy, ownTexts, promptCount, tuned, type Tuned } from './tuned'

const types: readonly GgufType[] = ['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K_M']

/** In whole: every kind of file. */
export const wholeFamilies = ['starter', 'qwen2', 'gemma3', 'llama'] as const
/** In F32 and as an adapter: names, order of rows, rotation. */
export const otherFamilies = [
  ...['llama3', 'llama-linear-rope', 'mistral', 'qwen2-yarn', 'qwen3', 'gemma', 'gemma2'],
  ...['phi3', 'phi3-partial-rotary', 'phi3-longrope'],
  ...['exaone4', 'glm4', 'granite', 'lfm2', 'ministral3', 'olmo2', 'olmo3', 'qwen3_5', 'smollm3']
] as const

/** There a context beyond the length that a model was first trained with takes the factors for long texts, whatever the
 *  length of the text. */
const contexts: Readonly<Record<string, number>> = { 'phi3-longrope': 32 }

const resources = join(import.meta.dirname, '../../../resources')
const starter = join(resources, 'starter/model')
const sample = join(resources, 'sample')

/** of the sample: each begins otherwise */
function sampleQuestions(): readonly string[] {
  const lines = readFileSync(join(sample, 'support-desk.jsonl'), 'utf8').split('\n').filter(Boolean)
  const texts = lines.map((line) => (JSON.parse(line) as { question: string }).question)
  return [...new Map(texts.map((text) => [text.slice(0, 6), text])).values()]
}

export interface Tell {
  (what: string, same: number, of: number, isRequired: boolean): void
}

export async function checkFamily(name: string, judge: Judge, out: string, tell: Tell): Promise<void> {
  const dir = name === 'starter' ? starter : ggufModel(name, out)
  const isWhole = (wholeFamilies as readonly string[]).includes(name)
  const one = await tuned(dir, {
    ...{ steps: isWhole ? 200 : 120, learningRate: 1e-2 },
    // rsLoRA by one of them
    rsLora: name === 'qwen2',
    ...(name === 'starter' && { learningRate: 4e-3, texts: await ownTexts(dir, sampleQuestions()) })
  })
  console.log(`${name}: tuned to a loss of ${one.loss.toFixed(4)}`)
  try {
    for (const type of isWhole ? types : types.slice(0, 1)) await checkType(type, one, name, judge, out, tell)
    await checkAdapter(one, dir, name, judge, out, tell)
  } finally {
    await one.session.close()
  }
}

const same = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
  a.filter((ids, at) => JSON.stringify(ids) === JSON.stringify(b[at])).length

async function checkType(
  type: GgufType,
  one: Tuned,
  name: string,
  judge: Judge,
  out: string,
  tell: Tell
): Promise<void> {
  const { prompts, answers, entries } = one
  const count = answers[0]?.length ?? 0
  const context = contexts[name]
  const file = join(out, `${name}-${type}.gguf`)
  await one.session.saveGguf({ file, type, entries })
  const theirs = await judge.greedy({ file, prompts, count, ...(context && { context }) })
  if (type === 'F32') return tell(`${name} ${type}`, same(theirs.answers, answers), promptCount, true)
  // what fewer bits keep is another model: ours, of the same file
  const dequantised = join(out, `${name}-${type}-as-F32.gguf`)
  const own = await greedyOfFile(file, prompts, { file: dequantised, entries })
  tell(`${name} ${type}, as tuned`, same(theirs.answers, answers), promptCount, false)
  tell(`${name} ${type}, the file here and there`, same(theirs.answers, own), promptCount, true)
  if (!type.startsWith('Q4')) return
  const exact = await judge.greedy({ file: dequantised, prompts, count })
  tell(`${name} ${type}, its dequantised weights`, same(exact.answers, own), promptCount, true)
}

/** Of the file as it lies; its weights as this engine reads them go into a second file. */
async function greedyOfFile(
  file: string,
  prompts: Tuned['prompts'],
  { file: copy, entries }: { readonly file: string; readonly entries: GgufEntry[] }
): Promise<readonly (readonly number[])[]> {
  const options = openOptions({ modelDir: file, baseQuantization: 'none', train: undefined })
  const session = await engine().Session.open(options)
  try {
    await session.saveGguf({ file: copy, type: 'F32', entries })
    return await greedy(session, prompts)
  } finally {
    await session.close()
  }
}

async function checkAdapter(
  { session, prompts, answers, entries }: Tuned,
  dir: string,
  name: string,
  judge: Judge,
  out: string,
  tell: Tell
): Promise<void> {
  const adapter = join(out, `${name}-adapter.gguf`)
  const file = join(out, `${name}-base.gguf`)
  await session.saveGgufAdapter({ file: adapter, entries: [] })
  const base = await engine().Session.open(
    openOptions({ modelDir: dir, baseQuantization: 'none', train: undefined })
  )
  await base.saveGguf({ file, type: 'F32', entries })
  await base.close()
  const context = contexts[name]
  const count = answers[0]?.length ?? 0
  const said = await judge.greedy({ file, adapter, prompts, count, ...(context && { context }) })
  tell(`${name} adapter on its base`, same(said.answers, answers), promptCount, true)
}
