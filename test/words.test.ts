// Codes, sentences and throw sites belong together: every code that can be thrown, refused or noticed, in
// TypeScript or C++, has a sentence in both languages; every place in a sentence is filled by each of its sites;
// no sentence waits for a code that nobody throws.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Language, Sentence } from '../main/contract/language'
import { wordsOf, wordsOfNotice } from '../main/words/errors'
import * as en from '../main/words/errors/en'
import * as ja from '../main/words/errors/ja'
import { readEngineSites } from './words/engine-sites'
import { readSites, type Site } from './words/throw-sites'

const languages = ['ja', 'en'] as const
type Table = Readonly<Record<string, Sentence>>
const errors: Readonly<Record<Language, Table>> = { ja: ja.errors, en: en.errors }
const notices: Readonly<Record<Language, Table>> = { ja: ja.notices, en: en.notices }

const found = [readSites(), readEngineSites()]
const sites = found.flatMap(({ all }) => all)
const ofErrors = sites.filter(({ kind }) => kind === 'error' || kind === 'refusal')
const ofNotices = sites.filter(({ kind }) => kind === 'notice')

const places = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
const whole = ({ message, hint }: Sentence): string => message + hint
const told = ({ code, place }: Site): string => `${code} at ${place}`

/** As if every detail had a value. */
const sample = ({ details }: Site): Record<string, string> =>
  Object.fromEntries([...details].map((name) => [name, `<${name}>`]))

describe('throw sites', () => {
  test('are found in every room, and each tells its code and its details', () => {
    expect(found.flatMap(({ unknown }) => unknown)).toEqual([])
    const rooms = new Set(sites.map(({ place }) => place.split('/').slice(0, 2).join('/')))
    for (const room of ['main/services', 'main/trainer', 'main/cli', 'main/ipc', 'main/serve', 'main/files'])
      expect([...rooms]).toContain(room)
    for (const room of ['renderer/lib', 'addon/engine', 'addon/binding']) expect([...rooms]).toContain(room)
    expect(sites.length).toBeGreaterThan(250)
  })

  test('are never in a component', () => {
    const root = resolve(import.meta.dirname, '../renderer')
    const throwing = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.svelte'))
      .filter((name) => /new NeiroError/.test(readFileSync(join(root, name), 'utf8')))
    expect(throwing).toEqual([])
  })
})

describe.each(languages)('in %s', (language) => {
  test('every code has a sentence', () => {
    expect(ofErrors.filter(({ code }) => !(code in errors[language])).map(told)).toEqual([])
    expect(ofNotices.filter(({ code }) => !(code in notices[language])).map(told)).toEqual([])
  })

  test('every place of a sentence is filled by each of its sites', () => {
    const raw = (site: Site, said: Sentence): string[] =>
      places(whole(said)).map((place) => `{${place}} of ${told(site)}`)
    expect([
      ...ofErrors.flatMap((site) => raw(site, wordsOf({ code: site.code, details: sample(site) }, language))),
      ...ofNotices.flatMap((site) =>
        raw(site, wordsOfNotice({ code: site.code, details: sample(site) }, language))
      )
    ]).toEqual([])
  })

  test('no sentence is without a site', () => {
    const thrown = new Set(ofErrors.map(({ code }) => code))
    const noticed = new Set(ofNotices.map(({ code }) => code))
    expect(Object.keys(errors[language]).filter((code) => !thrown.has(code))).toEqual([])
    expect(Object.keys(notices[language]).filter((code) => !noticed.has(code))).toEqual([])
  })

  test('the reason why rows were refused is said in words, its own places filled', () => {
    // what keeps a row from being encoded refuses it too
    const reasons = ofErrors.filter(
      ({ kind, code, place }) =>
        kind === 'refusal' ||
        code === 'TEMPLATE_REFUSED' ||
        (place.startsWith('main/services/tokens/unlearnable.ts') && code !== 'NOTHING_TO_LEARN')
    )
    const wrong = ['NO_USABLE_ROW', 'NOTHING_TO_LEARN'].flatMap((code) =>
      reasons
        .map((site) => {
          const details = { ...sample(site), file: 'a.csv', rows: '3', reason: site.code }
          return { site, said: whole(wordsOf({ code, details }, language)) }
        })
        .filter(({ site, said }) => places(said).length > 0 || said.includes(site.code))
        .map(({ site, said }) => `${told(site)}: ${said}`)
    )
    expect(reasons.length).toBeGreaterThan(30)
    expect(wrong).toEqual([])
  })

  test('sentences end as sentences do, and nobody shouts', () => {
    // a text from elsewhere, a list or a usage line may end one
    const end = language === 'ja' ? /(。|\{\w+\}|[:：] ?[^。]+)$/ : /(\.|\?|\{\w+\}|: [^.]+)$/
    const all = [...Object.entries(errors[language]), ...Object.entries(notices[language])]
    const wrong = all.flatMap(([code, { message, hint }]) =>
      [message, ...(hint === '' ? [] : [hint])]
        .filter((text) => !end.test(text) || /[!！]/.test(text))
        .map((text) => `${code}: ${text}`)
    )
    expect(wrong).toEqual([])
  })
})

test('both languages name the same figures, each in its own script', () => {
  const pairs = [
    ...Object.keys(errors.ja).map((code) => [code, errors.ja[code], errors.en[code]] as const),
    ...Object.keys(notices.ja).map((code) => [code, notices.ja[code], notices.en[code]] as const)
  ]
  const differing = pairs.filter(
    ([, inJa, inEn]) =>
      !inJa ||
      !inEn ||
      [...new Set(places(whole(inJa)))].sort().join() !== [...new Set(places(whole(inEn)))].sort().join()
  )
  expect(differing.map(([code]) => code)).toEqual([])
  const kana = /[\u3040-\u30ff\u4e00-\u9fff]/
  expect(
    pairs.filter(([, inJa, inEn]) => !kana.test(inJa?.message ?? '') || kana.test(whole(inEn!)))
  ).toEqual([])
})
