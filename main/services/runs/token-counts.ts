// How long the examples of a project are in tokens of a model: what plans, presets and lengths go by. Counted
// once for each state of the data, model and system prompt. Examples are known by their number in the set alone.
import { NeiroError } from '../../contract/errors'
import type { Example, KindCounts } from '../../contract/records'
import { exampleKinds } from '../dataset/kinds'
import { kindNumbers } from '../dataset/kept/kept-index'
import type { FileOfSet, KeptSet } from '../dataset/set/kept-set'
import type { NumberedLabels } from '../tokens/labels/scheme'
import type { Groups } from '../dataset/set/split'
import type { LengthsOfSets, SetLengths } from '../dataset/view/set-lengths'
import { readModel } from '../models/read-model'
import type { ExampleLots } from '../tokens/example-lots'
import type { ModelTexts } from '../tokens/model-texts'

export interface CountedPart {
  readonly counted: Counted
  /** in the set, in its order */
  readonly positions: Uint32Array
}

/** What is to be learnt from. */
export interface Wanted {
  readonly systemPrompt: string
  readonly kinds: readonly Example['kind'][]
  /** false: what was made from others is left out */
  readonly synthetic: boolean
}

export interface Counted extends Omit<SetLengths, 'set'> {
  readonly groups: Groups
  /** of examples that are sorted; null where none is */
  readonly labels: NumberedLabels | null
}

export interface CountedSet {
  readonly train: CountedPart
  readonly heldOut: CountedPart
}

/** What is asked of the data of a project; the data service has it. */
export interface ProjectData {
  /** Throws NO_DATA. */
  learntSet(projectDir: string): Promise<KeptSet>
  /** the same as long as the examples are */
  fingerprintOf(projectDir: string): Promise<string>
}

/** The counted examples of a project, and the way to them. */
export interface CountedProject extends CountedSet {
  readonly files: readonly FileOfSet[]
  lotsOf(part: CountedPart): ExampleLots
}

const most = 4

/** Ratings and pairs of replies are two things, and one goal. */
const noneOf = (kinds: Wanted['kinds']): NeiroError =>
  kinds.includes('rated') && !kinds.includes('preference')
    ? new NeiroError('NO_RATED_ROWS')
    : new NeiroError('NO_EXAMPLES_FOR_GOAL')

export class TokenCounts {
  readonly #counted = new Map<string, Promise<CountedProject>>()

  constructor(
    private readonly data: ProjectData,
    private readonly modelTexts: ModelTexts,
    private readonly lengths: LengthsOfSets
  ) {}

  /** kinds: of examples that are learnt from. Throws NO_DATA, NO_EXAMPLES_FOR_GOAL, TOO_FEW_EXAMPLES or NOTHING_TO_LEARN. */
  async of(
    projectDir: string,
    { systemPrompt, kinds, synthetic }: Wanted,
    modelDir: string,
    heldOutRatio: number
  ): Promise<CountedProject> {
    const key = JSON.stringify([
      projectDir,
      await this.data.fingerprintOf(projectDir),
      systemPrompt,
      kinds,
      synthetic,
      modelDir,
      heldOutRatio
    ])
    const known = this.#counted.get(key)
    const counting =
      known ?? this.#count(projectDir, { systemPrompt, kinds, synthetic }, modelDir, heldOutRatio)
    this.#counted.delete(key)
    this.#counted.set(key, counting)
    counting.catch(() => this.#counted.delete(key))
    const [oldest] = this.#counted.keys()
    if (this.#counted.size > most && oldest !== undefined) this.#counted.delete(oldest)
    return counting
  }

  /** How many there are of each kind. Throws NO_DATA. */
  async kindsOf(projectDir: string): Promise<KindCounts> {
    return (await this.data.learntSet(projectDir)).facts.kinds
  }

  async #count(
    projectDir: string,
    { systemPrompt, kinds, synthetic }: Wanted,
    modelDir: string,
    heldOutRatio: number
  ): Promise<CountedProject> {
    const model = await readModel(modelDir, this.modelTexts)
    const wording = {
      modelText: await this.modelTexts.get(model),
      systemPrompt: systemPrompt || undefined
    }
    const set = await this.data.learntSet(projectDir)
    const held = await set.ask('division', { share: heldOutRatio })
    const made = synthetic ? null : await set.ask('synthetic', null)
    const lengths = await this.lengths.of(set, wording)
    const counted: Counted = {
      ...lengths,
      groups: await set.ask('groups', null),
      labels: await set.ask('labels', null)
    }
    const wanted = kindNumbers.map((kind) => kinds.includes(kind))
    const part = (side: 0 | 1): CountedPart => ({
      counted,
      positions: positionsOf(held, side).filter(
        (at) => wanted[counted.kinds[at] as number] && made?.[at] !== 1
      )
    })
    if (part(0).positions.length === 0) throw noneOf(kinds)
    return {
      train: part(0),
      heldOut: part(1),
      files: set.facts.files,
      lotsOf: ({ positions }) => ({
        count: positions.length,
        lots: () => this.lengths.lotsAt(lengths, positions, wording)
      })
    }
  }
}

function positionsOf(held: Uint8Array, side: 0 | 1): Uint32Array {
  const positions = new Uint32Array(held.length)
  let count = 0
  held.forEach((one, at) => {
    if (one === side) positions[count++] = at
  })
  return positions.slice(0, count)
}

/** Those that can be learnt. */
export function learnable({ counted, positions }: CountedPart): CountedPart {
  const { starts } = counted
  return { counted, positions: positions.filter((at) => starts[at] !== starts[at + 1]) }
}

/** Tokens of every row that they become, uncut. */
export function wholeLengths({ counted, positions }: CountedPart): Uint32Array {
  const { starts, lengths } = counted
  const all = new Uint32Array(lengths.length)
  let count = 0
  for (const at of positions)
    for (let i = starts[at] as number; i < (starts[at + 1] as number); i++)
      all[count++] = lengths[i] as number
  return all.slice(0, count)
}

/** How many examples lose their end when they are cut at `maxSeqLength`, and the tokens of the longest that could. */
export function cutAt(
  { counted, positions }: CountedPart,
  maxSeqLength: number
): { readonly examples: number; readonly longest: number } {
  const { kinds } = counted
  const endsAtLimit = kindNumbers.map((kind) => exampleKinds[kind].endsAtLimit)
  let [examples, longest] = [0, 0]
  for (const at of positions) {
    if (!endsAtLimit[kinds[at] as number]) continue
    const own = counted.longest[at] as number
    if (own > maxSeqLength) examples++
    longest = Math.max(longest, own)
  }
  return { examples, longest }
}

/** Lengths of the rows when examples are cut at `maxSeqLength`. A longer plain text becomes more rows. */
export function rowLengths({ counted, positions }: CountedPart, maxSeqLength: number): readonly number[] {
  const { kinds, starts, lengths } = counted
  const endsAtLimit = kindNumbers.map((kind) => exampleKinds[kind].endsAtLimit)
  const rows: number[] = []
  for (const at of positions) {
    for (let i = starts[at] as number; i < (starts[at + 1] as number); i++) {
      let rest = lengths[i] as number
      if (endsAtLimit[kinds[at] as number]) rest = Math.min(rest, maxSeqLength)
      for (; rest > maxSeqLength; rest -= maxSeqLength) rows.push(maxSeqLength)
      if (rest > 0) rows.push(rest)
    }
  }
  return rows
}
