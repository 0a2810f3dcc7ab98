// Every place in the TypeScript sources that makes an error, a refusal or a notice: its code and the names of its
// details, by the types of the compiler. What a function hands on (its parameter as code, or spread into details)
// is followed to the calls of that function; what cannot be followed is a site with a fault.
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'

export interface Site {
  readonly kind: 'error' | 'refusal' | 'notice' | 'reason'
  readonly code: string
  readonly details: ReadonlySet<string>
  /** file:line */
  readonly place: string
}
export interface Sites {
  readonly all: readonly Site[]
  /** places whose code or details cannot be told */
  readonly unknown: readonly string[]
}

const root = resolve(import.meta.dirname, '../..')

function sources(): readonly string[] {
  return ['main', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name))
  )
}

/** The class that carries a code and its data, and the two that pass on what others threw. */
const carriers = ['main/contract/errors.ts', 'main/words/errors/index.ts', 'main/trainer/error-data.ts']

export function readSites(files: readonly string[] = sources(), host?: ts.CompilerHost): Sites {
  const program = ts.createProgram({
    rootNames: [...files],
    options: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: ['node'],
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true
    },
    ...(host && { host })
  })
  return new Reader(program).read()
}

type Kind = Site['kind']

/** Where a code and its details enter: the expressions, to be told by their types. */
interface Entry {
  readonly kind: Kind
  readonly code: ts.Expression
  readonly details: ts.Expression | undefined
  readonly at: ts.Node
}

class Reader {
  readonly #checker: ts.TypeChecker
  /** by the name that is called */
  readonly #calls = new Map<string, ts.CallExpression[]>()
  readonly #sites: Site[] = []
  readonly #unknown: string[] = []
  /** sites of one kind with the details of another's */
  readonly #borrowed: { kind: Kind; code: string; from: Kind; at: ts.Node }[] = []

  constructor(private readonly program: ts.Program) {
    this.#checker = program.getTypeChecker()
  }

  read(): Sites {
    const files = this.program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile && !file.fileName.includes('node_modules'))
    for (const file of files) this.#gatherCalls(file)
    for (const file of files) {
      if (!carriers.includes(relative(root, file.fileName))) this.#visit(file)
    }
    for (const { kind, code, from, at } of this.#borrowed)
      for (const site of this.#sites.filter((one) => one.kind === from && one.code === code))
        this.#sites.push({ ...site, kind, place: place(at) })
    return { all: this.#sites, unknown: this.#unknown }
  }

  #gatherCalls(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const called = node.expression
      const name = ts.isPropertyAccessExpression(called) ? called.name.text : called.getText()
      this.#calls.set(name, [...(this.#calls.get(name) ?? []), node])
    }
    ts.forEachChild(node, (child) => this.#gatherCalls(child))
  }

  #visit(node: ts.Node): void {
    const entry = this.#entryOf(node)
    if (entry) this.#site(entry, new Map(), 0)
    ts.forEachChild(node, (child) => this.#visit(child))
  }

  #entryOf(node: ts.Node): Entry | null {
    if (ts.isNewExpression(node)) {
      const [code, details] = node.arguments ?? []
      const kind = code && kinds.get(this.#nameOf(node))
      return kind ? { kind, code, details, at: node } : null
    }
    if (!ts.isObjectLiteralExpression(node)) return null
    const code = valueOf(node, 'code')
    const details = valueOf(node, 'details')
    if (!code || !details || !this.#isText(code) || this.#handedOn(code, details)) return null
    if (valueOf(node, 'kind')?.getText().startsWith("'notice'"))
      return { kind: 'notice', code, details, at: node }
    const wanted = this.#checker.getContextualType(node)
    const names = wanted?.isUnion() ? wanted.types.map(nameOfType) : [wanted ? nameOfType(wanted) : '']
    const kind = names.map((name) => kinds.get(name)).find((found) => found !== undefined)
    if (!kind) this.#unknown.push(`${place(node)} kind`)
    return kind ? { kind, code, details, at: node } : null
  }

  #isText(expression: ts.Expression): boolean {
    const type = this.#checker.getTypeAtLocation(expression)
    return Boolean((type.isUnion() ? type.types[0] : type)!.flags & ts.TypeFlags.StringLike)
  }

  #nameOf(node: ts.NewExpression): string {
    let type: ts.Type | undefined = this.#checker.getTypeAtLocation(node)
    // UsageError is a NeiroError
    while (type && !kinds.has(nameOfType(type)))
      type = this.#checker.getBaseTypes(type as ts.InterfaceType)[0]
    return type ? nameOfType(type) : ''
  }

  #site(entry: Entry, given: Given, depth: number): void {
    const code = this.#through(entry.code, given)
    const parameter = this.#parameterOf(code) ?? this.#spreadParameter(entry.details, given)
    const codes = this.#codesOf(code)
    if (parameter && (codes === null || this.#spreadParameter(entry.details, given)) && depth < 4) {
      const callers = this.#callsOf(parameter.parent)
      for (const call of callers) {
        const next = new Map(given)
        parameter.parent.parameters.forEach((one, at) => next.set(one, call.arguments[at] ?? one.initializer))
        this.#site({ ...entry, at: call }, next, depth + 1)
      }
      if (callers.length > 0) return
    }
    const handedOn = this.#handedOn(code, entry.details && this.#through(entry.details, given))
    if (handedOn === entry.kind) return
    if (handedOn && codes) {
      for (const one of codes) this.#borrowed.push({ ...entry, code: one, from: handedOn })
      return
    }
    const details = this.#keysOf(entry.details, given)
    if (codes === null || details === null) {
      this.#unknown.push(`${place(entry.at)} ${codes === null ? 'code' : 'details'}`)
      return
    }
    for (const one of codes)
      this.#sites.push({ kind: entry.kind, code: one, details, place: place(entry.at) })
  }

  #callsOf(declaration: ts.SignatureDeclaration): readonly ts.CallExpression[] {
    const named =
      declaration.name ?? (ts.isVariableDeclaration(declaration.parent) ? declaration.parent.name : null)
    return (this.#calls.get(named?.getText() ?? '') ?? []).filter(
      (call) => this.#checker.getResolvedSignature(call)?.declaration === declaration
    )
  }

  /** x.code and x.details of one and the same: x was made elsewhere, and its making is a site. */
  #handedOn(code: ts.Expression, details: ts.Expression | undefined): Kind | undefined {
    if (!details || !ts.isPropertyAccessExpression(code) || !ts.isPropertyAccessExpression(details))
      return undefined
    if (code.expression.getText() !== details.expression.getText()) return undefined
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(code.expression))
    return kinds.get(nameOfType(type))
  }

  /** The literals that the type allows; null where it is any text. */
  #codesOf(expression: ts.Expression): readonly string[] | null {
    const type = this.#checker.getTypeAtLocation(expression)
    const parts = type.isUnion() ? type.types : [type]
    const literals = parts.filter((part) => part.isStringLiteral()).map((part) => part.value)
    return literals.length === parts.length ? literals : null
  }

  #parameterOf(expression: ts.Expression): Parameter | null {
    if (!ts.isIdentifier(expression)) return null
    const declaration = this.#symbolOf(expression)?.valueDeclaration
    return declaration && ts.isParameter(declaration) && isNamed(declaration.parent)
      ? (declaration as Parameter)
      : null
  }

  /** A parameter as it is given by the call that is looked at. */
  #through(expression: ts.Expression, given: Given): ts.Expression {
    if (!ts.isIdentifier(expression)) return expression
    const declaration = this.#symbolOf(expression)?.valueDeclaration
    const value = declaration && ts.isParameter(declaration) ? given.get(declaration) : undefined
    return value ? this.#through(value, given) : expression
  }

  /** { code } names the property and the value at once */
  #symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(name.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(name.parent)
      : this.#checker.getSymbolAtLocation(name)
  }

  /** A parameter that is the details, or is spread into them. */
  #spreadParameter(details: ts.Expression | undefined, given: Given): Parameter | null {
    if (!details) return null
    const own = this.#through(details, given)
    if (ts.isObjectLiteralExpression(own)) {
      for (const property of own.properties) {
        const found = ts.isSpreadAssignment(property)
          ? this.#spreadParameter(property.expression, given)
          : null
        if (found) return found
      }
      return null
    }
    return this.#parameterOf(own)
  }

  /** The names that are there in any case; null where they cannot be told. */
  #keysOf(details: ts.Expression | undefined, given: Given): ReadonlySet<string> | null {
    if (!details) return new Set()
    const own = this.#through(details, given)
    const keys = new Set<string>()
    if (ts.isObjectLiteralExpression(own)) {
      const reason = valueOf(own, 'reason')
      for (const property of own.properties) {
        // the row whose reason is named gives that reason's details, and is a site of its own
        if (ts.isSpreadAssignment(property) && reason && isOfOne(reason, property.expression)) continue
        if (!ts.isSpreadAssignment(property)) keys.add(property.name?.getText().replace(/['"]/g, '') ?? '')
        else {
          const spread = this.#keysOf(property.expression, given)
          if (spread === null) return null
          for (const key of spread) keys.add(key)
        }
      }
      return keys
    }
    const type = this.#checker.getTypeAtLocation(own)
    if (type.getStringIndexType()) return null
    // nothing may be spread as well
    if (!(type.flags & ts.TypeFlags.Object)) return keys
    for (const property of type.getProperties())
      if (!(property.flags & ts.SymbolFlags.Optional)) keys.add(property.name)
    return keys
  }
}

type Parameter = ts.ParameterDeclaration & { readonly parent: ts.SignatureDeclaration }
type Given = ReadonlyMap<ts.ParameterDeclaration, ts.Expression | undefined>

/** Classes and types that carry a code. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['NeiroError', 'error'],
  ['NeiroErrorData', 'error'],
  ['Refusal', 'refusal'],
  ['Warning', 'notice'],
  ['PresetReason', 'reason']
])

/** x.reason and x.details */
const isOfOne = (reason: ts.Expression, details: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(reason) &&
  ts.isPropertyAccessExpression(details) &&
  reason.name.text === 'reason' &&
  details.name.text === 'details' &&
  reason.expression.getText() === details.expression.getText()

const nameOfType = (type: ts.Type): string => type.aliasSymbol?.name ?? type.symbol?.name ?? ''

const isNamed = (node: ts.Node): boolean => ts.isFunctionLike(node)

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = node.properties.find((one) => one.name?.getText() === name)
  if (!property) return undefined
  if (ts.isPropertyAssignment(property)) return property.initializer
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined
}

const place = (node: ts.Node): string => {
  const file = node.getSourceFile()
  return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}
