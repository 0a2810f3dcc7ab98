// A program that works on a project's data while another does the same: started twice by two-processes.test.ts. It
// waits for the moment that it is told, writes edits or adds files one by one, and ends.
import { setTimeout as sleep } from 'node:timers/promises'
import { register } from 'tsx/esm/api'

const [dir, start, work, ...rest] = process.argv.slice(2)
register()
const { DataLog } = await import('../../../main/services/dataset/log/data-log.ts')
const { DataSets } = await import('../../../main/services/dataset/data-sets.ts')
const { readingHere } = await import('../../../main/services/dataset/read/reading-here.ts')
const { KeepingHere } = await import('../../../main/services/dataset/set/keeping-here.ts')

await sleep(Number(start) - Date.now())
if (work === 'edit') {
  const [from, count] = rest.map(Number)
  const log = new DataLog(`${dir}/data/log.jsonl`)
  for (let row = from; row < from + count; row++) {
    await log.add({ kind: 'edit', file: 's1', row, answer: `回答${row}` })
  }
} else {
  const data = new DataSets({
    files: { pathOf: (id) => id, letGo: async () => undefined },
    onProgress: () => undefined,
    language: () => 'ja',
    modelOf: async () => null,
    reader: readingHere,
    keeper: new KeepingHere(),
    spareDir: `${dir}/../neiro-spare`,
    sampleDir: new URL('../../../resources/sample', import.meta.url).pathname
  })
  if (work === 'look') await data.get({ dir })
  for (const path of rest) await data.add({ dir, fileIds: [path] })
}
