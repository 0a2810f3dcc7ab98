// What a line chart shows, whoever draws it.
import type { Tick } from '../lib/chart-scale'

export interface ChartSeries {
  readonly name: string
  /** 1..5: colour, dash and marker of the series */
  readonly colour: number
  /** measured now and then: each point has its marker */
  readonly marked?: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** drawn faint and thin behind the others (raw values behind the smooth line) */
  readonly faint?: boolean
  /** said where the line ends */
  readonly end?: string
}

export interface ChartAxes {
  /** what the values are, said above them */
  readonly y: {
    readonly title: string
    readonly text: (value: number) => string
    /** all that there can be: the axis shows it whole; absent: what is drawn decides */
    readonly whole?: readonly [number, number]
  }
  readonly x: { readonly title: string; readonly ticks: readonly Tick[] }
}

export interface ChartContent {
  readonly series: readonly ChartSeries[]
  readonly axes: ChartAxes
  readonly logarithmic: boolean
  /** right end of the x axis; beyond the data lies the future */
  readonly xMax: number
  readonly mark: { x: number; text: string } | null
}

/** What is told of one place of a chart. */
export interface ChartNote {
  readonly title: string
  readonly rows: readonly {
    readonly name: string
    readonly value: string
    /** 1..5: that of the line; absent: of no line */
    readonly colour?: number
  }[]
}
