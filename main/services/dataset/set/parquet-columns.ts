// Records of names and values as columns of Parquet: what each column holds is learnt from the records, lists and objects
// in them included. Where two records disagree, the column holds JSON text. Pure.
import type { SchemaElement } from 'hyparquet'

export type Shape =
  | { readonly kind: 'nothing' | 'text' | 'flag' | 'number' | 'json' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }

const nothing: Shape = { kind: 'nothing' }

export function shapeOf(value: unknown): Shape {
  if (value === null || value === undefined) return nothing
  if (typeof value === 'string') return { kind: 'text' }
  if (typeof value === 'boolean') return { kind: 'flag' }
  if (typeof value === 'number') return { kind: 'number' }
  if (Array.isArray(value))
    return { kind: 'list', of: value.map(shapeOf).reduce<Shape>(shapeOfBoth, nothing) }
  const fields = Object.entries(value).map(([name, one]) => [name, shapeOf(one)] as const)
  return { kind: 'object', fields: Object.fromEntries(fields) }
}

export function shapeOfBoth(a: Shape, b: Shape): Shape {
  if (a.kind === 'nothing') return b
  if (b.kind === 'nothing') return a
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: shapeOfBoth(a.of, b.of) }
  if (a.kind === 'object' && b.kind === 'object') {
    const fields: Record<string, Shape> = { ...a.fields }
    for (const [name, shape] of Object.entries(b.fields))
      fields[name] = Object.hasOwn(fields, name) ? shapeOfBoth(fields[name] as Shape, shape) : shape
    return { kind: 'object', fields }
  }
  return a.kind === b.kind ? a : { kind: 'json' }
}

/** The elements of the schema below its root, as the format lists them: each before what is inside it. */
export function elementsOf(name: string, shape: Shape): readonly SchemaElement[] {
  const own = { name, repetition_type: 'OPTIONAL' } as const
  switch (shape.kind) {
    case 'flag':
      return [{ ...own, type: 'BOOLEAN' }]
    case 'number':
      return [{ ...own, type: 'DOUBLE' }]
    case 'list':
      return [
        { ...own, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf('element', shape.of)
      ]
    case 'object': {
      const fields = Object.entries(shape.fields)
      // a group without anything in it is none
      if (fields.length === 0) return elementsOf(name, { kind: 'json' })
      return [
        { ...own, num_children: fields.length },
        ...fields.flatMap(([field, inner]) => elementsOf(field, inner))
      ]
    }
    default:
      return [{ ...own, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  }
}

/** A value as a column of this shape holds it. */
export function fitted(value: unknown, shape: Shape): unknown {
  if (value === null || value === undefined) return null
  if (shape.kind === 'list') return (value as readonly unknown[]).map((one) => fitted(one, shape.of))
  if (shape.kind === 'object' && Object.keys(shape.fields).length > 0) {
    const given = value as Readonly<Record<string, unknown>>
    const fields = Object.entries(shape.fields).map(([name, inner]) => [name, fitted(given[name], inner)])
    return Object.fromEntries(fields) as unknown
  }
  return shape.kind === 'json' || shape.kind === 'object' ? JSON.stringify(value) : value
}
