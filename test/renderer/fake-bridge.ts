// A bridge that answers from a script, and just enough of a page around the state classes: they are tested as
// plain classes, without a browser. Each test gets fresh singletons.
import { vi } from 'vitest'
import type {
  Bridge,
  CallName,
  Calls,
  ConnectionState,
  EventName,
  Events
} from '../../main/contract/channels'
import { NeiroError } from '../../main/contract/errors'
import type { FileRef } from '../../main/contract/window/app'

type Answers = { [C in CallName]?: (args: Calls[C]['args']) => unknown }

export interface FakeBridge {
  /** what was asked, in order */
  readonly asked: { name: CallName; args: unknown }[]
  answers: Answers
  tell<E extends EventName>(event: E, value: Events[E]): void
  /** the connection is lost, or back */
  connection(state: ConnectionState): void
}

export function fakeBridge(answers: Answers = {}): FakeBridge {
  vi.resetModules()
  const listeners = new Map<string, Set<(value: never) => void>>()
  const watchers = new Set<(state: ConnectionState) => void>()
  const fake: FakeBridge = {
    asked: [],
    answers,
    tell: (event, value) => {
      for (const listener of listeners.get(event) ?? []) listener(value as never)
    },
    connection: (state) => {
      for (const watcher of watchers) watcher(state)
    }
  }
  const api: Bridge = {
    async call(name, args) {
      fake.asked.push({ name, args })
      const answer = fake.answers[name]
      try {
        if (!answer) throw new NeiroError('UNKNOWN_CALL')
        return { ok: true, value: (await answer(args as never)) as never }
      } catch (error) {
        return { ok: false, error: (error as NeiroError).toData() }
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener as (value: never) => void)
      return () => set.delete(listener as (value: never) => void)
    },
    fileRefs: async (files, watch) => {
      // as the served window does: each is asked for what it holds
      const all = await Promise.all(files.map(async (file) => (await watch?.inside(file)) ?? [{ file }]))
      return { ok: true, value: all.flat().map(({ file }) => refOf(file)) }
    },
    onConnection(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    }
  }
  vi.stubGlobal('window', Object.assign(new EventTarget(), { api }))
  vi.stubGlobal('document', { documentElement: { lang: '', dataset: {} } })
  vi.stubGlobal('navigator', { language: 'ja' })
  vi.stubGlobal('location', fakeLocation())
  return fake
}

const refOf = (file: File): FileRef => ({
  id: `ref-${file.name}`,
  name: file.name,
  size: 1,
  folder: false,
  shownPath: file.name
})

/** Only the part behind the #, with the event that a browser sends when it changes. */
function fakeLocation(): { hash: string } {
  let hash = ''
  return {
    get hash() {
      return hash
    },
    set hash(next: string) {
      hash = next.startsWith('#') ? next : `#${next}`
      window.dispatchEvent(new Event('hashchange'))
    }
  }
}

/** A promise and the hand that settles it, for answers that arrive late. */
export function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}
