// The app itself: version, settings, machine, log; and the files that the user chooses.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../contract/errors'
import type { HandedCalls } from '../contract/window/handed'
import type { AppCalls, AppInfo, SampleAnswers } from '../contract/window/app'
import type { Language } from '../contract/language'
import { Reach } from '../services/files/reach'
import type { AppHooks } from './hooks'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function shellHandlers(parts: Parts, hooks: AppHooks): HandlersOf<AppCalls & HandedCalls> {
  const { places, settings, machine, tell, files, handed } = parts
  const reach = new Reach({
    ...(hooks.folders ?? { folders: [], allow: () => null }),
    projects: async () => (await parts.projects.list()).map(({ dir }) => dir)
  })
  /** with dialogs of the system's own, folders are none of the page's business */
  const ownBrowser = (): void => {
    if (hooks.choose) throw new NeiroError('UNKNOWN_CALL')
  }
  return {
    'app.info': async () => ({
      version: await parts.version(),
      settings: settings.current,
      machine: machine.probe,
      machineProblem: machine.problem(settings.current.language),
      dialogs: hooks.choose ? 'native' : 'page',
      showsFolders: hooks.showInFolder !== undefined,
      platform: process.platform as AppInfo['platform']
    }),
    'app.sampleAnswers': ({ language }) => sampleAnswers(places.sampleDir, language),
    'app.setSettings': async (change) => {
      const changed = await settings.change(change)
      tell('settings.changed', changed)
      return changed
    },
    'app.seenIn': async ({ language }) => {
      const before = settings.current.language
      const seen = settings.seenIn(language)
      if (seen.language !== before) tell('settings.changed', seen)
      return seen
    },
    'app.log': () => parts.supportReport(),
    'files.choose': async ({ kind }) =>
      Promise.all(((await hooks.choose?.(kind)) ?? []).map((path) => files.add(path))),
    'files.browse': async ({ id, kind, ...more }) => {
      ownBrowser()
      return files.browse(id, kind, more, reach)
    },
    'files.makeFolder': async ({ id, name }) => {
      ownBrowser()
      return files.makeFolder(id, name)
    },
    'files.show': async ({ id }) => {
      const path = files.pathOf(id)
      return { shown: (await hooks.showInFolder?.(path)) ?? false }
    },
    'files.takeHanded': () => handed.take()
  }
}

async function sampleAnswers(sampleDir: string, language: Language): Promise<SampleAnswers | null> {
  try {
    const text = await readFile(join(sampleDir, 'answers.json'), 'utf8')
    return (JSON.parse(text) as Record<Language, SampleAnswers>)[language] ?? null
  } catch {
    // never measured
    return null
  }
}
