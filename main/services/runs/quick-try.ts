// A quick try made so short that it takes minutes with any model: fewer checks first, then fewer rounds, then fewer
// examples. What it takes is asked of the planner.
import type { Settings } from '../../contract/settings'
import type { TrainingPlan } from '../../contract/window/training'
import type { PresetChoice } from './presets'

export const quickSeconds = 5 * 60
/** parts to fall back to, in examples; with fewer there is nothing to be seen */
const fewer = [60, 30, 16, 8, 4]

type Short = Pick<PresetChoice, 'settings' | 'part'>
type Plan = (settings: Settings, part: number) => Promise<Pick<TrainingPlan, 'seconds' | 'steps'>>

/** The same object where it is short enough already; the shortest there is where nothing is. */
export async function shortened(wanted: Short, train: number, plan: Plan): Promise<Short> {
  if ((await plan(wanted.settings, wanted.part)).seconds <= quickSeconds) return wanted
  const examples = Math.round(train * wanted.part)
  let shortest = wanted
  for (const count of [examples, ...fewer.filter((one) => one < examples)]) {
    const part = count / train
    const once = await seldomChecked({ ...wanted.settings, epochs: 1 }, part, plan)
    shortest = { settings: once.settings, part }
    if (once.seconds > quickSeconds) continue
    const twice = await plan({ ...once.settings, epochs: 2, evaluationSteps: once.steps }, part)
    const more = Math.floor((quickSeconds - once.seconds) / Math.max(twice.seconds - once.seconds, 1e-9))
    const epochs = Math.min(wanted.settings.epochs, 1 + more)
    return {
      settings: { ...once.settings, epochs, evaluationSteps: Math.ceil((once.steps * epochs) / 2) },
      part
    }
  }
  return shortest
}

/** Checked in the middle and at the end. */
async function seldomChecked(
  settings: Settings,
  part: number,
  plan: Plan
): Promise<{ readonly settings: Settings; readonly seconds: number; readonly steps: number }> {
  const { steps } = await plan(settings, part)
  const seldom = { ...settings, evaluationSteps: Math.max(1, Math.ceil(steps / 2)) }
  return { settings: seldom, ...(await plan(seldom, part)) }
}
