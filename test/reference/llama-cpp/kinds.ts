// Every kind of GGUF file, continued by llama.cpp: the same tokens as here.
import { join } from 'node:path'
import type { GgufType } from '../../../addon/index'
import { openOptions } from '../../fixtures/sessions'
import { tinyModel, type GoldenModel } from '../../fixtures/tiny-model'
import { engine } from '../../golden-runner/engine'
import type { Judge } from './judge'
import { greedy, promptCount, tuned, type Tuned } from './tuned'

const types: readonly GgufType[] = ['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K_M']

/** In whole: every kind of file. */
export const wholeFamilies = ['starter', 'qwen2', 'gemma3'] as const
/** In F32 and as an adapter: names, order of rows, rotation. */
export const otherFamilies = [
  ...['llama', 'llama3', 'llama-linear-rope', 'mistral', 'qwen2-yarn', 'qwen3', 'gemma', 'gemma2'],
  ...['phi3', 'phi3-partial-rotary', 'phi3-longrope']
] as const

const starter = join(import.meta.dirname, '../../../resources/starter/model')

export interface Tell {
  (what: string, same: number, of: number, isRequired: boolean): void
}

export async function checkFamily(name: string, judge: Judge, out: string, tell: Tell): Promise<void> {
  const dir = name === 'starter' ? starter : tinyModel(name as GoldenModel, out)
  const isWhole = (wholeFamilies as readonly string[]).includes(name)
  // rsLoRA by one of them
  const one = await tuned(dir, isWhole ? 200 : 60, name === 'qwen2')
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
  const file = join(out, `${name}-${type}.gguf`)
  await one.session.saveGguf({ file, type, entries: one.entries })
  const { answers } = await judge.greedy({ file, prompts: one.prompts, count: one.answers[0]?.length ?? 0 })
  const isRounded = type.startsWith('Q4')
  if (!isRounded) return tell(`${name} ${type}`, same(answers, one.answers), promptCount, true)
  // what four bits keep is another model: ours, of the same file
  const own = await greedyOfFile(file, one.prompts)
  tell(`${name} ${type}, as tuned`, same(answers, one.answers), promptCount, false)
  tell(`${name} ${type}, the file here and there`, same(answers, own), promptCount, true)
}

async function greedyOfFile(
  file: string,
  prompts: Tuned['prompts']
): Promise<readonly (readonly number[])[]> {
  const options = openOptions({ modelDir: file, baseQuantization: 'none', train: undefined })
  const session = await engine().Session.open(options)
  try {
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
  const said = await judge.greedy({ file, adapter, prompts, count: answers[0]?.length ?? 0 })
  tell(`${name} adapter on its base`, same(said.answers, answers), promptCount, true)
}
