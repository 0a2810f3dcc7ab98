// An app that only remembers what it was asked, so that the guard and the gate are tested alone.
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { App } from '../../main/app'
import type { FileRef } from '../../main/contract/window/app'

export interface FakeApp extends App {
  readonly asked: { name: string; args: unknown }[]
  readonly added: string[]
  tell(event: string, value: unknown): void
}

export function fakeApp(result: unknown = null): FakeApp {
  const listeners = new Set<(event: never, value: never) => void>()
  const asked: FakeApp['asked'] = []
  const added: string[] = []
  return {
    asked,
    added,
    async call(name, args) {
      asked.push({ name, args })
      return result as never
    },
    on(listener) {
      listeners.add(listener as never)
      return () => listeners.delete(listener as never)
    },
    async addPaths(paths) {
      added.push(...paths)
      return paths.map((path): FileRef => ({
        id: randomUUID(),
        name: basename(path),
        size: 1,
        folder: false,
        shownPath: path
      }))
    },
    async addUpload(path) {
      const [ref] = await this.addPaths([path])
      return ref as FileRef
    },
    hand: () => undefined,
    runActive: () => false,
    at: () => null,
    onActivity: () => () => undefined,
    close: async () => undefined,
    tell(event, value) {
      for (const listener of listeners) listener(event as never, value as never)
    }
  }
}
