// What acts of the command line share: a tiny model, a small table, a finished run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { neiro, type CliResult } from '../../fixtures/neiro-cli'
import { tinyModel } from '../../fixtures/tiny-model'
import { homeOf } from '../act'

export const cli = resolve(import.meta.dirname, '../../../out/main/cli.js')

export interface Material {
  readonly model: string
  readonly table: string
}

export function layOut(folder: string): Material {
  mkdirSync(homeOf(folder), { recursive: true })
  const table = join(folder, 'faq.csv')
  const rows = Array.from({ length: 12 }, (_, at) => `質問${at}は何ですか,はい、答えは${at}です。`)
  writeFileSync(table, `質問,回答\n${rows.join('\n')}\n`)
  return { model: tinyModel('llama', folder), table }
}

export const tuning = ({ model, table }: Material, run: string): readonly string[] => [
  ...['tune', '--model', model, '--data', table, '--out', run, '--max-steps', '6', '--checkpoint-steps', '2'],
  ...['--evaluation-steps', '3', '--threads', '1', '--seed', '5', '--compute', 'f32']
]

/** Without any fault; throws what went wrong. */
export async function well(folder: string, ...args: readonly string[]): Promise<CliResult> {
  const result = await neiro(args, { NEIRO_HOME: homeOf(folder) })
  if (result.status !== 0)
    throw new Error(`neiro ${args.join(' ')}: ${result.stderr} ${JSON.stringify(result.error)}`)
  return result
}
