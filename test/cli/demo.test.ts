// The demo as a real process, cut short: every part of it happens, and what it says is what it left behind.
// That the full demo reaches the tone is measured with the starter (resources/), not here.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { starterModelDir } from '../fixtures/places'
import { neiro } from '../fixtures/neiro-cli'
import { only } from './desk'

const home = mkdtempSync(join(tmpdir(), 'neiro-demo-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const ready = existsSync(join(starterModelDir, 'model.safetensors'))

test.skipIf(!ready)(
  `demo, two steps of it${ready ? '' : ' (skipped: no starter model yet)'}`,
  { timeout: 300_000 },
  async () => {
    const { status, events, stderr } = await neiro(['demo', '--max-steps', '2', '--lang', 'ja'], {
      NEIRO_HOME: home
    })
    expect(status, stderr).toBe(0)
    const names = events.map(({ event }) => event)
    expect(names.filter((name) => ['prepared', 'started', 'scores', 'finished'].includes(name))).toEqual([
      'prepared',
      'started',
      'scores',
      'finished'
    ])
    const [prepared] = only(events, 'prepared')
    expect(prepared).toMatchObject({ refused: 0, cut: 0 })
    expect(only(events, 'answer')).toHaveLength(Number(prepared?.['heldOut']))
    // questions in the user's language come first
    expect(String(only(events, 'answer')[0]?.['question'])).toMatch(/[ぁ-ん]/)
    const [scores] = only(events, 'scores') as unknown as [
      Record<'base' | 'tuned', { tone: { total: number } }>
    ]
    expect(scores.base.tone.total).toBe(prepared?.['heldOut'])
    expect(scores.tuned.tone.total).toBe(prepared?.['heldOut'])
    const { result } = events.at(-1) as unknown as { result: string }
    expect(existsSync(join(result, 'adapter_model.safetensors'))).toBe(true)
  }
)
