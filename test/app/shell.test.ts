// The app itself: ready at once, its machine told later, settings and log, files by reference only; and what
// it says where there is no engine.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callNames } from '../../main/contract/channels'
import { answer } from '../../main/ipc/gate'
import { AppHome, until } from './app-home'

let place: AppHome
beforeEach(() => {
  place = new AppHome()
})
afterEach(() => place.remove())

const machineKnown = (): Promise<true> =>
  until(() => (place.told.some(({ event }) => event === 'machine.changed') ? true : null))

describe('the app', () => {
  test('answers at once; the machine is told when the engine has answered', async () => {
    const app = await place.open({ language: 'en' })
    const info = await app.call('app.info', {})
    expect(info).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      settings: { language: 'en', theme: 'system', threads: 0 },
      machineProblem: null,
      dialogs: 'page',
      platform: process.platform
    })
    await machineKnown()
    const { machine } = await app.call('app.info', {})
    expect(machine?.processors).toBeGreaterThan(0)
    expect(machine?.families).toContain('llama')
  })

  test('without an engine everything else works, and the reason is a sentence in the user’s language', async () => {
    const app = await place.open({ places: { addonFile: join(place.folder, 'neiro.node') } })
    await machineKnown()
    const info = await app.call('app.info', {})
    expect(info.machine).toBeNull()
    expect(info.machineProblem).toMatch(/計算エンジンが見つかりません.*。/)
    await app.call('app.setSettings', { language: 'en' })
    expect((await app.call('app.info', {})).machineProblem).toMatch(/^The engine was not found/)
    expect(await app.call('projects.list', {})).toEqual([])
    const [starter] = await app.call('models.list', {})
    expect(starter?.error?.code).toBe('ADDON_MISSING')
  })

  test('keeps settings and tells them; what it read is in the log', async () => {
    const app = await place.open()
    await app.call('app.setSettings', { theme: 'dark', threads: 2 })
    expect(place.values('settings.changed')).toEqual([
      { language: 'ja', languageChoice: 'system', theme: 'dark', threads: 2, looksForUpdates: false }
    ])
    await place.close()
    const again = await place.open({ language: 'en' })
    // the language was never chosen: it is that of the place, and told by whoever looks at the window
    const kept = { languageChoice: 'system', theme: 'dark', threads: 2, looksForUpdates: false }
    expect((await again.call('app.info', {})).settings).toEqual({ language: 'en', ...kept })
    expect(await again.call('app.seenIn', { language: 'ja' })).toEqual({ language: 'ja', ...kept })
    expect(place.values('settings.changed').at(-1)).toMatchObject({ language: 'ja' })
    expect((await again.call('app.log', {})).text).toMatch(/^Neiro \d+\.\d+\.\d+, Node/)
    const line = `${'x'.repeat(99)}\n`
    mkdirSync(place.home, { recursive: true })
    appendFileSync(join(place.home, 'neiro.log'), `first\n${line.repeat(4_000)}read ${place.home}/a/b.csv\n`)
    const { text, masked } = await again.call('app.log', {})
    expect(text.length).toBeLessThanOrEqual(257 * 1024)
    expect(text).toMatch(/\n\nx{99}\n/)
    expect(text.endsWith('\nread <PATH 1>.csv\n')).toBe(true)
    expect(masked).toBe(1)
  })

  test('shows the sample’s answers where they were measured', async () => {
    const sampleDir = join(place.folder, 'sample')
    mkdirSync(sampleDir)
    const app = await place.open({ places: { sampleDir } })
    expect(await app.call('app.sampleAnswers', { language: 'ja' })).toBeNull()
    const ja = { question: '送料は', base: '550円です。', tuned: '550円を頂戴しております。' }
    writeFileSync(join(sampleDir, 'answers.json'), JSON.stringify({ ja }))
    expect(await app.call('app.sampleAnswers', { language: 'ja' })).toEqual(ja)
    expect(await app.call('app.sampleAnswers', { language: 'en' })).toBeNull()
  })
})

describe('files', () => {
  test('of the page’s own browser: only what was shown can be named', async () => {
    const folders = { folders: [place.folder], allow: () => null }
    const app = await place.open({ hooks: { folders } })
    const [folder] = await app.addPaths([place.folder])
    const listing = await app.call('files.browse', { id: folder?.id ?? null, kind: 'model-folder' })
    expect(listing.here).toEqual(folder)
    expect(listing.entries.some(({ shownPath }) => shownPath === place.model)).toBe(true)
    await expect(app.call('files.browse', { id: 'made-up', kind: 'model-folder' })).rejects.toMatchObject({
      code: 'FILE_UNKNOWN'
    })
    expect(await app.call('files.choose', { kind: 'data-files' })).toEqual([])
    expect(await app.call('files.show', { id: folder?.id ?? '' })).toEqual({ shown: false })
  })

  test('of the system’s dialogs: chosen there, shown there, and the page browses nothing', async () => {
    const shown: string[] = []
    const app = await place.open({
      hooks: { choose: async () => [place.model], showInFolder: (path) => shown.push(path) > 0 }
    })
    expect((await app.call('app.info', {})).dialogs).toBe('native')
    const [ref] = await app.call('files.choose', { kind: 'model-folder' })
    expect(ref).toMatchObject({ folder: true, shownPath: place.model })
    expect(await app.call('files.show', { id: ref?.id ?? '' })).toEqual({ shown: true })
    expect(shown).toEqual([place.model])
    await expect(app.call('files.browse', { id: null, kind: 'data-files' })).rejects.toMatchObject({
      code: 'UNKNOWN_CALL'
    })
  })
})

describe('every call', () => {
  test('about something that is not there is answered with a known error, never with a crash', async () => {
    const app = await place.open()
    const id = 'nothing'
    const settings = (await import('../../main/contract/settings')).defaultSettings
    const args: Record<string, unknown> = {
      ...{ id, project: id, run: id, fileId: id, file: id, undo: id, chat: id, target: id },
      ...{
        settings,
        part: 1,
        preset: 'custom',
        questions: [],
        kind: 'peft',
        dtype: 'F32',
        limit: 3,
        points: 99
      },
      ...{
        offset: 0,
        index: 0,
        search: '',
        maxSeqLength: 64,
        overrides: {},
        applied: true,
        name: 'x',
        documents: [],
        ids: [id],
        to: { kind: 'folder', fileId: id }
      }
    }
    const needs = callNames.filter(
      (name) =>
        !/^(app|api|programs|updates)\.|^elsewhere\.(allowed|keys?|setKey)$|^asking\.endChat$|^files\.(choose|takeHanded)|list$|bin$|lost$|create$|cancel$|^storage\.(get|emptyOld|useStandard)$/.test(
          name
        ) &&
        // the hub's, the machine's, or what is asked of a stranger's server
        !/^models\.(catalogue|look|fetch|fetches|pauseFetch|cancelFetch|found|hub|set\w+|emptyStore)$/.test(
          name
        )
    )
    expect(needs.length).toBeGreaterThan(30)
    const odd: unknown[] = []
    for (const name of needs) {
      const call = app.call as unknown as (name: string, args: unknown) => Promise<unknown>
      const error: unknown = await call(name, args).then(
        () => null,
        (reason: unknown) => reason
      )
      const code = (error as { code?: string } | null)?.code ?? 'nothing'
      if (
        !/^(PROJECT_GONE|RUN_GONE|FILE_UNKNOWN|NOTHING_TO_RESTORE|MODEL_GONE|FETCH_UNKNOWN|FOUND_GONE|NO_SHAPE)$/.test(
          code
        )
      )
        odd.push({ name, code })
    }
    expect(odd).toEqual([])
  })

  test('goes through the gate with checked arguments', async () => {
    const app = await place.open()
    const log = (): void => undefined
    expect(await answer(app, log, 'projects.list', {})).toEqual({ ok: true, value: [] })
    expect(await answer(app, log, 'projects.get', { id: '../x' })).toMatchObject({
      ok: false,
      error: { code: 'BAD_ARGUMENTS' }
    })
  })
})
