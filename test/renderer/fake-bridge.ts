// A bridge that answers from a script, and just enough of a page around the state classes: they are tested as
// plain classes, without a browser. Each test gets fresh singletons.
import { vi } from 'vitest'
import type { Bridge, CallName, Calls, EventName, Events } from '../../main/contract/channels'
import { NeiroError } from '../../main/contract/errors'

type Answers = { [C in CallName]?: (args: Calls[C]['args']) => unknown }

export interface FakeBridge {
  /** what was asked, in order */
  readonly asked: { name: CallName; args: unknown }[]
  answers: Answers
  tell<E extends EventName>(event: E, value: Events[E]): void
}

export function fakeBridge(answers: Answers = {}): FakeBridge {
  vi.resetModules()
  const listeners = new Map<string, Set<(value: never) => void>>()
  const fake: FakeBridge = {
    asked: [],
    answers,
    tell: (event, value) => {
      for (const listener of listeners.get(event) ?? []) listener(value as never)
    }
  }
  const api: Bridge = {
    async call(name, args) {
      fake.asked.push({ name, args })
      const answer = fake.answers[name]
      try {
        if (!answer) throw new NeiroError('UNKNOWN_CALL', name, '')
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
    fileRefs: async (files) => ({
      ok: true,
      value: files.map((file) => ({
        id: `ref-${file.name}`,
        name: file.name,
        size: 1,
        folder: false,
        shownPath: file.name
      }))
    })
  }
  vi.stubGlobal('window', Object.assign(new EventTarget(), { api }))
  vi.stubGlobal('document', { documentElement: { lang: '', dataset: {} } })
  vi.stubGlobal('navigator', { language: 'ja' })
  vi.stubGlobal('location', fakeLocation())
  return fake
}

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
