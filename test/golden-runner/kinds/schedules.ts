// Learning-rate factors of Transformers' schedulers, keyed "schedule/steps/warm-up".
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingRows, type Settings } from '../../../main/contract/settings'
import { scheduleFactor } from '../../../main/trainer/schedule'
import type { Case } from '../cases'
import { worst, type Check } from '../compare'
import type { KindResult } from '../run-case'

export function runSchedules(item: Case): Promise<KindResult> {
  const file = JSON.parse(readFileSync(join(item.dir, 'schedules.json'), 'utf8')) as Record<string, number[]>
  const known: readonly string[] = settingRows.schedule.choices
  const checks: Check[] = []
  const partsNotYet = new Set<string>()
  for (const [key, factors] of Object.entries(file)) {
    const [name = '', total = '', warmup = ''] = key.split('/')
    if (!known.includes(name)) {
      partsNotYet.add(`schedule ${name}`)
      continue
    }
    const { error } = worst(
      factors.map((factor, index) => {
        const ours = scheduleFactor(name as Settings['schedule'], index, Number(total), Number(warmup))
        return [String(index), Math.abs(ours - factor)] as const
      })
    )
    checks.push({ name: key, error, tolerance: 1e-12 })
  }
  return Promise.resolve({ checks, partsNotYet: [...partsNotYet] })
}
