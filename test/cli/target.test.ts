// A command works on what was learnt only on the base that it was learnt on, or says that it is another one.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Arguments } from '../../main/cli/arguments'
import type { Context } from '../../main/cli/context'
import { findTalker, findTarget } from '../../main/cli/target'
import { runFiles } from '../../main/contract/run-files'
import { writeBaseMark } from '../../main/services/exports/base-mark'
import { modelMark } from '../../main/services/models/model-mark'
import { readModel } from '../../main/services/models/read-model'
import { LoadedModelText } from '../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import { ownFolder } from '../fixtures/own-folder'
import { goldenDir, tinyModel } from '../fixtures/tiny-model'
import { storedJob } from '../fixtures/stored-run'

const learnt = join(goldenDir, 'llama-lora/adapter_final')

/** One bit in the middle of the weights; again, and they are what they were. */
function flip(dir: string): void {
  const file = join(dir, 'model.safetensors')
  const bytes = readFileSync(file)
  const at = bytes.length >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

test('a run, an adapter of it and one taken home know the base', async () => {
  const place = ownFolder()
  const base = tinyModel('llama', place)
  const [run, adapter] = [join(place, 'run'), join(place, 'taken-home')]
  cpSync(learnt, join(run, runFiles.adapter), { recursive: true })
  cpSync(learnt, adapter, { recursive: true })
  const baseModelMark = await modelMark(await readModel(base))
  const settings = { maxSeqLength: 64 }
  const job = { ...storedJob(base), settings, baseModelName: 'tiny', baseModelMark }
  mkdirSync(run, { recursive: true })
  writeFileSync(join(run, runFiles.job), JSON.stringify(job))
  await writeBaseMark(adapter, await readModel(base))

  const ways = [
    ['--run', run],
    ['--run', run, '--model', base],
    ['--adapter', join(run, runFiles.adapter)],
    ['--adapter', adapter, '--model', base]
  ]
  // what only sorts is not asked in words
  const labels = { problem: 'single_label_classification', labels: ['a', 'b'] }
  const points = { problem: 'regression', labels: ['reward'], rates: true }
  for (const [score, code] of [[labels, 'CHAT_SORTS'] as const, [points, 'CHAT_RATES'] as const]) {
    writeFileSync(join(run, runFiles.job), JSON.stringify({ ...job, score }))
    expect(await outcome(['--run', run])).toBe('')
    expect(await outcome(['--run', run], findTalker)).toBe(`error ${code}`)
  }
  writeFileSync(join(run, runFiles.job), JSON.stringify(job))
  expect(await outcome(['--run', run], findTalker)).toBe('')

  const outcomes = async (): Promise<string[]> => Promise.all(ways.map((way) => outcome(way)))
  expect(await outcomes()).toEqual(['', '', '', ''])
  flip(base)
  expect(await outcomes()).toEqual(['error', 'doubt', 'doubt', 'doubt'].map((how) => `${how} BASE_CHANGED`))
  flip(base)
  expect(await outcomes()).toEqual(['', '', '', ''])
})

/** What is said of the base: nothing, a doubt, or that it is not opened. */
async function outcome(args: readonly string[], find = findTarget): Promise<string> {
  const said: string[] = []
  const context = {
    language: 'en',
    places: { starterModelDir: '' },
    out: {
      event: (name: string, { code }: { readonly code: string }) => said.push(`${name} ${code}`),
      warning: () => undefined
    },
    parts: {
      modelTexts: new ModelTexts((source) => LoadedModelText.load(source)),
      threads: () => 1,
      models: { fetched: { find: async () => null } },
      shelf: { list: async () => [] },
      store: { placeAt: (dir: string) => dir, view: (dir: string) => ({ dir }) }
    }
  } as unknown as Context
  try {
    await find(new Arguments([], new Map(pairs(args)), {}), context)
  } catch (error) {
    said.push(`error ${(error as { readonly code?: string }).code ?? String(error)}`)
  }
  return said.join()
}

const pairs = (args: readonly string[]): [string, string[]][] =>
  args.flatMap((name, at) => (at % 2 === 0 ? [[name.slice(2), [args[at + 1] ?? '']]] : []))
