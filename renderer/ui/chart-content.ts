// What a line chart shows, whoever draws it.

export interface ChartSeries {
  readonly name: string
  /** 1..5: colour, dash and marker of the series */
  readonly colour: number
  /** measured now and then: each point has its marker */
  readonly marked?: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
  /** drawn faint and thin behind the others (raw values behind the smooth line) */
  readonly faint?: boolean
  /** said where the line ends, if there is room */
  readonly end?: string
}

export interface ChartContent {
  readonly series: readonly ChartSeries[]
  readonly logarithmic: boolean
  readonly xMax?: number
  readonly xLabel?: (x: number) => string
  readonly mark: { x: number; text: string } | null
}
