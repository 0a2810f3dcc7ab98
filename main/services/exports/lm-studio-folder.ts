// LM Studio's folder of models, and a GGUF file put into it: as a second name of the same file where the disk allows
// that, else as a copy. Nothing of LM Studio's own is touched.
import { constants, existsSync } from 'node:fs'
import { copyFile, link, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { asFileError } from '../../files/file-errors'
import { remove, renameInto } from '../../files/moving'

/** Null: LM Studio was never started here. */
export async function lmStudioModels(home: string): Promise<string | null> {
  const pointer = await readFile(join(home, '.lmstudio-home-pointer'), 'utf8').catch(() => '')
  const said = pointer.trim()
  const places = [
    ...(isAbsolute(said) ? [said] : []),
    join(home, '.lmstudio'),
    join(home, '.cache/lm-studio')
  ]
  const own = places.find((place) => existsSync(place))
  if (own === undefined) return null
  try {
    const settings = JSON.parse(await readFile(join(own, 'settings.json'), 'utf8')) as Record<string, unknown>
    const chosen = settings['downloadsFolder']
    if (typeof chosen === 'string' && isAbsolute(chosen) && existsSync(chosen)) return chosen
  } catch {
    // as it came
  }
  return join(own, 'models')
}

export interface PutFile {
  readonly file: string
  /** linked: it takes no room of its own */
  readonly how: 'linked' | 'copied'
}

/** As neiro/NAME/FILE below the folder. Throws DISK_FULL or READ_ONLY {place}. */
export async function putIntoLmStudio(models: string, file: string, name: string): Promise<PutFile> {
  const target = join(models, 'neiro', name, basename(file))
  const half = `${target}.part`
  try {
    await mkdir(dirname(target), { recursive: true })
    if (await isSame(file, target)) return { file: target, how: 'linked' }
    await remove(half)
    const how = await link(file, half).then(
      () => 'linked' as const,
      async () => {
        // another disk, or one that knows no second names
        await copyFile(file, half, constants.COPYFILE_FICLONE)
        return 'copied' as const
      }
    )
    await remove(target)
    await renameInto(half, target)
    return { file: target, how }
  } catch (error) {
    await remove(half).catch(() => undefined)
    throw asFileError(error, models)
  }
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = [await stat(a), await stat(b).catch(() => null)]
  return other !== null && one.ino === other.ino && one.dev === other.dev
}
