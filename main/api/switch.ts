// The server as something that is on or off, for every door: what it serves, where it is reached, with which key, and
// what it is at.
import { NeiroError } from '../contract/errors'
import type { Language } from '../contract/language'
import type { ApiState } from '../contract/window/serving'
import { knownError } from '../files/file-errors'
import type { Log } from '../log'
import type { ApiKey } from '../services/serving/api-key'
import type { ServedSet, Wanted } from '../services/serving/served-models'
import { Serving, type ServingOptions } from '../services/serving/serving'
import { loopback, startApiServer, type ApiServer } from './server'

export interface SwitchOptions extends Omit<ServingOptions, 'find' | 'onChange'> {
  readonly find: (wanted: Wanted, conversations: number) => Promise<ServedSet>
  readonly key: ApiKey
  readonly language: () => Language
  readonly log: Log
  /** a training shares this machine */
  readonly training: () => boolean
  readonly onChange: (state: ApiState) => void
}

export interface StartOptions {
  readonly wanted: () => Promise<Wanted>
  readonly host?: string
  /** null: the usual one, or a free one behind it */
  readonly port: number | null
  readonly origins?: readonly string[]
  /** another key than the app's own; null: none, on this machine alone */
  readonly key?: ApiKey | null
}

/** addresses that programs are told once should stay: the first free one of a few */
const usualPort = 8377
const portsTried = 10

export class ApiSwitch {
  #state: ApiState['state'] = 'off'
  #server: ApiServer | null = null
  #serving: Serving | null = null
  #set: ServedSet | null = null
  #key: string | null = null
  #keys: ApiKey | null = null
  #error: NeiroError | null = null
  #change: Promise<unknown> = Promise.resolve()

  constructor(private readonly o: SwitchOptions) {}

  get state(): ApiState {
    const on = this.#state === 'on'
    return {
      state: this.#state,
      address: on ? (this.#server?.address ?? null) : null,
      key: on ? this.#key : null,
      models: on ? (this.#set?.models ?? []).map(({ name, run }) => ({ name, run })) : [],
      leftOut: on ? (this.#set?.leftOut ?? []) : [],
      talking: this.#serving?.talking ?? 0,
      places: this.#serving?.places ?? 0,
      waiting: this.#serving?.waiting ?? 0,
      answered: this.#serving?.answered ?? 0,
      waitsFor: this.#serving?.waitsFor ?? null,
      training: this.o.training(),
      error: this.#error?.toData() ?? null
    }
  }

  get port(): number {
    return this.#server?.port ?? 0
  }

  /** Answers when it can be asked. Throws what stands in the way, which the state tells as well. */
  start(start: StartOptions): Promise<ApiState> {
    return this.#inTurn(async () => {
      if (this.#state === 'on') return this.state
      this.#error = null
      this.#tell('starting')
      try {
        await this.#open(start)
        this.#tell('on')
        return this.state
      } catch (error) {
        this.#error = portError(knownError(error), error, start.port)
        await this.#close()
        this.#tell('off')
        throw this.#error
      }
    })
  }

  stop(): Promise<ApiState> {
    return this.#inTurn(async () => {
      if (this.#state === 'off') return this.state
      this.#error = null
      this.#tell('stopping')
      await this.#close()
      this.#tell('off')
      return this.state
    })
  }

  /** The key before is worth nothing from this moment on. */
  async renewKey(): Promise<ApiState> {
    const key = await (this.#keys ?? this.o.key).renew()
    if (this.#keys) this.#key = key
    this.#tell(this.#state)
    return this.state
  }

  /** What it is at has changed elsewhere: a training began or ended. */
  look(): void {
    if (this.#state === 'on') this.#tell('on')
  }

  async #open({ wanted, host = '127.0.0.1', port, origins, key = this.o.key }: StartOptions): Promise<void> {
    const { find, language, log } = this.o
    this.#keys = key
    this.#key = key === null ? null : await key.get()
    const asked = await wanted()
    const serving = new Serving({
      ...this.o,
      find: async (conversations) => (this.#set = await find(asked, conversations)),
      onChange: () => this.#tell(this.#state)
    })
    this.#serving = serving
    await serving.warm()
    const listen = (at: number): Promise<ApiServer> =>
      startApiServer({
        ...{ serving, host, language, log, port: at },
        key: () => this.#key,
        ...(origins && { origins })
      })
    this.#server = await (port === null ? firstFree(listen) : listen(port))
    if (!loopback.includes(host)) log('info', `api: open to others at ${this.#server.address}`)
  }

  async #close(): Promise<void> {
    await this.#server?.close()
    await this.#serving?.close()
    this.#server = null
    this.#serving = null
    this.#set = null
    this.#key = null
    this.#keys = null
  }

  #tell(state: ApiState['state']): void {
    this.#state = state
    this.o.onChange(this.state)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#change.then(work)
    this.#change = turn.catch(() => undefined)
    return turn
  }
}

async function firstFree(listen: (port: number) => Promise<ApiServer>): Promise<ApiServer> {
  for (let port = usualPort; ; port++) {
    try {
      return await listen(port)
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!taken || port === usualPort + portsTried) throw error
    }
  }
}

function portError(known: NeiroError, error: unknown, port: number | null): NeiroError {
  const { code } = error as NodeJS.ErrnoException
  const details = { port: String(port ?? usualPort) }
  if (code === 'EADDRINUSE') return new NeiroError('PORT_IN_USE', details)
  if (code === 'EACCES' || code === 'ERR_SOCKET_BAD_PORT') return new NeiroError('PORT_NOT_ALLOWED', details)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new NeiroError('API_HOST_NOT_HERE')
  return known
}
