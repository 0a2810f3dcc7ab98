// The check-ups of projects: made when somebody looks, remembered as long as the set and what is looked for are the same, and
// given up where the set has changed meanwhile. What they offer is done as an entry of the data log.
import { NeiroError } from '../../contract/errors'
import type { CheckChoices, KeepChoice } from '../../contract/check-up'
import type { DataView, RowsAmong } from '../../contract/window/data'
import type { Language } from '../../contract/language'
import type { CheckUpCalls, CheckUpView } from '../../contract/window/check-up'
import { checkUpWords } from '../../words/findings'
import { beginning, csvLine } from '../../files/csv'
import type { DataSets } from '../dataset/data-sets'
import type { CheckAsked, Keeper, KeptSet, SetSource } from '../dataset/set/kept-set'
import { joinedChecks, type Checked } from './check-up'
import { repairOf } from './repair-of'
import { rowsOf, type RowsRepair } from './repairs'
import { learntBy, type Goal } from './whole/amount'

export interface CheckUpsOptions {
  readonly data: DataSets
  /** the process in which sets are checked: not the one that shows them */
  readonly keeper: Keeper
  readonly goalOf: (dir: string) => Promise<Goal>
  readonly language: () => Language
}

type In<C extends keyof CheckUpCalls> = Omit<CheckUpCalls[C]['args'], 'project'> & {
  readonly dir: string
  readonly project?: string
}
type Out<C extends keyof CheckUpCalls> = Promise<CheckUpCalls[C]['result']>

interface Known {
  readonly key: string
  readonly stop: AbortController
  readonly checked: Promise<Checked>
}

interface Looked {
  readonly source: SetSource
  readonly set: KeptSet
  readonly choices: CheckChoices
  readonly repairs: readonly (RowsRepair & { readonly entry: number })[]
}

export class CheckUps {
  readonly #known = new Map<string, Known>()

  constructor(private readonly options: CheckUpsOptions) {}

  async get({ dir, keep }: In<'checkUp.get'>): Out<'checkUp.get'> {
    const looked = await this.#look(dir)
    const { examples, topics, findings } = await this.#checked(dir, looked, keep)
    return { examples, topics, findings, choices: looked.choices, repairs: looked.repairs.flatMap(appliedOf) }
  }

  /** Nobody waits for it any more. */
  async cancel({ dir }: In<'checkUp.cancel'>): Out<'checkUp.cancel'> {
    this.#known.get(dir)?.stop.abort(new NeiroError('CANCELLED'))
    this.#known.delete(dir)
    return null
  }

  /** Does what a finding offers, for all rows that it was found in, or for those that contradict the one that is kept. */
  async repair({ dir, project = '', finding, keep, kept }: In<'checkUp.repair'>): Out<'checkUp.repair'> {
    const looked = await this.#look(dir)
    const offered = repairOf(await this.#checked(dir, looked, keep), finding, looked.choices, kept)
    if (!offered) throw new NeiroError('EXAMPLE_GONE')
    const rows = await looked.set.ask('rowsAt', { indices: offered.targets })
    const { repair } = offered
    return this.options.data.entered(dir, project, () => ({
      kind: 'repair',
      finding,
      repair,
      rows: [...rows]
    }))
  }

  /** Index of each row that a finding is about, in order; absent: nobody asks for one. */
  async rowsOf(dir: string, asked: RowsAmong['finding']): Promise<Uint32Array | undefined> {
    if (!asked) return undefined
    const { findings, targets } = await this.#checked(dir, await this.#look(dir), asked.keep)
    return targets[findings.findIndex(({ kind }) => kind === asked.kind)] ?? new Uint32Array(0)
  }

  async setChoices({ dir, project = '', choices }: In<'checkUp.setChoices'>): Out<'checkUp.setChoices'> {
    return this.options.data.entered(dir, project, () => ({ kind: 'check', choices }))
  }

  /** words that must not be used, for whoever counts them elsewhere */
  async forbidden(dir: string): Promise<readonly string[]> {
    return (await this.options.data.choicesOf(dir)).forbidden
  }

  async forbid(dir: string, project: string, forbidden: readonly string[]): Promise<DataView> {
    return this.options.data.entered(dir, project, ({ choices }) => ({
      kind: 'check',
      choices: { ...choices, forbidden }
    }))
  }

  async personal({ dir, offset, limit }: In<'checkUp.personal'>): Out<'checkUp.personal'> {
    const { personal } = await this.#checked(dir, await this.#look(dir), 'first')
    return { total: personal.length, items: personal.slice(offset, offset + limit) }
  }

  /** For Excel. */
  async personalFile({ dir }: In<'checkUp.personalFile'>): Out<'checkUp.personalFile'> {
    const { personal } = await this.#checked(dir, await this.#look(dir), 'first')
    const language = this.options.language()
    const { personal: kinds } = checkUpWords[language]
    const isJapanese = language === 'ja'
    const columns = isJapanese
      ? ['種類', '言葉', '回数', 'ファイル', '行']
      : ['kind', 'words', 'times', 'file', 'row']
    const lines = personal.map(({ kind, words, count, place }) =>
      csvLine([kinds[kind], words, String(count), place.file, String(place.row)])
    )
    return {
      name: isJapanese ? '個人情報.csv' : 'personal-data.csv',
      text: [beginning, csvLine(columns), ...lines].join('')
    }
  }

  async #look(dir: string): Promise<Looked> {
    const { source, set, state } = await this.options.data.snapshotOf(dir)
    return { source, set, choices: state.choices, repairs: state.repairs }
  }

  async #checked(dir: string, { source, set, choices, repairs }: Looked, keep: KeepChoice): Promise<Checked> {
    const goal = await this.options.goalOf(dir)
    const key = JSON.stringify([source.id, choices, keep, goal])
    const known = this.#known.get(dir)
    if (known?.key === key) return known.checked
    known?.stop.abort(new NeiroError('CANCELLED'))
    const stop = new AbortController()
    const learnt = learntBy(goal)
    // where nothing is learnt as it is, what might be is looked at
    const kinds = learnt.some((kind) => set.facts.kinds[kind] > 0) ? learnt : undefined
    const names = repairs.flatMap(({ repair }) => (repair.how === 'mask' ? (repair.names ?? []) : []))
    const checked = this.#check(dir, source, { ...choices, keep, goal, kinds, names }, stop.signal)
    const own = { key, stop, checked }
    this.#known.set(dir, own)
    checked.catch(() => {
      if (this.#known.get(dir) === own) this.#known.delete(dir)
    })
    return checked
  }

  async #check(
    dir: string,
    source: SetSource,
    asked: Pick<CheckAsked, keyof CheckChoices | 'keep' | 'goal' | 'kinds' | 'names'>,
    signal: AbortSignal
  ): Promise<Checked> {
    const { data, keeper } = this.options
    // tokens are counted by other processes meanwhile
    const long = async (): Promise<Checked> => {
      const tooLong = await data.tooLongOf(dir)
      signal.throwIfAborted()
      return keeper.checkUp(source, { ...asked, parts: ['long'], tooLong }, signal)
    }
    const both = [keeper.checkUp(source, { ...asked, parts: ['rows', 'whole'] }, signal), long()]
    return joinedChecks(await Promise.all(both))
  }
}

function appliedOf({
  entry,
  finding,
  rows
}: RowsRepair & { readonly entry: number }): CheckUpView['repairs'] {
  if (finding === null) return []
  let count = 0
  for (const { runs } of rows) for (const _ of rowsOf(runs)) count++
  return [{ entry, finding, rows: count }]
}
