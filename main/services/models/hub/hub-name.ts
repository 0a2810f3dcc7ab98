// Names of models on the hub, told from places of this PC.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** OWNER/NAME, and nothing in the folder that is called so. */
export const isHubName = (word: string, folder = '.'): boolean =>
  /^\w[\w.-]*\/\w[\w.-]*$/.test(word) && !existsSync(resolve(folder, word))
