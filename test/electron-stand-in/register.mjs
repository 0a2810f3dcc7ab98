// `node --import register.mjs PROGRAM`: makes `import 'electron'` in PROGRAM find the stand-in. Nothing else changes.
import { createRequire, Module, register } from 'node:module'

const url = new URL('./electron.mjs', import.meta.url).href
const hook = `export const resolve = (name, context, next) =>
  name === 'electron' ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(hook)}`)

// packages that require it find the same; the real one's file would ask for its binary
const real = createRequire(import.meta.url).resolve('electron')
const load = Module._load
Module._load = function (name, ...rest) {
  return name === 'electron' || name === real ? globalThis.standInForElectron : load.call(this, name, ...rest)
}
