// Nothing leaves without consent: each connection that a training tries to make is watched, at every place. Only the one that was
// agreed to is made, and the sheet of the run says what left, when, where to and by whose word.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canWatch, connectionsIn, watching } from '../fixtures/connections'
import { PlayedCluster } from '../services/runners/played-cluster'
import { PlayedOpenAi } from '../services/runners/played-openai'
import { Desk } from './desk'

describe.runIf(canWatch)('connections of a training', () => {
  const desk = new Desk()
  afterAll(() => desk.remove())
  const cluster = new PlayedCluster()
  const service = new PlayedOpenAi()
  beforeEach(async () => {
    await cluster.start()
    await service.start()
  })
  afterEach(async () => {
    await cluster.stop()
    await service.stop()
  })

  /** A training of that name: where it connected to, and the sheet of its run. */
  async function trained(name: string, args: readonly string[]) {
    const log = join(desk.place, `${name}.strace`)
    const { status, stderr } = await desk.person([...args, '--name', name], {
      ...{ before: watching(log), env: { OPENAI_API_KEY: 'sk-watched' } }
    })
    expect(status, stderr).toBe(0)
    return { to: connectionsIn(log), sheet: sheetOf(name) }
  }
  const tune = (...more: string[]): string[] => desk.tuneArgs('--max-steps', '4', ...more)

  /** '' where there is none. */
  function sheetOf(name: string): string {
    const sheets = readdirSync(desk.place, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('AUDIT.md'))
      .map((file) => readFileSync(join(desk.place, file), 'utf8'))
    return sheets.find((text) => text.startsWith(`# `) && text.split('\n')[0]?.endsWith(`: ${name}`)) ?? ''
  }

  const today = (): string => new Date().toISOString().slice(0, 10)

  test('what is watched is seen: a service that was agreed to', async () => {
    service.script.push((job) => service.succeed(job))
    const { to, sheet } = await trained('at-service', [
      ...['tune', '--data', desk.faq, '--epochs', '2', '--on', service.openai],
      ...['--model-there', 'gpt-4.1-mini-2025-04-14', '--send']
    ])
    const address = new URL(service.openai.replace(/^openai:/, ''))
    expect(to).toEqual([`${address.hostname}:${address.port}`])
    expect(sheet).toContain(address.host)
    expect(sheet).toContain(userInfo().username)
    expect(sheet).toContain(today())
  }, 120_000)

  test('on this PC there is none, and no sheet', async () => {
    expect(await trained('here', tune())).toEqual({ to: [], sheet: '' })
  }, 120_000)

  test('into a folder there is none, and a sheet of what is in it', async () => {
    const { to, sheet } = await trained(
      'by-hand',
      tune('--on', `folder:${join(desk.place, 'out')}`, '--send')
    )
    expect(to).toEqual([])
    expect(sheet).toContain(join(desk.place, 'out'))
  }, 120_000)

  test('to a Ray cluster there is the one that was agreed to, and nothing before that', async () => {
    cluster.finished(4)
    const log = join(desk.place, 'unasked.strace')
    const on = ['--on', `ray:${cluster.address}`]
    const unasked = await desk.person(tune('--name', 'unasked', ...on), {
      before: watching(log)
    })
    expect(unasked.status).not.toBe(0)
    expect(connectionsIn(log)).toEqual([])
    // what looks like personal data leaves for no place without a word of its own
    const personal = join(desk.place, 'personal.csv')
    writeFileSync(personal, `${readFileSync(desk.faq, 'utf8')}電話は,お電話は 090-1234-5678 へどうぞ。\n`)
    const data = tune('--name', 'personal', ...on, '--send').map((arg) => (arg === desk.faq ? personal : arg))
    const unsaid = await desk.person(data, { before: watching(log) })
    expect(unsaid.stderr).toContain('--unmasked')
    expect(connectionsIn(log)).toEqual([])
    const { to, sheet } = await trained('on-ray', tune(...on, '--send'))
    expect(to).toEqual([new URL(cluster.address).host])
    for (const said of [new URL(cluster.address).host, userInfo().username, today(), 'every text of'])
      expect(sheet).toContain(said)
  }, 120_000)
})
