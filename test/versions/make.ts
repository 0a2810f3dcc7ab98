// `npm run versions:keep`, once for each version that goes out: a small data folder as this Neiro leaves it (settings, a project
// with changed data, a training that ended, one that was paused, an export), for later versions to be held to.
import type { Settings } from '../../main/contract/settings'
import { versionOf } from '../../main/version'
import { AppHome, until } from '../app/app-home'
import { keepHome } from './kept-home'

const place = new AppHome()
const app = await place.open()
const small: Partial<Settings> = { loraRank: 1, targetModules: ['q_proj'] }
await app.call('app.setSettings', { language: 'ja', theme: 'dark', threads: 1 })
const { id } = await place.project(30, '窓口')
await app.call('data.editExample', { project: id, index: 3, answer: '直した答えです。' })
await app.call('data.editExample', { project: id, index: 5, removed: true })
const first = await place.start(id, small, ['質問は何ですか'])
await place.until(first.id, 'finished', 'failed')
const begun = await app.call('exports.start', { run: first.id, kind: 'peft', target: null, dtype: 'F32' })
await until(async () => {
  const record = (await app.call('exports.list', { run: first.id })).find((one) => one.id === begun.id)
  return record?.state === 'done' || record?.state === 'failed' ? record : null
})
const second = await place.start(id, { ...small, maxSteps: 400, evaluationSteps: 100 })
await until(async () => ((await place.run(second.id)).step >= 10 ? true : null))
await app.call('runs.pauseRun', { id: second.id })
const paused = await place.until(second.id, 'paused', 'finished', 'failed')
await place.close()
const version = await versionOf('.')
keepHome(place.home, version, { '«model»': place.model, '«home»': place.home })
console.log(`test/versions/${version}: ${first.id} finished, ${second.id} ${paused.state} at ${paused.step}`)
await place.remove()
