// The service that is to train (OpenAI, Azure OpenAI): its address, its model, a price, and whether there is a key for it.
import { isCloud, type CloudKind, type RemotePlaceKind } from '../../main/contract/elsewhere'
import type { CloudKeysView, CloudKeyView, WantedPlace } from '../../main/contract/window/elsewhere'
import { call } from '../api.svelte'
import { Attempts } from './attempts.svelte'

class Service {
  #key = $state.raw<CloudKeyView | null>(null)
  #all = $state.raw<CloudKeysView | null>(null)
  #keeping = $state(false)
  readonly #keys = new Attempts()

  /** What was said stays while the app is open; the key is never among it. */
  kind = $state<CloudKind>('azure')
  where = $state<Record<CloudKind, string>>({ openai: '', azure: '' })
  model = $state('')
  apiVersion = $state('')
  price = $state('')

  /** services that have one; null: not known yet */
  get keys(): CloudKeysView | null {
    return this.#all
  }
  /** null: nobody knows, where the address is none yet */
  get key(): CloudKeyView | null {
    return this.#key
  }
  get keeping(): boolean {
    return this.#keeping
  }
  /** of the key */
  get failure(): unknown {
    return this.#keys.failure
  }
  get priceIsNumber(): boolean {
    return this.price.trim() === '' || this.#price() !== null
  }
  get said(): boolean {
    const address = this.kind === 'openai' || this.where.azure.trim() !== ''
    return address && this.model.trim() !== '' && this.priceIsNumber && this.#key?.state !== 'none'
  }
  get wanted(): WantedPlace {
    const version = this.apiVersion.trim()
    const apiVersion = this.kind === 'openai' || version === '' ? null : version
    return {
      ...this.#place(),
      terms: { model: this.model.trim(), apiVersion, price: this.#price() }
    }
  }

  choose(kind: RemotePlaceKind): void {
    if (isCloud(kind)) this.kind = kind
  }

  /** Looks whether there is a key for what is written. */
  async refresh(): Promise<void> {
    const asked = this.#place()
    const view = await call('elsewhere.key', asked).catch(() => null)
    if (JSON.stringify(asked) === JSON.stringify(this.#place())) this.#key = view
  }

  async look(): Promise<void> {
    await this.#keys.make(async () => {
      this.#all = await call('elsewhere.keys', {})
    })
  }

  /** '' forgets it. */
  async keep(key: string, place = this.#place()): Promise<boolean> {
    this.#keeping = true
    try {
      const view = await this.#keys.make(() => call('elsewhere.setKey', { ...place, key }))
      if (view) {
        await this.refresh()
        await this.look()
      }
      return view !== null
    } finally {
      this.#keeping = false
    }
  }

  #place(): { readonly kind: CloudKind; readonly where: string } {
    return { kind: this.kind, where: this.where[this.kind].trim() }
  }

  #price(): number | null {
    const text = this.price.normalize('NFKC').replaceAll(',', '').trim()
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
  }
}

export const service = new Service()
