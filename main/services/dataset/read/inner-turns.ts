// Conversations that stand as text in a cell of a table: JSON, or a list as Python prints it.
import { parseJson } from '../../reading/json/loose-json'
import { parsePython } from '../../reading/json/python-literal'
import { turnListKeys } from '../../reading/recognise/column-names'
import { isObject } from '../../reading/rows'
import { looksLikeTurns } from './turns'

type Values = Readonly<Record<string, unknown>>

/** The same values where no cell holds a conversation. */
export function withInnerTurns(values: Values): Values {
  let changed: Record<string, unknown> | null = null
  for (const name in values) {
    const value = values[name]
    const turns = typeof value === 'string' && mayBegin(value.charCodeAt(0)) ? turnsIn(value) : null
    if (turns) (changed ??= { ...values })[name] = turns
  }
  return changed ?? values
}

/** A bracket, or a space before one. */
const mayBegin = (code: number): boolean =>
  code === 0x5b ||
  code === 0x7b ||
  code <= 32 ||
  code === 0x3000 ||
  (code >= 0x80 && code < 0x3000) ||
  code === 0xfeff

function turnsIn(text: string): unknown {
  if (!/^\s*(\[\s*\{|\{\s*["'](messages|conversations?|turns)["'])/.test(text)) return null
  const value = parsed(text.trim())
  const turns = isObject(value) ? turnListKeys.map((key) => value[key]).find(Array.isArray) : value
  return looksLikeTurns(turns) ? turns : null
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return parsePython(text)
  }
}
