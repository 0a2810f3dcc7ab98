// Where the starter is made: finished files go into resources/starter/model, everything on the way into out/.
import { join } from 'node:path'
import { appRoot, resourcesDir, sampleDir, starterModelDir } from '../../../main/paths'

export const modelDir = starterModelDir
export const sampleFile = join(sampleDir, 'support-desk.jsonl')
export const toneFile = join(sampleDir, 'tone.json')
export { resourcesDir, sampleDir }

const workDir = join(appRoot, 'out/starter')
/** the model before its first lesson */
export const firstDir = join(workDir, 'first')
/** where a stopped training goes on */
export const stateDir = join(workDir, 'state')
