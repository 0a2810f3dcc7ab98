// The calls about trainings on other machines: what would leave is looked at, agreed to or refused, and what was learnt there
// is taken back.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isCloud, type CloudKind, type CloudTerms, type RemotePlace } from '../contract/elsewhere'
import { NeiroError } from '../contract/errors'
import type { CloudKeyView, ElsewhereCalls, WantedPlace } from '../contract/window/elsewhere'
import type { Leaving } from '../services/runners/leaving'
import { placeOfKind, readPlace } from '../services/runners/places'
import type { RunPlace } from '../services/runs/run-view'
import { newRunOf } from './new-run'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

/** What was shown, as it was shown: nothing else can be agreed to. */
interface Shown {
  readonly leaving: Leaving
  readonly modelThere: string | undefined
  readonly cloud: CloudTerms | undefined
}

interface Service {
  readonly kind: CloudKind
  readonly where: string
}

export function elsewhereHandlers(parts: Parts): HandlersOf<ElsewhereCalls> {
  const { elsewhere, files, projects, queue, runTeller, store, training, tell } = parts
  const shown = new Map<string, Shown>()

  const putAway = async (place: RunPlace): Promise<void> => {
    shown.delete(place.id)
    await store.remove(place)
    tell('projects.changed', null)
  }

  /** Throws NO_SUCH_PLACE. */
  const placeOf = (to: WantedPlace): RemotePlace =>
    to.kind === 'folder'
      ? { kind: 'folder', where: files.pathOf(to.fileId) }
      : placeOfKind(to.kind, to.where.trim())

  /** In the folder that was chosen the run has its own. Throws TARGET_EXISTS. */
  function ownPlace(asked: RemotePlace, { dir }: RunPlace): RemotePlace {
    if (asked.kind !== 'folder') return asked
    const where = join(asked.where, basename(dir))
    if (existsSync(where)) throw new NeiroError('TARGET_EXISTS', { target: where })
    return { kind: 'folder', where }
  }

  /** Throws NO_SUCH_PLACE. */
  async function keyOf({ kind, where }: Service): Promise<CloudKeyView> {
    const { keys } = elsewhere
    return { state: await keys.state(placeOfKind(kind, where.trim())), keptIn: keys.keptIn }
  }

  return {
    'elsewhere.allowed': () => elsewhere.allowed(),
    'elsewhere.look': async ({ training: request, to, modelThere }) => {
      // before anything is made of it
      const asked = placeOf(to)
      await elsewhere.checkPolicy(asked)
      const place = await training.prepareRun(await newRunOf(request, parts))
      try {
        const wanted = ownPlace(asked, place)
        const there = modelThere ?? undefined
        const cloud = 'terms' in to ? to.terms : undefined
        const leaving = await elsewhere.look(place, {
          ...{ to: wanted, modelThere: there, cloud, language: parts.language() }
        })
        shown.set(place.id, { leaving, modelThere: there, cloud })
        const { title, said, personal } = leaving
        return { run: place.id, to: wanted, title, said, personal }
      } catch (error) {
        await putAway(place).catch(() => undefined)
        throw error
      }
    },
    'elsewhere.agree': async ({ run, unmasked }) => {
      const place = await store.place(run)
      const read = shown.get(run)
      // shown by a Neiro that has ended since
      if (!read) throw new NeiroError('OTHER_THAN_AGREED', { dir: place.dir })
      const { to, personal } = read.leaving
      if (personal > 0 && !unmasked) throw new NeiroError('UNMASKED_NOT_SAID', { rows: String(personal) })
      await elsewhere.agree(place, read.leaving, read)
      shown.delete(run)
      if (place.project !== null) await projects.change(place.project, { chosenRun: run, step: 'train' })
      if (to.kind === 'folder') await elsewhere.handOver(place)
      else await queue.startRun(place)
      runTeller.changed(place)
      tell('projects.changed', null)
      return store.view(place)
    },
    'elsewhere.refuse': async ({ run }) => {
      await putAway(await store.place(run))
      return null
    },
    'elsewhere.key': (service) => keyOf(service),
    'elsewhere.keys': async () => {
      const { kept, said } = await elsewhere.keys.list()
      const places = kept.flatMap((text) => cloudPlaceIn(text) ?? [])
      return { kept: places, environment: said, keptIn: elsewhere.keys.keptIn }
    },
    'elsewhere.setKey': async ({ key, ...service }) => {
      await elsewhere.keys.set(placeOfKind(service.kind, service.where.trim()), key)
      return keyOf(service)
    },
    'elsewhere.takeBack': async ({ fileId }) => {
      const place = await elsewhere.takeBack(files.pathOf(fileId))
      runTeller.changed(place)
      tell('projects.changed', null)
      return store.view(place)
    }
  }
}

/** null: what a Neiro after this one has kept */
function cloudPlaceIn(text: string): { readonly kind: CloudKind; readonly where: string } | null {
  try {
    const { kind, where } = readPlace(text)
    return isCloud(kind) ? { kind, where } : null
  } catch {
    return null
  }
}
