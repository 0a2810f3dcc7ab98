// What would be asked of models at services, as it was shown in the window: nothing else can be agreed to, and each word counts once.
import { randomBytes } from 'node:crypto'
import type { Language } from '../../../contract/language'
import { NeiroError } from '../../../contract/errors'
import type { Agreed, AskingView } from '../../../contract/asking'
import type { Elsewhere } from '../elsewhere'
import type { RemoteResult } from '../elsewhere-file'
import type { Leaving } from '../leaving'
import { agreeToAsk, askingOf, nameThere, type AskedThere, type AskThere } from './cloud-answers'

/** Who is asked, about which run. */
export interface AskedOf {
  readonly there: RemoteResult
  /** folder of the run that it is kept with */
  readonly runDir: string
}

interface Shown extends AskedOf {
  readonly name: string
  readonly leaving: Leaving
  readonly texts: readonly string[]
}

/** shown and never answered: the oldest are forgotten */
const mostShown = 100

export class Askings {
  readonly #shown = new Map<string, Shown>()

  constructor(
    private readonly elsewhere: Pick<Elsewhere, 'askerOf'>,
    private readonly language: () => Language
  ) {}

  /** Throws CLOUD_DEPLOYMENT_NEEDED, CLOUD_KEY_NEEDED, ELSEWHERE_FORBIDDEN, UNMASKED_FORBIDDEN. */
  async show({ there, runDir }: AskedOf, asked: AskedThere): Promise<AskingView> {
    const name = nameThere(there)
    const { place: to } = there
    const leaving = askingOf({ place: to, model: name }, asked, this.language())
    // without a key, or where it is forbidden, nobody needs to read what could not be sent
    await this.elsewhere.askerOf(there, name, leaving)
    const id = randomBytes(8).toString('hex')
    this.#shown.set(id, { there, runDir, name, leaving, texts: asked.texts })
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > mostShown && oldest !== undefined) this.#shown.delete(oldest)
    const { title, said, personal } = leaving
    return { id, to, model: name, title, said, personal }
  }

  /** Kept, and from now on it may leave. Throws CONSENT_NEEDED, ASKED_OTHERWISE, UNMASKED_NOT_SAID. */
  async agree(
    agreed: Agreed | undefined,
    { there, runDir }: AskedOf,
    texts: readonly string[]
  ): Promise<AskThere> {
    if (!agreed) throw new NeiroError('CONSENT_NEEDED')
    const name = nameThere(there)
    const found = agreed.ids.find((id) => {
      const one = this.#shown.get(id)
      return one?.runDir === runDir && one.name === name && isSame(one.texts, texts)
    })
    const shown = found === undefined ? undefined : this.#shown.get(found)
    if (found === undefined || !shown) throw new NeiroError('ASKED_OTHERWISE')
    const { leaving } = shown
    if (leaving.personal > 0 && !agreed.unmasked)
      throw new NeiroError('UNMASKED_NOT_SAID', { rows: String(leaving.personal) })
    this.#shown.delete(found)
    const ask = await this.elsewhere.askerOf(there, name, leaving)
    await agreeToAsk(runDir, leaving)
    return ask
  }
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, at) => text === others[at])
