// Keeps the machine awake exactly while a run is active.
import { powerSaveBlocker } from 'electron'

let blocker: number | null = null

export function keepAwake(active: boolean): void {
  if (active && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
  if (!active && blocker !== null) {
    powerSaveBlocker.stop(blocker)
    blocker = null
  }
}
