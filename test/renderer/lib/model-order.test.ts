// The list of models follows what was suggested for the data, not the order of the catalogue.
import { expect, test } from 'vitest'
import type { CatalogueEntry } from '../../../main/contract/window/models'
import { inOrder } from '../../../renderer/lib/model-order'
import catalogue from '../../../resources/catalogue.json'

const models = catalogue.models as Pick<CatalogueEntry, 'id' | 'use' | 'languages'>[]
const entries = models.map((model) => ({
  ...model,
  standing: 'ready' as const,
  writes: model.use !== 'classify'
}))
const of = (use: string, language = 'ja') => {
  const found = entries.find((entry) => entry.use === use && entry.languages.includes(language))
  if (!found) throw new Error(use)
  return found
}
const firstUses = (options: Parameters<typeof inOrder>[1]): string[] => [
  ...new Set(
    inOrder(entries, options)
      .slice(0, 6)
      .map(({ use }) => use)
  )
]

test('behind a model of the world come others of the world, whatever language the window has', () => {
  const world = entries.find(({ use }) => use === 'world-chat') ?? null
  for (const language of ['ja', 'en'] as const)
    expect(firstUses({ head: 'language', like: world, language })).toEqual(['world-chat'])
  const all = inOrder(entries, { head: 'language', like: world, language: 'ja' })
  const last = all.filter(({ writes }) => writes).at(-1)
  expect(last?.use).toMatch(/^(ja|zh)-/)
})

test('behind a Japanese one come Japanese ones; without a suggestion those of the window’s language', () => {
  const isJapanese = (uses: string[]): boolean => uses.every((use) => use.startsWith('ja-'))
  expect(isJapanese(firstUses({ head: 'language', like: of('ja-chat'), language: 'en' }))).toBe(true)
  expect(isJapanese(firstUses({ head: undefined, like: null, language: 'ja' }))).toBe(true)
  expect(firstUses({ head: undefined, like: null, language: 'en' })).toEqual(['world-chat'])
})

test('what sorts goes first where texts are sorted, of the language of the suggestion first; what is to come is last', () => {
  const sorting = inOrder(entries, { head: 'score', like: of('classify'), language: 'en' })
  expect(sorting[0]).toMatchObject({ use: 'classify' })
  expect(sorting[0]?.languages).toContain('ja')
  const [first, ...rest] = entries
  const coming = { ...first!, standing: 'coming' as const }
  expect(inOrder([coming, ...rest], { head: 'language', like: null, language: 'ja' }).at(-1)).toBe(coming)
})
