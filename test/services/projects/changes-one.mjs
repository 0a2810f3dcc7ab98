// A program that changes a project while another does the same: node changes-one.mjs HOME ID START KEY COUNT
import { setTimeout as sleep } from 'node:timers/promises'
import { register } from 'tsx/esm/api'

const [home, id, start, key, count] = process.argv.slice(2)
register()
const { Projects } = await import('../../../main/services/projects/projects.ts')
const projects = new Projects(home)
await sleep(Number(start) - Date.now())
for (let turn = 1; turn <= Number(count); turn++) await projects.change(id, { [key]: `${key} ${turn}` })
