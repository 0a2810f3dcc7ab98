// Where the starter is made: finished files go into resources/starter/model, everything on the way into out/.
import { join } from 'node:path'
import { placesOf } from '../../main/places'

export const {
  appRoot,
  addonFile,
  resourcesDir,
  sampleDir,
  starterModelDir: modelDir
} = placesOf({ packaged: false, env: process.env })
export const sampleFile = join(sampleDir, 'support-desk.jsonl')
export const toneFile = join(sampleDir, 'tone.json')

const workDir = join(appRoot, 'out/starter')
/** the model before its first lesson */
export const firstDir = join(workDir, 'first')
/** where a stopped training goes on */
export const stateDir = join(workDir, 'state')
