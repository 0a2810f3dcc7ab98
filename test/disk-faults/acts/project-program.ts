// The whole app on a home, without a window: changes a project step by step and says after each that it is done; or
// says what stands there. Bundled, and run as a process by project.ts: HOME change|look [TABLE].
import { createApp } from '../../../main/app'
import { placesOf } from '../../../main/places'

const [home = '', what = '', table = ''] = process.argv.slice(2)
const app = await createApp({
  // NEIRO_ROOT says where the built app lies: this program is bundled elsewhere
  places: placesOf({ packaged: false, env: { ...process.env, NEIRO_HOME: home } }),
  log: () => undefined,
  hooks: {},
  language: 'ja'
})
const tell = (word: unknown): void => void process.stdout.write(`${JSON.stringify(word)}\n`)

async function state(): Promise<unknown> {
  const projects = await app.call('projects.list', {})
  const rows = await Promise.all(
    projects.map(async ({ id, name }) => {
      const { rows } = await app.call('data.rows', { project: id, offset: 0, limit: 100, search: '' })
      return { name, rows: rows.map((row) => JSON.stringify(row)) }
    })
  )
  const { settings } = await app.call('app.info', {})
  return { projects: rows, theme: settings.theme }
}

try {
  if (what === 'change') {
    const refs = await app.addPaths([table])
    const { id } = await app.call('projects.create', { name: '窓口', company: '', sample: false })
    tell(await state())
    await app.call('data.add', { project: id, fileIds: refs.map((ref) => ref.id) })
    tell(await state())
    await app.call('projects.update', { id, name: '新しい窓口' })
    tell(await state())
    await app.call('app.setSettings', { theme: 'dark' })
    tell(await state())
  } else tell(await state())
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  process.stdout.write(`${JSON.stringify({ event: 'error', code: code ?? 'INTERNAL', message })}\n`)
  process.exitCode = 1
}
await app.close()
