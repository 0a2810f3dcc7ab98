// What goes along with a package: every part's licence is one that somebody has looked at, and its text is there.
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, as the scripts are
import * as licences from '../../scripts/package/licences.mjs'

interface Part {
  readonly name: string
  readonly licence: string
  readonly text: string
}
const { licenceFault, licencesText, shippedPackages } = licences as {
  licenceFault(part: Pick<Part, 'name' | 'licence'>): string | null
  licencesText(root: string): string
  shippedPackages(root: string): readonly Part[]
}
const root = resolve(import.meta.dirname, '../..')

describe('licences of what is shipped', () => {
  test('every package that runs or is bundled is there, with what it needs itself', () => {
    const names = shippedPackages(root).map(({ name }) => name)
    for (const name of ['zod', 'ws', 'saxes', 'xmlchars', 'safer-buffer', 'svelte', 'chart.js', 'bits-ui'])
      expect(names).toContain(name)
    expect(names).not.toContain('vitest')
    expect(names).not.toContain('electron-builder')
  })

  test('each is one that may be given on, and the file names each', () => {
    const text = licencesText(root)
    for (const { name } of shippedPackages(root)) expect(text).toContain(`${name} `)
    expect(text).toContain('Permission is hereby granted')
  })

  test('an unknown or missing licence is a fault with its name; a choice is fine by one of its parts', () => {
    expect(licenceFault({ name: 'a', licence: 'AGPL-3.0' })).toBe('a: AGPL-3.0')
    expect(licenceFault({ name: 'a', licence: '' })).toBe('a: no licence')
    expect(licenceFault({ name: 'a', licence: '(MIT OR GPL-3.0)' })).toBeNull()
    expect(licenceFault({ name: 'a', licence: 'MIT AND GPL-3.0' })).toBe('a: MIT AND GPL-3.0')
  })
})
