// Files that are added to a project as soon as its data room is open, each once.
import type { FileRef } from '../../main/contract/window/app'

class AwaitedFiles {
  readonly #of = new Map<string, readonly FileRef[]>()

  put(project: string, refs: readonly FileRef[]): void {
    this.#of.set(project, [...this.take(project), ...refs])
  }

  take(project: string): readonly FileRef[] {
    const refs = this.#of.get(project) ?? []
    this.#of.delete(project)
    return refs
  }
}

export const awaitedFiles = new AwaitedFiles()
