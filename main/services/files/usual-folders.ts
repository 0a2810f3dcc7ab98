// The folders that a person looks in first: home and its usual folders, by the names that the desktop gives them, and
// the drives that are connected. What is not there is not offered.
import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { UsualFolder } from '../../contract/window/app'

interface Place {
  readonly kind: UsualFolder
  readonly path: string
}

export interface Desktop {
  readonly home: string
  readonly platform: NodeJS.Platform
  /** folders whose entries are drives */
  readonly drives: readonly string[]
}

const usual = { desktop: 'Desktop', documents: 'Documents', downloads: 'Downloads' } as const

export async function usualFolders(desktop: Desktop = thisDesktop()): Promise<readonly Place[]> {
  const { home, platform } = desktop
  const named = platform === 'linux' ? await namedOnLinux(home) : {}
  const own = (Object.keys(usual) as (keyof typeof usual)[]).map((kind) => ({
    kind,
    path: named[kind] ?? join(home, usual[kind])
  }))
  const all: readonly Place[] = [{ kind: 'home', path: home }, ...own, ...(await drivesOf(desktop))]
  const there = await Promise.all(all.map(({ path }) => isFolder(path)))
  // where a desktop has no folder of its own for something, it names the home
  return all.filter(({ kind, path }, at) => there[at] && (kind === 'home' || path !== home))
}

function thisDesktop(): Desktop {
  const user = process.env['USER'] ?? ''
  const drives: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: [join('/media', user), join('/run/media', user), '/mnt'],
    darwin: ['/Volumes']
  }
  return { home: homedir(), platform: process.platform, drives: drives[process.platform] ?? [] }
}

async function drivesOf({ platform, drives }: Desktop): Promise<readonly Place[]> {
  if (platform === 'win32')
    return [...'CDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => ({ kind: 'drive', path: `${letter}:\\` }))
  const lists = await Promise.all(
    drives.map(async (dir) => (await readdir(dir).catch(() => [])).map((name) => join(dir, name)))
  )
  return lists.flat().map((path) => ({ kind: 'drive', path }))
}

/** user-dirs.dirs of the XDG user directories: XDG_DOCUMENTS_DIR="$HOME/書類" */
async function namedOnLinux(home: string): Promise<Partial<Record<UsualFolder, string>>> {
  const text = await readFile(join(home, '.config/user-dirs.dirs'), 'utf8').catch(() => '')
  const of = (name: string): string | undefined =>
    new RegExp(`^XDG_${name}_DIR="(.*)"`, 'm').exec(text)?.[1]?.replace('$HOME', home)
  const found = { desktop: of('DESKTOP'), documents: of('DOCUMENTS'), downloads: of('DOWNLOAD') }
  return Object.fromEntries(Object.entries(found).filter(([, path]) => path !== undefined))
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isDirectory(),
    () => false
  )
