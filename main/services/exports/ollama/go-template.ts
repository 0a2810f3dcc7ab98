// The parts of a chat template in the language of Ollama's TEMPLATE (Go's text/template), and what Ollama would make of
// it: the few actions that are written here, evaluated by their published rules. Pure.
import type { Message } from '../../../contract/records'
import type { Around, TurnParts } from './turn-parts'

export function goTemplate({ begin, withoutSystem, system, user, assistant, generation }: TurnParts): string {
  const own = system?.place === 'own' ? system : null
  const inside = system !== null && system.place !== 'own' ? system : null
  const front = own
    ? `{{ if .System }}${around(own, '{{ .System }}')}${
        withoutSystem === '' ? '' : `{{ else }}${literal(withoutSystem)}`
      }{{ end }}`
    : literal(withoutSystem)
  // messages are counted with the system message, which comes first
  const where = inside?.place === 'first' ? '(eq $i 1)' : '$last'
  const insert = inside ? `{{ if and $.System ${where} }}${around(inside, '{{ $.System }}')}{{ end }}` : ''
  return [
    literal(begin),
    front,
    '{{ range $i, $_ := .Messages }}{{ $last := eq (len (slice $.Messages $i)) 1 }}',
    `{{ if eq .Role "user" }}${literal(user.before)}${insert}{{ .Content }}${literal(user.after)}`,
    `{{ if $last }}${literal(generation)}{{ end }}`,
    `{{ else if eq .Role "assistant" }}${literal(assistant.before)}{{ .Content }}`,
    `{{ if not $last }}${literal(assistant.after)}{{ end }}{{ end }}{{ end }}`
  ].join('')
}

const around = ({ before, after }: Around, inner: string): string => literal(before) + inner + literal(after)

/** Text as it is; where it would begin an action, as a string in one. */
const literal = (text: string): string => (text.includes('{{') ? `{{ ${JSON.stringify(text)} }}` : text)

type Value = unknown
interface Scope {
  readonly dot: Value
  readonly variables: Map<string, Value>
}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly expression: string }
  | { readonly kind: 'assign'; readonly name: string; readonly expression: string }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'range'
      readonly variables: readonly string[]
      readonly expression: string
      readonly body: readonly Node[]
    }

interface Branch {
  /** null: else */
  readonly condition: string | null
  readonly body: readonly Node[]
}

/** What Ollama makes of it for these messages: neighbours of one role are one, all system messages are .System. */
export function renderGoTemplate(template: string, messages: readonly Message[]): string {
  const { nodes } = parse(tokensOf(template), 0)
  const collated: { Role: string; Content: string }[] = []
  for (const { role, content } of messages) {
    const last = collated.at(-1)
    if (last?.Role === role) last.Content += `\n\n${content}`
    else collated.push({ Role: role, Content: content })
  }
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const root = { Messages: collated, System: system.join('\n\n') }
  return run(nodes, { dot: root, variables: new Map([['$', root]]) })
}

/** Text and actions in turn. An action that never ends is text. */
function tokensOf(template: string): readonly string[] {
  const tokens: string[] = []
  let from = 0
  for (let begin = template.indexOf('{{'); begin >= 0; begin = template.indexOf('{{', from)) {
    const end = actionEnd(template, begin + 2)
    if (end < 0) break
    tokens.push(template.slice(from, begin), template.slice(begin, end))
    from = end
  }
  return [...tokens, template.slice(from)]
}

/** Behind the }} that ends an action, not one inside of a quoted text; -1 where there is none. */
function actionEnd(template: string, begin: number): number {
  let quoted = false
  for (let i = begin; i < template.length; i++) {
    if (quoted && template[i] === '\\') i++
    else if (template[i] === '"') quoted = !quoted
    else if (!quoted && template.startsWith('}}', i)) return i + 2
  }
  return -1
}

function parse(tokens: readonly string[], from: number): { nodes: Node[]; at: number; ended: string } {
  const nodes: Node[] = []
  let at = from
  while (at < tokens.length) {
    const token = tokens[at++] ?? ''
    if (!token.startsWith('{{')) {
      if (token !== '') nodes.push({ kind: 'text', text: token })
      continue
    }
    const action = token.slice(2, -2).trim()
    if (action === 'end' || action.startsWith('else')) return { nodes, at, ended: action }
    if (action.startsWith('if ')) {
      const parsed = branchesFrom(tokens, at, action.slice(3))
      nodes.push({ kind: 'if', branches: parsed.branches })
      at = parsed.at
    } else if (action.startsWith('range ')) {
      const [names = '', expression = ''] = action.slice(6).split(':=')
      const body = parse(tokens, at)
      nodes.push({
        kind: 'range',
        variables: names.split(',').map((name) => name.trim()),
        expression,
        body: body.nodes
      })
      at = body.at
    } else if (action.includes(':=') && !action.startsWith('"')) {
      const [name = '', expression = ''] = action.split(':=')
      nodes.push({ kind: 'assign', name: name.trim(), expression })
    } else {
      nodes.push({ kind: 'print', expression: action })
    }
  }
  return { nodes, at, ended: '' }
}

function branchesFrom(
  tokens: readonly string[],
  from: number,
  first: string
): { readonly branches: readonly Branch[]; readonly at: number } {
  const branches: Branch[] = []
  let condition: string | null = first
  let at = from
  for (;;) {
    const { nodes, at: next, ended } = parse(tokens, at)
    branches.push({ condition, body: nodes })
    at = next
    if (!ended.startsWith('else')) return { branches, at }
    condition = ended === 'else' ? null : ended.replace(/^else if /, '')
  }
}

function run(nodes: readonly Node[], scope: Scope): string {
  let text = ''
  for (const node of nodes) {
    if (node.kind === 'text') text += node.text
    else if (node.kind === 'print') text += String(valueOf(node.expression, scope))
    else if (node.kind === 'assign') scope.variables.set(node.name, valueOf(node.expression, scope))
    else if (node.kind === 'if') {
      const taken = node.branches.find(
        ({ condition }) => condition === null || isTrue(valueOf(condition, scope))
      )
      if (taken) text += run(taken.body, scope)
    } else {
      for (const [at, dot] of (valueOf(node.expression, scope) as readonly Value[]).entries()) {
        const variables = new Map(scope.variables)
        const [index = '', item = ''] = node.variables
        variables.set(index, at).set(item, dot)
        text += run(node.body, { dot, variables })
      }
    }
  }
  return text
}

const isTrue = (value: Value): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

/** A call with its arguments, a field, a variable or a literal; brackets around a call. */
function valueOf(expression: string, scope: Scope): Value {
  const words = wordsOf(expression.trim())
  const [name = '', ...rest] = words
  if (rest.length === 0) return atom(name, scope)
  const values = rest.map((word) => atom(word, scope))
  const [a, b] = values
  if (name === 'eq') return a === b
  if (name === 'not') return !isTrue(a)
  if (name === 'and') return values.find((value) => !isTrue(value)) ?? values.at(-1)
  if (name === 'len') return (a as readonly Value[]).length
  if (name === 'slice') return (a as readonly Value[]).slice(b as number)
  throw new Error(`unknown function ${name}`)
}

function atom(word: string, { dot, variables }: Scope): Value {
  if (word.startsWith('(')) return valueOf(word.slice(1, -1), { dot, variables })
  if (word.startsWith('"')) return JSON.parse(word)
  if (/^\d+$/.test(word)) return Number(word)
  const [name = '', ...fields] = word.split('.')
  const start = name === '' ? dot : variables.get(name)
  return fields.reduce<Value>((value, field) => (value as Record<string, Value>)[field], start)
}

function wordsOf(expression: string): readonly string[] {
  const words: string[] = []
  let word = ''
  let depth = 0
  let quoted = false
  for (const [at, sign] of [...expression].entries()) {
    if (sign === '"' && expression[at - 1] !== '\\') quoted = !quoted
    if (!quoted && sign === '(') depth++
    if (!quoted && sign === ')') depth--
    if (sign === ' ' && depth === 0 && !quoted) {
      if (word !== '') words.push(word)
      word = ''
    } else word += sign
  }
  return word === '' ? words : [...words, word]
}
