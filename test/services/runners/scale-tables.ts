// The tables of docs/scale.md, from what the planner calculates with.
import { chooseSpread, fits, type Load } from '../../../main/services/runners/folder/scale'
import { publishedTrainings, reached, secondsOn, type GpuKind } from '../../../main/services/runners/gpu-time'

const gib = 2 ** 30

/** Numbers of the base and of a LoRA of rank 16 on every linear layer; width and depth. */
const bases = {
  '135M': { parameters: 135e6, trained: 4.9e6, hiddenSize: 576, layers: 30 },
  '1.5B': { parameters: 1.54e9, trained: 18.5e6, hiddenSize: 1536, layers: 28 },
  '8B': { parameters: 8.03e9, trained: 41.9e6, hiddenSize: 4096, layers: 32 },
  '32B': { parameters: 32.8e9, trained: 134e6, hiddenSize: 5120, layers: 64 },
  '70B': { parameters: 70.6e9, trained: 207e6, hiddenSize: 8192, layers: 80 }
} as const
type Base = keyof typeof bases
const names = Object.keys(bases) as Base[]

/** 8 rows of 512 tokens in all, shared by the processes. */
export const loadOfBase = (base: Base, { packed = false, processes = 1 } = {}): Load => ({
  ...bases[base],
  ...{ packed, tokens: 4096 / processes, recomputes: true }
})

const rowsOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')

export function memoryTable(): string {
  const machines = [
    [1, 24],
    [1, 80],
    [2, 80],
    [8, 80]
  ] as const
  return rowsOf(
    names.flatMap((base) =>
      [false, true].map((packed) => [
        `${base}${packed ? ', NF4' : ''}`,
        ...machines.map(([processes, gigabytes]) => {
          const machine = { processes, gpuBytes: gigabytes * gib }
          const choice = chooseSpread(loadOfBase(base, { packed, processes }), machine)
          const held = (choice.share.total / gib).toFixed(1)
          return `${held} (${fits(choice, machine) ? choice.spread : 'does not fit'})`
        })
      ])
    )
  )
}

const sources = { automodel: 'NVIDIA (1)', vectorlm: 'Vector Institute (2)' } as const

export const publishedTable = (): string =>
  rowsOf(
    publishedTrainings.map((one) => [
      `${one.gpus} ${one.kind}`,
      one.model,
      one.tokensPerSecond.toLocaleString('en'),
      `${Math.round(reached(one) * 100)} %${one.divided ? ', divided' : ''}`,
      sources[one.source]
    ])
  )

/** Operations a second of an office PC: 0.3 TFLOPS of products (assumed; Neiro measures its own), of which a training reaches 60 %. */
const officePc = 0.3e12 * 0.6
/** tokens of an example */
const length = 300

const works = [
  [`10,000 examples of ${length} tokens, 3 times`, 30_000 * length],
  [`1,000,000 of ${length}, once`, 1_000_000 * length]
] as const

const operationsOf = (base: Base, tokens: number): number => 6 * bases[base].parameters * tokens

function spoken(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 72 * 3600 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`
}

const elsewhere: readonly (readonly [GpuKind, number])[] = [
  ['A100', 1],
  ['H100', 1],
  ['H100', 8]
]

const secondsThere = (kind: GpuKind, gpus: number, base: Base, tokens: number): number | null =>
  secondsOn(kind, gpus, loadOfBase(base, { processes: gpus }), operationsOf(base, tokens))

export const timeTable = (): string =>
  rowsOf(
    names.flatMap((base) =>
      works.map(([work, tokens]) => [
        base,
        work,
        spoken(operationsOf(base, tokens) / officePc),
        ...elsewhere.map(([kind, gpus]) => {
          const seconds = secondsThere(kind, gpus, base, tokens)
          return seconds === null ? 'does not fit' : spoken(seconds)
        })
      ])
    )
  )

/** Dollars an hour: of a PC that draws 150 W at 0.21 dollars a kilowatt hour; of one GPU as listed (docs/scale.md says where). */
const hourly = { pc: 0.15 * 0.21, A100: 2.79, H100: 3.99 } as const

const dollars = (amount: number): string =>
  amount < 1 ? `$${amount.toFixed(2)}` : `$${Math.round(amount).toLocaleString('en')}`

export const costTable = (): string =>
  rowsOf(
    names.map((base) => {
      const [, tokens] = works[1]
      return [
        base,
        dollars((operationsOf(base, tokens) / officePc / 3600) * hourly.pc),
        ...elsewhere.map(([kind, gpus]) => {
          const seconds = secondsThere(kind, gpus, base, tokens)
          return seconds === null ? 'does not fit' : dollars((seconds / 3600) * gpus * hourly[kind])
        })
      ]
    })
  )
