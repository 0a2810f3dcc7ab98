// The right to write is taken from a run's folder while it trains: a sentence that names the place, what was reached stays,
// and once the right is back the run goes on. By a user for whom rights mean something: root may write anywhere.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tinyModel } from '../fixtures/tiny-model'
import { faq } from '../services/dataset/project'

const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const isRoot = process.getuid?.() === 0
/** where there is root, there is also nobody */
const nobody = isRoot ? { uid: 65534, gid: 65534 } : {}

let place = ''
let model = ''
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'neiro-right-'))
  chmodSync(place, 0o755)
  model = tinyModel('llama', place)
  writeFileSync(join(place, 'faq.csv'), faq(40))
  if (isRoot) spawnSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, place])
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

type Event = Readonly<Record<string, unknown>> & { readonly event: string }

/** onStep: told of each step that was learnt. */
function neiro(
  args: readonly string[],
  onStep: (step: number) => void = () => undefined
): Promise<{ readonly status: number | null; readonly events: Event[] }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, ...args, '--json', '--lang', 'en'], {
      env: { ...process.env, HOME: place, NEIRO_HOME: join(place, 'home'), TMPDIR: place },
      ...nobody
    })
    const events: Event[] = []
    let rest = ''
    child.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const event = JSON.parse(line) as Event
        events.push(event)
        if (event.event === 'step') onStep(Number(event['step']))
      }
    })
    child.stderr.resume()
    child.on('close', (status) => done({ status, events }))
  })
}

const allow = (right: 'a-w' | 'u+w'): void =>
  void spawnSync('chmod', ['-R', right, join(place, 'run')], { stdio: 'ignore' })

test.skipIf(process.platform === 'win32')(
  'named, nothing lost, and on it goes',
  async () => {
    const run = join(place, 'run')
    const args = ['tune', '--model', model, '--data', join(place, 'faq.csv'), '--out', run, '--threads', '1']
    const more = ['--lora-rank', '4', '--epochs', '6', '--checkpoint-steps', '2', '--batch-size', '1']
    const small = ['--gradient-accumulation-steps', '4', '--target-modules', 'q_proj']
    let taken = false
    const ended = await neiro([...args, ...more, ...small], (step) => {
      if (step < 5 || taken) return
      taken = true
      allow('a-w')
    })
    expect(taken, JSON.stringify(ended.events.slice(-3))).toBe(true)
    expect(ended.status).toBe(1)
    // whichever call meets it first: a write that says so, or one of which nobody knows whether it read or wrote
    const code = ended.events.findLast(({ event }) => event === 'error')?.['code']
    expect(['READ_ONLY', 'NO_ACCESS']).toContain(code)

    allow('u+w')
    const resumed = await neiro(['tune', '--resume', run])
    const steps = resumed.events.flatMap(({ event, ...one }) =>
      event === 'step' ? [Number(one['step'])] : []
    )
    // from a checkpoint, not from the beginning
    expect(steps[0]).toBeGreaterThan(2)
    expect(resumed.events.at(-1)).toMatchObject({ event: 'finished' })
    expect(resumed.status).toBe(0)
  },
  120_000
)
