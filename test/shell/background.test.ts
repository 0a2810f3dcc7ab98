// The app without its window: what the tray (on a Mac the dock) says while something goes on and when it has
// ended, and when the app ends by itself.
import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { At } from '../../main/app/activity'
import type { RunState } from '../../main/contract/records'
import type { Language } from '../../main/contract/language'
import { onPlatform } from '../fixtures/on-platform'

type Items = MenuItemConstructorOptions[]
let trays: FakeTray[] = []
let noTray = false
class FakeTray extends EventEmitter {
  tip = ''
  items: Items = []
  gone = false
  constructor() {
    super()
    if (noTray) throw new Error('no tray here')
    trays.push(this)
  }
  setToolTip(tip: string): void {
    this.tip = tip
  }
  setContextMenu(items: Items): void {
    this.items = items
  }
  destroy(): void {
    this.gone = true
  }
}
const dock = { badge: '', items: [] as Items }
let quits = 0
vi.mock('electron', () => ({
  app: {
    quit: () => void quits++,
    dock: {
      setBadge: (text: string) => void (dock.badge = text),
      setMenu: (items: Items) => void (dock.items = items)
    }
  },
  Menu: class extends Array {
    static buildFromTemplate = (items: Items): Items => items
  },
  nativeImage: { createFromPath: () => ({}) },
  Tray: class {
    constructor() {
      return new FakeTray()
    }
  }
}))
const { Background } = await import('../../main/shell/background')

let at: At = null
let language: Language = 'ja'
let reopened = 0
const logged: string[] = []
const hears: ((event: string, value: unknown) => void)[] = []
const watches: (() => void)[] = []
const neiro = {
  at: () => at,
  on: (listener: never) => hears.push(listener),
  onActivity: (listener: never) => watches.push(listener)
}
const becomes = (now: At): void => {
  at = now
  for (const listener of watches) listener()
}
const run = (state: RunState, step: number): void => {
  for (const hear of hears) hear('run.changed', { state, step, totalSteps: 200 })
}
let background: InstanceType<typeof Background>
const tray = (): FakeTray | undefined => trays.findLast(({ gone }) => !gone)
const press = (label: string): void => {
  const item = tray()?.items.find((one) => one.label === label)
  ;(item?.click as (() => void) | undefined)?.()
}

beforeEach(() => {
  trays = []
  hears.length = watches.length = logged.length = 0
  Object.assign(dock, { badge: '', items: [] })
  quits = reopened = 0
  noTray = false
  at = null
  language = 'ja'
  background = new Background({
    neiro: neiro as never,
    language: () => language,
    log: (_level, message) => void logged.push(message),
    resourcesDir: '/resources',
    reopen: () => void reopened++
  })
})
afterEach(() => background.leave())

describe('with a tray', () => {
  onPlatform('linux')

  test('while a window is open there is none, whatever goes on', () => {
    becomes('training')
    run('running', 10)
    becomes(null)
    expect(trays).toEqual([])
    expect(quits).toBe(0)
  })

  test('nothing going on: the app ends with its window', () => {
    background.enter()
    expect(quits).toBe(1)
    expect(trays).toEqual([])
  })

  test('a training goes on, and the tray says how far it is', () => {
    becomes('training')
    run('running', 10)
    background.enter()
    expect(quits).toBe(0)
    expect(tray()?.tip).toBe('Neiro は学習を続けています（5%）')
    run('running', 127)
    // of one that waits in the queue
    run('waiting', 0)
    expect(tray()?.tip).toBe('Neiro は学習を続けています（63%）')
    expect(trays).toHaveLength(1)
    expect(tray()?.items.map(({ label }) => label)).toEqual([
      tray()?.tip,
      undefined,
      'ウィンドウを開く',
      '学習を一時停止して終了'
    ])
    press('学習を一時停止して終了')
    expect(quits).toBe(1)
  })

  test.each([
    ['finished', /^学習が終わりました/],
    ['stopped', /^学習が終わりました/],
    ['failed', /^学習が途中で止まりました/],
    ['interrupted', /^学習が途中で止まりました/]
  ] as const)('a training that is %s: the tray says so, and waits to be asked', (state, says) => {
    becomes('training')
    run('running', 10)
    background.enter()
    becomes(null)
    run(state, 200)
    expect(tray()?.tip).toMatch(says)
    expect(quits).toBe(0)
    expect(tray()?.items.at(-1)?.label).toBe('Neiro を終了')
    press('ウィンドウを開く')
    tray()?.emit('click')
    expect(reopened).toBe(2)
  })

  test('an export, a comparison, a reading: it goes on, and the app ends after it', () => {
    becomes('working')
    background.enter()
    expect(tray()?.tip).toBe('Neiro は作業を続けています')
    expect(tray()?.items.at(-1)?.label).toBe('作業を中止して終了')
    becomes(null)
    expect(quits).toBe(1)
  })

  test('opened again, the tray is gone; closed again, what has ended is no news any more', () => {
    becomes('training')
    run('running', 10)
    background.enter()
    background.leave()
    expect(tray()).toBeUndefined()
    becomes(null)
    run('finished', 200)
    background.enter()
    expect(quits).toBe(1)
  })

  test('speaks the language that is chosen when the window is closed', () => {
    becomes('training')
    language = 'en'
    background.enter()
    expect(tray()?.tip).toBe('Neiro is still training')
    expect(tray()?.items.at(-1)?.label).toBe('Pause training and quit')
  })

  test('where there is no tray, the training goes on all the same', () => {
    noTray = true
    becomes('training')
    background.enter()
    expect(quits).toBe(0)
    expect(logged).toEqual([expect.stringContaining('no tray here')])
  })
})

describe('on a Mac', () => {
  onPlatform('darwin')

  test('the dock says how far a training is and how it ended, and brings the window back', () => {
    becomes('training')
    run('running', 100)
    background.enter()
    expect(trays).toEqual([])
    expect(dock.badge).toBe('50%')
    expect(dock.items.map(({ label }) => label)).toEqual([
      'Neiro は学習を続けています（50%）',
      'ウィンドウを開く'
    ])
    becomes(null)
    run('finished', 200)
    expect(dock.badge).toBe('✓')
    expect(dock.items[0]?.label).toMatch(/^学習が終わりました/)
    background.leave()
    expect([dock.badge, dock.items.length]).toEqual(['', 0])
  })

  test('without anything going on the app stays, as apps do there', () => {
    becomes('working')
    background.enter()
    expect(dock.badge).toBe('…')
    becomes(null)
    expect(quits).toBe(0)
    expect([dock.badge, dock.items.length]).toEqual(['', 0])
  })
})
