// The hand-written index.d.ts is the manual of the native module, proofs.d.ts of what its test build has besides:
// what they name is there, and nothing else.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { loadAddon } from '../../main/trainer/load-addon'
import { addonFile } from '../fixtures/places'
import { engine } from '../golden-runner/engine'

/** Names of values that a d.ts exports, and of what its classes have. */
function declared(name: string): {
  values: string[]
  statics: Map<string, string[]>
  methods: Map<string, string[]>
} {
  const file = resolve(import.meta.dirname, '../../addon', name)
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const values: string[] = []
  const statics = new Map<string, string[]>()
  const methods = new Map<string, string[]>()
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) values.push(statement.name.text)
    if (!ts.isClassDeclaration(statement) || !statement.name) continue
    const name = statement.name.text
    values.push(name)
    const members = statement.members.filter(ts.isMethodDeclaration)
    const isStatic = (member: ts.MethodDeclaration): boolean =>
      member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false
    const named = (list: ts.MethodDeclaration[]): string[] =>
      list.map((member) => member.name.getText(source)).sort()
    statics.set(name, named(members.filter(isStatic)))
    methods.set(name, named(members.filter((member) => !isStatic(member))))
  }
  return { values: values.sort(), statics, methods }
}

describe('exports of the native module', () => {
  const manual = declared('index.d.ts')
  const proofs = declared('proofs.d.ts')
  const addon = loadAddon(addonFile) as unknown as Record<string, unknown>

  test('are those of index.d.ts, and no proofs', () => {
    expect(manual.values.length).toBeGreaterThan(3)
    expect(Object.keys(addon).sort()).toEqual(manual.values)
    for (const name of manual.values) expect(typeof addon[name]).toBe('function')
  })

  test('in its test build are those and the ones of proofs.d.ts', () => {
    const tested = engine() as unknown as Record<string, unknown>
    expect(proofs.values.length).toBeGreaterThan(3)
    expect(Object.keys(tested).sort()).toEqual([...manual.values, ...proofs.values].sort())
    for (const name of proofs.values) expect(typeof tested[name]).toBe('function')
    expect(proofs.methods.size).toBe(0)
  })

  for (const name of manual.methods.keys()) {
    test(`${name} has the methods of index.d.ts`, () => {
      const made = addon[name] as { prototype: object }
      const own = (target: object, besides: readonly string[]): string[] =>
        Object.getOwnPropertyNames(target)
          .filter((key) => !besides.includes(key))
          .sort()
      expect(own(made.prototype, ['constructor'])).toEqual(manual.methods.get(name))
      expect(own(made, ['length', 'name', 'prototype', 'caller', 'arguments'])).toEqual(
        manual.statics.get(name)
      )
    })
  }

  test('probe() says what the manual says', async () => {
    const probe = await loadAddon(addonFile).probe()
    expect(probe.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(['scalar', 'avx2', 'avx512', 'neon']).toContain(probe.backend)
    expect(probe.processors).toBeGreaterThanOrEqual(1)
    expect(probe.processorName).not.toBe('')
    expect(probe.memoryBytes).toBeGreaterThan(probe.memoryAvailableBytes)
    expect(probe.memoryAvailableBytes).toBeGreaterThan(1e8)
    expect(probe.families).toEqual(expect.arrayContaining(['llama', 'mistral', 'qwen2', 'qwen3']))
  })
})
