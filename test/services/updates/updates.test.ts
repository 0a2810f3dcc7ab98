// From the question to the installed file, with electron-updater's real updater against a real web server.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { UpdateView } from '../../../main/contract/window/updates'
import type { UpdateOrigin } from '../../../main/services/updates/origin'
import { Updates } from '../../../main/services/updates/updates'
import { ownFolder } from '../../fixtures/own-folder'
import { makers, manifestOf, others, publicKey, signedBy } from './keys'
import { installedProgram, type InstalledProgram } from './program'
import { releaseServer, type ReleaseServer } from './release-server'

const name = 'Neiro-0.2.0.AppImage'
const newOne = Buffer.from(`#!/bin/sh\necho new\n${'#'.repeat(200_000)}\n`)
const onLinux = test.skipIf(process.platform !== 'linux')

interface Room extends InstalledProgram {
  readonly dir: string
  readonly updates: Updates
  readonly server: ReleaseServer
  readonly seen: UpdateView[]
  busy: boolean
  closed: 'forbidden' | null
}

async function room(by = makers, version = '0.2.0'): Promise<Room> {
  const dir = ownFolder()
  const program = installedProgram(dir, '0.1.0')
  const server = await releaseServer(signedBy(by, manifestOf(version, name, newOne)), newOne)
  const before = process.env['APPIMAGE']
  process.env['APPIMAGE'] = program.file
  onTestFinished(() => {
    if (before === undefined) delete process.env['APPIMAGE']
    else process.env['APPIMAGE'] = before
  })
  const seen: UpdateView[] = []
  const said = { busy: false, closed: null as 'forbidden' | null }
  const origin = (): Promise<UpdateOrigin> =>
    Promise.resolve(
      said.closed ? { closed: said.closed } : { closed: null, address: server.address, key: publicKey }
    )
  const updates = new Updates({
    updater: program.updater,
    origin,
    busy: () => Promise.resolve(said.busy),
    onChange: (view) => seen.push(view)
  })
  return Object.assign(said, { ...program, dir, updates, server, seen })
}

const ended = async ({ seen }: Room): Promise<UpdateView> => {
  await expect.poll(() => seen.at(-1)?.state, { timeout: 20_000 }).not.toBe('fetching')
  return seen.at(-1) as UpdateView
}

onLinux(
  'a new version is found, fetched and put in the place of the old one, each by its own word',
  async () => {
    const one = await room()
    expect(await one.updates.view()).toMatchObject({
      closed: null,
      state: 'idle',
      address: one.server.address
    })
    expect(one.server.asked).toEqual([])

    expect(await one.updates.look()).toMatchObject({
      state: 'found',
      failure: null,
      found: { version: '0.2.0', bytes: newOne.length, notes: '口調の評価が速くなりました。' }
    })
    expect(one.server.asked.map(({ path }) => path)).toEqual(['/neiro/latest-linux.yml'])
    expect(one.server.asked[0]?.headers['x-user-staging-id'] ?? '').toBe('')

    await one.updates.fetch()
    expect(await ended(one)).toMatchObject({ state: 'ready', failure: null })
    expect(execFileSync(one.file).toString()).toBe('old\n')

    one.busy = true
    await expect(one.updates.install()).rejects.toMatchObject({ code: 'UPDATE_WHILE_BUSY' })
    expect(execFileSync(one.file).toString()).toBe('old\n')
    one.busy = false
    await one.updates.install()
    expect(execFileSync(one.file).toString()).toBe('new\n')
    await expect.poll(one.quits).toBe(1)
  }
)

onLinux('what others signed, or nobody, is not even shown', async () => {
  for (const manifest of [
    signedBy(others, manifestOf('0.2.0', name, newOne)),
    manifestOf('0.2.0', name, newOne)
  ]) {
    const one = await room()
    one.server.manifest = manifest
    expect(await one.updates.look()).toMatchObject({
      state: 'idle',
      found: null,
      failure: { code: 'UPDATE_UNSIGNED', details: { address: one.server.address } }
    })
    expect(await one.updates.fetch()).toMatchObject({ state: 'idle' })
    expect(one.server.asked.map(({ path }) => path)).toEqual(['/neiro/latest-linux.yml'])
  }
})

onLinux('a file that is another one than the signed one is thrown away', async () => {
  const one = await room()
  await one.updates.look()
  one.server.file = Buffer.from(newOne.toString().replace('echo new', 'echo evil'))
  await one.updates.fetch()
  expect(await ended(one)).toMatchObject({ state: 'found', failure: { code: 'UPDATE_BROKEN' } })
  const left = readdirSync(join(one.dir, 'cache'), { recursive: true }).map(String)
  expect(left.filter((file) => file.endsWith('.AppImage'))).toEqual([])
  expect(readFileSync(one.file, 'utf8')).toContain('old')
})

onLinux('cut on its way it is said, and the next try succeeds', async () => {
  const one = await room()
  await one.updates.look()
  one.server.cutAfter = 1000
  await one.updates.fetch()
  expect(await ended(one)).toMatchObject({ state: 'found', failure: { code: 'UPDATE_BROKEN' } })
  one.server.cutAfter = null
  await one.updates.fetch()
  expect(await ended(one)).toMatchObject({ state: 'ready', failure: null })
})

onLinux('a download that is broken off says nothing of a failure', async () => {
  const one = await room()
  await one.updates.look()
  one.server.hold = new Promise(() => undefined)
  await one.updates.fetch()
  await expect.poll(() => one.server.asked.length).toBe(2)
  await one.updates.cancel()
  expect(await ended(one)).toMatchObject({ state: 'found', failure: null })
})

onLinux('the same version, or an older one, is no new one', async () => {
  for (const version of ['0.1.0', '0.0.9']) {
    const one = await room(makers, version)
    expect(await one.updates.look()).toMatchObject({ state: 'current', found: null, failure: null })
  }
})

onLinux('no place there, or nobody: a sentence with the address', async () => {
  const one = await room()
  one.server.manifest = null
  const failure = { code: 'UPDATE_UNREACHABLE', details: { address: one.server.address } }
  expect(await one.updates.look()).toMatchObject({ state: 'idle', failure })
})

onLinux('where the office forbids it, nothing is asked', async () => {
  const one = await room()
  one.closed = 'forbidden'
  expect(await one.updates.view()).toMatchObject({ closed: 'forbidden', address: '' })
  expect(await one.updates.look()).toMatchObject({ closed: 'forbidden', state: 'idle' })
  expect(one.server.asked).toEqual([])
})

test('a program that was not installed looks for nothing', async () => {
  const updates = new Updates({
    origin: () => Promise.reject(new Error('asked')),
    busy: () => Promise.resolve(false),
    onChange: () => undefined
  })
  expect(await updates.look()).toMatchObject({ closed: 'not-installed', state: 'idle', failure: null })
})
