// Looks on while a template is rendered with marks in the place of a conversation's texts, and notes what it asks of them:
// nothing but printing, joining and trimming, and whether certain words stand in them. A template that asks anything else
// of them is not seen through. Knows nothing of roles or messages.

/** A value of the templates' language. */
interface Value {
  readonly type: string
  readonly value: unknown
}

/** A place in a template: what of it is looked at stands in the library's own reading of the template. */
export interface Place {
  readonly type: string
  readonly [part: string]: unknown
}

interface Scope {
  lookupVariable(name: string): Value
}

interface Part {
  readonly place: Place
  readonly value: Value
}

interface Frame {
  readonly place: Place
  /** what was evaluated for it, in order */
  readonly parts: Part[]
}

// Unicode noncharacters, which stand in no text; two before these are the marks of chat-template.ts
const first = 0xfdd4
const digits = 0xfdf0 - first
const whole = /\uFDD2([\uFDD4-\uFDEF])([\uFDD4-\uFDEF])\uFDD3/
const ofMarks = /[\uFDD2-\uFDEF]/

/** texts of a conversation that have marks */
export const mostTexts = digits * digits

/** What stands in the place of a text. */
export const markOf = (text: number): string =>
  `\uFDD2${String.fromCharCode(first + Math.floor(text / digits), first + (text % digits))}\uFDD3`

/** What a rendering holds: what the template wrote, and between two of these the number of a text. Null where a mark was torn. */
export function aroundMarks(
  rendered: string
): { readonly written: readonly string[]; readonly texts: readonly number[] } | null {
  const written: string[] = []
  const texts: number[] = []
  rendered.split(whole).forEach((part, i, all) => {
    if (i % 3 === 0) written.push(part)
    else if (i % 3 === 1) texts.push((codeOf(part) - first) * digits + codeOf(all[i + 1] as string) - first)
  })
  return written.some((part) => ofMarks.test(part)) ? null : { written, texts }
}

const codeOf = (mark: string): number => mark.charCodeAt(0)

/** Answers that hang on a text's kind alone: it is text. */
const ofKind =
  'string defined undefined none boolean callable number integer iterable mapping sequence true false'.split(
    ' '
  )
const trimming = ['strip', 'lstrip', 'rstrip']
/** methods of objects that look at no value */
const ofObjects = ['get', 'items', 'keys', 'values']
const ofLists = ['list', 'first', 'last', 'length', 'reverse', 'items', 'map', 'default']

export class WatchedTexts {
  /** something is asked of the texts that cannot be told from the marks */
  isOpaque = false
  /** white space around a text would be taken away */
  trims = false
  /** words that are looked for in the texts, or in what they were joined to */
  readonly words = new Set<string>()
  readonly #frames: Frame[] = []
  /** functions of texts and objects, by name */
  readonly #methods = new WeakMap<object, string>()
  readonly #macros = new WeakSet<object>()
  #thrown: unknown

  /** Evaluates a place, and judges what was done there. */
  around<V>(place: Place, scope: unknown, evaluate: () => V): V {
    const frame: Frame = { place, parts: [] }
    this.#frames.push(frame)
    try {
      const value = evaluate()
      if (place.type === 'Macro') this.#macros.add((scope as Scope).lookupVariable(wordOf(place['name'])))
      if (this.#isAboutTexts(frame) && !this.#isPlain(frame, value as Value)) this.isOpaque = true
      this.#frames.at(-2)?.parts.push({ place, value: value as Value })
      return value
    } catch (error) {
      // where it was thrown, not on its way
      if (error !== this.#thrown && this.#isAboutTexts(frame)) this.isOpaque = true
      this.#thrown = error
      throw error
    } finally {
      this.#frames.pop()
    }
  }

  #isAboutTexts({ parts }: Frame): boolean {
    return parts.some(({ value }) => holds(value) || this.#methods.has(value))
  }

  #isPlain(frame: Frame, value: Value): boolean {
    const { place, parts } = frame
    switch (place.type) {
      case 'Program':
      case 'If':
      case 'For':
      case 'Set':
        return printsTexts(frame, asked(place))
      case 'SelectExpression':
      case 'Ternary':
      case 'ArrayLiteral':
      case 'TupleLiteral':
        return true
      case 'UnaryExpression':
        return operatorOf(place) === 'not'
      case 'TestExpression':
        return ofKind.includes(wordOf(place['test']))
      case 'BinaryExpression':
        return this.#isPlainPair(operatorOf(place), parts)
      case 'FilterExpression':
        return this.#isPlainFilter(place, parts)
      case 'MemberExpression':
        return this.#isPlainMember(place, parts, value)
      case 'CallExpression':
        return this.#isPlainCall(frame)
      default:
        return false
    }
  }

  #isPlainPair(operator: string, parts: readonly Part[]): boolean {
    const [left, right] = parts.map(({ value }) => value)
    // one that decides alone needs no other
    if (['and', 'or', '+', '~'].includes(operator) || !left || !right) return true
    if (operator === '==' || operator === '!=') {
      if ([left, right].some(({ type }) => type === 'NullValue' || type === 'UndefinedValue')) return true
      if (isText(left) !== isText(right)) return false
      if (!isText(left)) return true
      return !holds(left) ? this.#looksFor(left) : !holds(right) && this.#looksFor(right)
    }
    if ((operator !== 'in' && operator !== 'not in') || holds(left)) return false
    if (isText(right)) return this.#looksFor(left)
    return Array.isArray(right.value) ? !right.value.some((one: Value) => isText(one) && holds(one)) : true
  }

  #isPlainFilter(place: Place, parts: readonly Part[]): boolean {
    const filter = place['filter'] as Place
    const name = wordOf(filter.type === 'CallExpression' ? filter['callee'] : filter)
    const [operand, ...args] = parts.map(({ value }) => value) as [Value, ...Value[]]
    if (name === 'default') return true
    if (!holds(operand)) return false
    if (isText(operand)) {
      if (name === 'trim') return (this.trims = true)
      return name === 'safe' || name === 'string' || (name === 'replace' && this.#replaces(args))
    }
    if (name === 'selectattr' || name === 'rejectattr') return args.length === 1 || args[0]?.value === 'role'
    return ofLists.includes(name)
  }

  #isPlainMember(place: Place, [object, property]: readonly Part[], value: Value): boolean {
    if (!object || (property && holds(property.value))) return false
    const name = property ? String(property.value.value) : wordOf(place['property'])
    if (value.type === 'FunctionValue') this.#methods.set(value, name)
    if (!isText(object.value)) return true
    return value.type === 'FunctionValue' || value.type === 'UndefinedValue'
  }

  #isPlainCall(frame: Frame): boolean {
    const { place, parts } = frame
    const callee = parts.find((part) => part.place === place['callee'])?.value
    const given = asked(place)
    const args = parts.filter((part) => given.includes(part.place)).map(({ value }) => value)
    if (!callee) return false
    if (this.#macros.has(callee)) return printsTexts(frame, given)
    const name = this.#methods.get(callee)
    if (name === undefined) {
      const named = (place['args'] as readonly Place[]).filter(
        ({ type }) => type !== 'KeywordArgumentExpression'
      )
      return wordOf(place['callee']) === 'namespace' && named.length === 0
    }
    if (trimming.includes(name)) return (this.trims = true)
    if (ofObjects.includes(name)) return !args.some(holds)
    if (name === 'replace') return this.#replaces(args)
    if (name === 'split') return args[0]?.value !== '' && this.#looksFor(args[0])
    if (name !== 'startswith' && name !== 'endswith') return false
    const words = args[0] && Array.isArray(args[0].value) ? (args[0].value as Value[]) : args.slice(0, 1)
    return words.every((word) => this.#looksFor(word))
  }

  #replaces([old]: readonly Value[]): boolean {
    return old?.value !== '' && this.#looksFor(old)
  }

  #looksFor(word: Value | undefined): boolean {
    if (!word || !isText(word) || ofMarks.test(word.value)) return false
    this.words.add(word.value)
    return true
  }
}

const wordOf = (place: unknown): string => String((place as Place | undefined)?.['value'])
const operatorOf = (place: Place): string => wordOf(place['operator'])
const isText = (value: Value): value is Value & { readonly value: string } => value.type === 'StringValue'

/** Does a text stand in it, or in something of it? */
function holds({ value }: Value, depth = 0): boolean {
  if (typeof value === 'string') return ofMarks.test(value)
  if (!Array.isArray(value) && !(value instanceof Map)) return false
  // one that holds itself is not looked through
  return depth > 8 || [...(value.values() as Iterable<Value>)].some((one) => holds(one, depth + 1))
}

/** What of a place is asked for its value, not printed. */
function asked(place: Place): readonly unknown[] {
  switch (place.type) {
    case 'If':
      return [place['test']]
    case 'For': {
      const iterable = place['iterable'] as Place
      return [iterable, iterable['lhs'], iterable['test']]
    }
    case 'Set':
      return [place['value'], (place['assignee'] as Place)['object']]
    case 'CallExpression':
      return (place['args'] as readonly Place[]).flatMap((arg) => [arg, arg['value'], arg['argument']])
    default:
      return []
  }
}

/** What it prints of texts is texts: a list or an object would be written in another way. */
const printsTexts = ({ parts }: Frame, notPrinted: readonly unknown[]): boolean =>
  parts.every(({ place, value }) => notPrinted.includes(place) || isText(value) || !holds(value))
