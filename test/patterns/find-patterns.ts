// Every regular expression in the sources of main/, found through the compiler's own tree: literals, and those that are
// made at run time.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'

export interface Pattern {
  /** file:line */
  readonly place: string
  readonly source: string
  readonly flags: string
}

export interface Found {
  readonly patterns: readonly Pattern[]
  /** places where one is made of parts that stand nowhere as a whole */
  readonly made: readonly string[]
}

const root = resolve(import.meta.dirname, '../..')

export function findPatterns(folder = join(root, 'main')): Found {
  const patterns: Pattern[] = []
  const made: string[] = []
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const path = join(folder, name)
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
    const placeOf = (node: ts.Node): string =>
      `${relative(root, path)}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/')
        patterns.push({
          place: placeOf(node),
          source: node.text.slice(1, end),
          flags: node.text.slice(end + 1)
        })
      }
      const isMade = ts.isNewExpression(node) || ts.isCallExpression(node)
      if (isMade && node.expression.getText(file) === 'RegExp') made.push(placeOf(node))
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return { patterns, made }
}
