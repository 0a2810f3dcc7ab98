// Trainings on other machines: where to, what would leave, and the user's word on it.
import { isCloud, type RemotePlaceKind } from '../../main/contract/elsewhere'
import type { FileRef } from '../../main/contract/window/app'
import type { AllowedPlaces, LeavingView, WantedPlace } from '../../main/contract/window/elsewhere'
import type { RunView } from '../../main/contract/window/training'
import { call } from '../api.svelte'
import { Attempts } from './attempts.svelte'
import { chooser } from './chooser.svelte'
import { runs } from './runs.svelte'
import { service } from './service.svelte'
import { training } from './training.svelte'

/** Folders first: most people have nothing else. */
const offers = ['folder', 'ssh', 'ray', 'azure', 'openai'] as const satisfies readonly RemotePlaceKind[]

class Elsewhere {
  #allowed = $state.raw<AllowedPlaces | null>(null)
  #leaving = $state.raw<LeavingView | null>(null)
  #folder = $state.raw<FileRef | null>(null)
  #busy = $state(false)
  readonly #looks = new Attempts()
  readonly #words = new Attempts()

  /** What was said stays while the app is open. */
  kind = $state<RemotePlaceKind>('folder')
  where = $state<Record<'ray' | 'ssh', string>>({ ray: '', ssh: '' })
  modelThere = $state('')
  /** of what is shown: its personal data may leave, too */
  unmasked = $state(false)

  /** null: not known yet */
  get allowed(): AllowedPlaces | null {
    return this.#allowed
  }
  /** waits for the user's word */
  get leaving(): LeavingView | null {
    return this.#leaving
  }
  get folder(): FileRef | null {
    return this.#folder
  }
  get busy(): boolean {
    return this.#busy
  }
  /** of what was to be made */
  get failure(): unknown {
    return this.#looks.failure
  }
  /** of what was agreed to or refused */
  get refusal(): unknown {
    return this.#words.failure
  }
  /** something is said about where to */
  get said(): boolean {
    if (isCloud(this.kind)) return service.said
    return this.kind === 'folder' ? this.#folder !== null : this.where[this.kind].trim() !== ''
  }

  async open(): Promise<void> {
    await this.#looks.make(async () => {
      this.#allowed = await call('elsewhere.allowed', {})
      const [some] = this.offered
      if (some && !this.offered.includes(this.kind)) this.choose(some)
    })
  }

  choose(kind: RemotePlaceKind): void {
    this.kind = kind
    service.choose(kind)
  }

  /** Kinds that may be chosen. */
  get offered(): readonly RemotePlaceKind[] {
    const { kinds, places } = this.#allowed ?? { kinds: [], places: [] }
    const isOffered = (kind: RemotePlaceKind): boolean =>
      kinds.includes(kind) || places.some((place) => place === kind || place.startsWith(`${kind}:`))
    return offers.filter(isOffered)
  }

  async chooseFolder(): Promise<void> {
    const [folder] = await chooser.choose('export-folder')
    if (folder) this.#folder = folder
  }

  /** Makes what would leave; it is shown until the user has spoken. */
  async look(): Promise<void> {
    const request = training.request
    const to = this.#wanted()
    if (!request || !to) return
    const there = this.modelThere.trim()
    await this.#during(() =>
      this.#looks.make(async () => {
        this.#words.forget()
        this.unmasked = false
        this.#leaving = await call('elsewhere.look', {
          training: request,
          to,
          modelThere: there === '' || isCloud(this.kind) ? null : there
        })
      })
    )
  }

  /** Nobody agrees to it by passing by: personal data leaves by a word of its own. */
  get agreeable(): boolean {
    const { leaving } = this
    return leaving !== null && (leaving.personal === 0 || this.unmasked)
  }

  /** null where it could not be sent. */
  async agree(): Promise<RunView | null> {
    const run = this.#leaving?.run
    if (run === undefined) return null
    return this.#during(() =>
      this.#words.make(async () => {
        const view = await call('elsewhere.agree', { run, unmasked: this.unmasked })
        this.#leaving = null
        runs.add(view)
        return view
      })
    )
  }

  async refuse(): Promise<void> {
    const run = this.#leaving?.run
    if (run === undefined) return
    this.#leaving = null
    await this.#words.make(() => call('elsewhere.refuse', { run }))
  }

  /** The result of a folder that was trained by hand. Answers null where none was chosen. */
  async takeBack(): Promise<RunView | null> {
    const [folder] = await chooser.choose('training-folder')
    if (!folder) return null
    const view = await call('elsewhere.takeBack', { fileId: folder.id })
    runs.add(view)
    return view
  }

  #wanted(): WantedPlace | null {
    if (isCloud(this.kind)) return service.wanted
    if (this.kind !== 'folder') return { kind: this.kind, where: this.where[this.kind].trim() }
    return this.#folder && { kind: 'folder', fileId: this.#folder.id }
  }

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy = true
    try {
      return await work()
    } finally {
      this.#busy = false
    }
  }
}

export const elsewhere = new Elsewhere()
