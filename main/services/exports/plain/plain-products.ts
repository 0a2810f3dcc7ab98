// Products with the matrices of a folder, every sum in double, and what an adapter makes of them: LoRA (Hu et al. 2021),
// DoRA (Liu et al. 2024), whose rows have a length of their own, and VeRA (Kopiczko et al. 2023), whose pair all share.
import type { PlainTensors } from './stored-tensors'

export type Vector = Float64Array

export class MissingTensor extends Error {
  constructor(readonly tensor: string) {
    super(tensor)
  }
}

/** What is added to a module's W x: scale * B (A x). */
export interface AdapterPart {
  /** names in the adapter's file */
  readonly a: string
  readonly b: string
  readonly scale: number
  /** of the lengths that the rows of W + scale * B A then get; null: they stay as they come */
  readonly lengths: string | null
  /** of a pair that all modules share, each taking as much of it as it needs: what stands between and behind */
  readonly shared?: { readonly between: string; readonly behind: string }
}

export interface PlainAdapter {
  readonly tensors: PlainTensors
  /** by the module's whole name; null where it has none */
  readonly partOf: (module: string) => AdapterPart | null
  /** the adapter's own tensor in place of one of the base */
  readonly instead: (tensor: string) => string | null
  /** of a module's weight: rows that are the adapter's own, a row of `name` each; null where it has none */
  readonly ownRows: (module: string) => OwnRows | null
  /** what a module hears or gives is multiplied by these, one by one */
  readonly factors: (module: string) => Factors | null
}

export interface Factors {
  readonly name: string
  readonly of: 'input' | 'output'
}

export interface OwnRows {
  readonly name: string
  readonly at: readonly number[]
}

interface Place {
  readonly tensors: PlainTensors
  readonly name: string
  readonly shape: readonly number[]
}

export class PlainProducts {
  constructor(
    private readonly base: PlainTensors,
    private readonly adapter: PlainAdapter | undefined,
    /** called now and then: lets others go on, and throws where this must stop */
    private readonly pause: () => Promise<void>
  ) {}

  has(name: string): boolean {
    return this.base.find(name) !== null
  }

  /** columns of a matrix */
  width(name: string): number {
    return this.place(name).shape[1] ?? 0
  }

  /** y = W x (+ what an adapter adds) (+ b), W [out, in] row by row; x or y times an adapter's factors */
  async matrix(module: string, rows: readonly Vector[], out: number, bias: boolean): Promise<Vector[]> {
    const factors = this.adapter?.factors(module)
    if (!this.adapter || !factors) return this.sums(module, rows, out, bias)
    const place = placeIn(this.adapter.tensors, factors.name)
    // of the input they lie in a row, of the output in a column
    const by = (await this.rowsOf(place)).flatMap((row) => Array.from(row))
    const times = (some: readonly Vector[]): Vector[] =>
      some.map((row) => row.map((value, i) => value * (by[i] ?? NaN)))
    if (factors.of === 'input') return this.sums(module, times(rows), out, bias)
    return times(await this.sums(module, rows, out, bias))
  }

  private async sums(module: string, rows: readonly Vector[], out: number, bias: boolean): Promise<Vector[]> {
    const weight = this.place(`${module}.weight`)
    let result = await this.product(weight, rows, out)
    const own = this.adapter?.ownRows(module)
    if (this.adapter && own) {
      const instead = await this.product(placeIn(this.adapter.tensors, own.name), rows, own.at.length)
      own.at.forEach((at, i) => result.forEach((row, t) => (row[at] = instead[t]?.[i] ?? NaN)))
    }
    const part = this.adapter?.partOf(module)
    if (this.adapter && part) {
      const { tensors } = this.adapter
      const [a, b] = [placeIn(tensors, part.a), placeIn(tensors, part.b)]
      const more = await this.more(part, { a, b }, rows, out)
      result = result.map((row, t) => row.map((value, i) => value + part.scale * (more[t]?.[i] ?? NaN)))
      if (part.lengths !== null) {
        const wanted = await this.read(placeIn(tensors, part.lengths))
        const lengths = await this.lengths(weight, a, b, part.scale)
        const factors = wanted.map((length, i) => length / (lengths[i] ?? NaN))
        result = result.map((row) => row.map((value, i) => value * (factors[i] ?? NaN)))
      }
    }
    if (!bias) return result
    const values = await this.vector(`${module}.bias`)
    return result.map((row) => row.map((value, i) => value + (values[i] ?? NaN)))
  }

  /** B (A x); of a shared pair with its factors between and behind. */
  private async more(
    { shared }: AdapterPart,
    { a, b }: { readonly a: Place; readonly b: Place },
    rows: readonly Vector[],
    out: number
  ): Promise<Vector[]> {
    const tensors = this.adapter?.tensors
    if (!shared || !tensors) return this.product(b, await this.product(a, rows, a.shape[0] ?? 0), out)
    const times = async (some: readonly Vector[], name: string): Promise<Vector[]> => {
      const by = await this.read(placeIn(tensors, name))
      return some.map((row) => row.map((value, i) => value * (by[i] ?? NaN)))
    }
    const low = await this.product(a, rows, a.shape[0] ?? 0, true)
    return times(await this.product(b, await times(low, shared.between), out, true), shared.behind)
  }

  vector(name: string): Promise<Vector> {
    return this.read(this.place(name))
  }

  /** all values of a tensor, whatever its shape */
  async values(name: string): Promise<Vector> {
    const { tensors, shape } = this.place(name)
    const parts: number[] = []
    const count = shape.slice(0, -1).reduce((all, size) => all * size, 1)
    for await (const { values } of tensors.rows(name, 0, count)) for (const value of values) parts.push(value)
    return Float64Array.from(parts)
  }

  /** one row of a module's weight */
  async row(module: string, at: number): Promise<Vector> {
    const own = this.adapter?.ownRows(module)
    const ownAt = own?.at.indexOf(at) ?? -1
    return this.adapter && own && ownAt >= 0
      ? this.read(placeIn(this.adapter.tensors, own.name), ownAt)
      : this.read(this.place(`${module}.weight`), at)
  }

  private place(name: string): Place {
    const own = this.adapter?.instead(name) ?? null
    return this.adapter && own !== null ? placeIn(this.adapter.tensors, own) : placeIn(this.base, name)
  }

  /** a row of a matrix, or all values of a vector */
  private async read({ tensors, name }: Place, at = 0): Promise<Vector> {
    for await (const { values } of tensors.rows(name, at, at + 1)) return Float64Array.from(values)
    throw new MissingTensor(name)
  }

  /** partly: of a larger matrix its first rows and columns */
  private async product(
    { tensors, name, shape }: Place,
    rows: readonly Vector[],
    out: number,
    partly = false
  ): Promise<Vector[]> {
    const width = rows[0]?.length ?? 0
    const [height = 0, stride = 0] = shape
    const fits = partly ? height >= out && stride >= width : height === out && stride === width
    if (!fits) throw new MissingTensor(`${name} [${out}, ${width}]`)
    const result = rows.map(() => new Float64Array(out))
    for await (const { first, values } of tensors.rows(name, 0, out)) {
      const count = values.length / stride
      rows.forEach((x, t) => {
        const y = result[t] as Vector
        for (let o = 0; o < count; o++) {
          let sum = 0
          const at = o * stride
          for (let i = 0; i < width; i++) sum += (values[at + i] as number) * (x[i] as number)
          y[first + o] = sum
        }
      })
      await this.pause()
    }
    return result
  }

  /** of the rows of W + scale * B A */
  private async lengths(weight: Place, a: Place, b: Place, scale: number): Promise<Vector> {
    const [out = 0, width = 0] = weight.shape
    const [down, up] = [await this.rowsOf(a), await this.rowsOf(b)]
    const lengths = new Float64Array(out)
    for await (const { first, values } of weight.tensors.rows(weight.name, 0, out)) {
      for (let o = 0; o < values.length / width; o++) {
        const row = Float64Array.from(values.subarray(o * width, (o + 1) * width))
        down.forEach((direction, r) => {
          const share = scale * (up[first + o]?.[r] ?? NaN)
          for (let i = 0; i < width; i++) row[i] = (row[i] as number) + share * (direction[i] as number)
        })
        lengths[first + o] = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
      }
      await this.pause()
    }
    return lengths
  }

  private async rowsOf({ tensors, name, shape }: Place): Promise<readonly Vector[]> {
    const [count = 0, width = 0] = shape
    const rows: Vector[] = []
    for await (const { values } of tensors.rows(name, 0, count))
      for (let at = 0; at < values.length; at += width)
        rows.push(Float64Array.from(values.subarray(at, at + width)))
    return rows
  }
}

function placeIn(tensors: PlainTensors, name: string): Place {
  const found = tensors.find(name)
  if (!found) throw new MissingTensor(name)
  return { tensors, name, shape: found.shape }
}
