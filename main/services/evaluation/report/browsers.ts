// Browsers of this machine that print a page without a window: Edge is on every Windows, Chrome or Chromium on many others.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const onMac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`
)
const onWindows = [
  join('Microsoft', 'Edge', 'Application', 'msedge.exe'),
  join('Google', 'Chrome', 'Application', 'chrome.exe')
]

/** null: there is none where one usually is. */
export function findBrowser(
  env: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform = process.platform
): string | null {
  return placesOf(env, platform).find((file) => existsSync(file)) ?? null
}

function placesOf(env: Readonly<NodeJS.ProcessEnv>, platform: NodeJS.Platform): readonly string[] {
  // as other programs that start a browser are told
  const named = env['CHROME_PATH'] === undefined ? [] : [env['CHROME_PATH']]
  if (platform === 'darwin') return [...named, ...onMac]
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? [])
    return [...named, ...roots.flatMap((root) => onWindows.map((file) => join(root, file)))]
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...named, ...folders.flatMap((folder) => names.map((name) => join(folder, name)))]
}
