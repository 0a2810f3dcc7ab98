// A program that takes files into a project one after another, to be killed in the middle: started by kills.test.ts.
// Says when it begins.
import { register } from 'tsx/esm/api'

const [dir, program, keeperProgram, ...paths] = process.argv.slice(2)
register()
const { DataSets } = await import('../../main/services/dataset/data-sets.ts')
const { Workshop } = await import('../../main/workshop/workshop.ts')
const { HostedKeeper } = await import('../../main/keeper/hosted-keeper.ts')

const workshop = new Workshop({ program })
const data = new DataSets({
  files: { pathOf: (id) => id, letGo: async () => undefined },
  onProgress: () => undefined,
  language: () => 'ja',
  modelOf: async () => null,
  reader: workshop.reader,
  keeper: new HostedKeeper({ program: keeperProgram }),
  spareDir: `${dir}/../neiro-spare`,
  sampleDir: new URL('../../resources/sample', import.meta.url).pathname
})
console.log('begins')
for (const path of paths) await data.add({ dir, fileIds: [path] })
// the one who started it ends it
setInterval(() => undefined, 1000)
