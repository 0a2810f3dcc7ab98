// A project in a folder of its own, and its data room with a keeper of its own.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostedKeeper } from '../../main/keeper/hosted-keeper'
import { DataSets } from '../../main/services/dataset/data-sets'
import { LengthsOfSets } from '../../main/services/dataset/view/set-lengths'
import { readModel } from '../../main/services/models/read-model'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import type { Workshop } from '../../main/workshop/workshop'

export function projectDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-set-'))
  mkdirSync(join(dir, 'data'))
  writeFileSync(join(dir, 'project.json'), JSON.stringify(project()))
  return dir
}

/** modelDir: empty where no tokens are counted */
export function openRoom(o: {
  readonly dir: string
  readonly keeperProgram: string
  readonly modelDir: string
  readonly workshop: Workshop
}): { readonly data: DataSets; readonly keeper: HostedKeeper } {
  const { dir, modelDir, workshop } = o
  const keeper = new HostedKeeper({ program: o.keeperProgram, onLog: (line) => console.error(line) })
  const data = new DataSets({
    files: { pathOf: (id) => id, letGo: async () => undefined },
    onProgress: () => undefined,
    language: () => 'ja',
    modelOf: async () => (modelDir === '' ? null : { model: await readModel(modelDir), systemPrompt: '' }),
    reader: workshop.reader,
    keeper,
    spareDir: join(dir, 'spare'),
    modelTexts: new ModelTexts((source, names) => workshop.openModelText(source, names)),
    lengths: new LengthsOfSets(),
    starterModelDir: modelDir,
    sampleDir: ''
  })
  return { data, keeper }
}

function project(): object {
  return {
    ...{ version: 1, id: 'p', name: 'n', company: '', goal: 'tone', step: 'data', reached: 'data' },
    answers: { useCase: null, tried: null, newFacts: null, volume: null },
    ...{ sample: false, modelId: null, systemPrompt: '', chosenRun: null },
    ...{ createdAt: '2026-01-01T00:00:00Z', openedAt: '2026-01-01T00:00:00Z' }
  }
}
