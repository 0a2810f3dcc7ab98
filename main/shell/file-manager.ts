// Opens a folder in the machine's own file manager, for the window that a browser shows: by the program that every
// desktop has for this. Where there is no screen, or no such program, there is nothing to open it with.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type ShowInFolder = (path: string) => Promise<boolean>

type Env = Readonly<Record<string, string | undefined>>

/** a program that has not failed by then has opened something */
const patienceMs = 1500

/** null: this machine shows no folders. */
export function fileManager(
  env: Env = process.env,
  platform: NodeJS.Platform = process.platform
): ShowInFolder | null {
  if (platform === 'win32') return (path) => opened('explorer.exe', path, env, { codeTells: false })
  if (platform === 'darwin') return (path) => opened('open', path, env)
  const screen = env['DISPLAY'] || env['WAYLAND_DISPLAY']
  const opener = screen ? found('xdg-open', env) : null
  return opener === null ? null : (path) => opened(opener, path, env)
}

function found(name: string, env: Env): string | null {
  for (const dir of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    try {
      accessSync(join(dir, name), constants.X_OK)
      return join(dir, name)
    } catch {
      // not in this folder
    }
  }
  return null
}

/** The path is one argument and no shell reads it. Explorer ends with 1 also when it has opened the folder. */
function opened(
  program: string,
  path: string,
  env: Env,
  { codeTells = true }: { readonly codeTells?: boolean } = {}
): Promise<boolean> {
  return new Promise((answer) => {
    const child = spawn(program, [path], { stdio: 'ignore', detached: true, env: env as NodeJS.ProcessEnv })
    const patience = setTimeout(() => answer(true), patienceMs)
    const settle = (shown: boolean): void => {
      clearTimeout(patience)
      answer(shown)
    }
    child.on('error', () => settle(false))
    child.on('exit', (code) => settle(!codeTells || code === 0))
    // it outlives us, and we it
    child.unref()
  })
}
