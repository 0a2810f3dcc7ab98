// The keys of services, each for the place that it was given for and no other. They lie where the hub's token lies: in the
// system's key store, or in a file of this user's alone. What the environment says comes first.
import { join } from 'node:path'
import { z } from 'zod'
import {
  cloudKeyVariables,
  cloudKinds,
  isCloud,
  type CloudKind,
  type RemotePlace
} from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import { fileTokenKeeper, type TokenKeeper } from '../../models/token-keeper'
import { placeName, placeText } from '../places'

const schema = z.record(z.string(), z.string())

export type KeyState = 'none' | 'kept' | 'environment'

export class CloudKeys {
  constructor(
    private readonly keeper: TokenKeeper,
    private readonly env: NodeJS.ProcessEnv
  ) {}

  get keptIn(): TokenKeeper['place'] {
    return this.keeper.place
  }

  async state(place: RemotePlace): Promise<KeyState> {
    if (this.#said(place)) return 'environment'
    return (await this.#kept())[placeText(place)] ? 'kept' : 'none'
  }

  /** Places for which there is one: those that are kept, and whole kinds of which the environment says one. */
  async list(): Promise<{ readonly kept: readonly string[]; readonly said: readonly CloudKind[] }> {
    return {
      kept: Object.keys(await this.#kept()).sort(),
      said: cloudKinds.filter((kind) => this.#said({ kind, where: '' }) !== undefined)
    }
  }

  /** Throws CLOUD_KEY_NEEDED. */
  async of(place: RemotePlace): Promise<string> {
    const key = this.#said(place) ?? (await this.#kept())[placeText(place)]
    if (key) return key
    const name = isCloud(place.kind) ? cloudKeyVariables[place.kind] : ''
    throw new NeiroError('CLOUD_KEY_NEEDED', { place: placeName(place), name })
  }

  /** '' forgets it. */
  async set(place: RemotePlace, key: string): Promise<void> {
    const { [placeText(place)]: _, ...others } = await this.#kept()
    const now = key.trim() === '' ? others : { ...others, [placeText(place)]: key.trim() }
    await this.keeper.set(Object.keys(now).length === 0 ? '' : JSON.stringify(now))
  }

  #said({ kind }: RemotePlace): string | undefined {
    const said = isCloud(kind) ? this.env[cloudKeyVariables[kind]]?.trim() : undefined
    return said === '' ? undefined : said
  }

  async #kept(): Promise<Readonly<Record<string, string>>> {
    try {
      return schema.parse(JSON.parse(await this.keeper.get()))
    } catch {
      return {}
    }
  }
}

/** keeper: absent: a file of this user's alone, in the data folder. */
export const cloudKeysOf = (home: string, keeper?: TokenKeeper): CloudKeys =>
  new CloudKeys(keeper ?? fileTokenKeeper(join(home, 'cloud-keys')), process.env)
