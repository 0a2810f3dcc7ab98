// What a model folder holds beside its weights: its config for a new precision, and the files of its tokenizer. Used
// wherever weights were written by the engine and the folder is to be a whole model.
import { existsSync } from 'node:fs'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type WeightsDtype = 'F32' | 'BF16' | 'F16'

const configDtype: Readonly<Record<WeightsDtype, string>> = {
  F32: 'float32',
  BF16: 'bfloat16',
  F16: 'float16'
}

/** What belongs to the model beside its weights and config; copied byte for byte. */
export const carried =
  /^(generation_config\.json|tokenizer.*\.(json|model)|special_tokens_map\.json|added_tokens\.json|vocab\.(json|txt)|merges\.txt|chat_template\..*|.*\.tiktoken|LICEN[CS]E.*|NOTICE.*)$/i

/** Adds to weights of this precision what else the model at `from` consists of; `told`: what its config says otherwise. */
export async function completeModel(
  from: string,
  to: string,
  dtype: WeightsDtype,
  told: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> = (config) => config
): Promise<void> {
  // the engine writes its own where the base is a file without one
  const place = existsSync(join(to, 'config.json')) ? to : from
  const config = JSON.parse(await readFile(join(place, 'config.json'), 'utf8')) as Record<string, unknown>
  await writeFile(join(to, 'config.json'), configFor(told(config), dtype), { flush: true })
  await carryFiles(from, to)
}

/** What belongs to it beside weights and config alone. */
export async function carryFiles(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (carried.test(name)) await copyFile(join(from, name), join(to, name))
  }
}

/** A config with the new dtype, under the name that it already used, and nothing of a quantised past. */
export function configFor(config: Readonly<Record<string, unknown>>, dtype: WeightsDtype): string {
  const { quantization_config: _, ...kept } = config
  const names = ['dtype', 'torch_dtype'].filter((name) => name in config)
  const said = Object.fromEntries(
    (names.length > 0 ? names : ['torch_dtype']).map((name) => [name, configDtype[dtype]])
  )
  return `${JSON.stringify({ ...kept, ...said }, null, 2)}\n`
}
