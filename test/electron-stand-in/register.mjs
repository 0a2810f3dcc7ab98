// `node --import register.mjs PROGRAM`: makes `import 'electron'` in PROGRAM find the stand-in. Nothing else changes.
import { register } from 'node:module'

const url = new URL('./electron.mjs', import.meta.url).href
const hook = `export const resolve = (name, context, next) =>
  name === 'electron' ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
