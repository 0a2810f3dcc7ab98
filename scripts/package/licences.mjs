// The licences of everything that is not ours in a package: what main needs at run time, what is bundled into the
// pages, what is compiled into the addon. A part without a licence text, or under a licence that nobody has looked
// at, stops the packaging.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences under which a program may be given on with its text beside it. */
const allowed = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '0BSD',
  'Unlicense',
  // permissive: of a translation of a part of Python's library
  'Python-2.0'
]

/** What electron-vite bundles: development packages by their place, parts of the window by their use. */
const bundled = ['svelte', 'bits-ui', 'chart.js', '@internationalized/date']
const compiledIn = ['node-addon-api']

/** Packages [{ name, version, licence, text }], by name; text '' where the package carries none. */
export function shippedPackages(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const found = new Map()
  const visit = (name, from) => {
    const place = placeOf(name, from, lock)
    if (!place || found.has(place) || !existsSync(join(root, place))) return
    const { version, license, licenses } = JSON.parse(readFileSync(join(root, place, 'package.json'), 'utf8'))
    // as packages said it long ago
    const older = licenses?.map(({ type }) => type).join(' AND ')
    const text = textOf(join(root, place))
    found.set(place, { name, version, licence: license ?? older ?? titleOf(text), text })
    const needs = { ...lock[place].dependencies, ...lock[place].optionalDependencies }
    for (const next of Object.keys(needs)) visit(next, place)
  }
  for (const name of [...Object.keys(dependencies), ...bundled, ...compiledIn]) visit(name, '')
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** As Node looks for it: nearest node_modules first. */
function placeOf(name, from, lock) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at ? `${at}/` : ''}node_modules/${name}`
    if (lock[place]) return place
    if (!at) return null
  }
}

/** The licence by the first line of its text, where the package does not name it. */
const titleOf = (text) => ({ 'MIT License': 'MIT', 'ISC License': 'ISC' })[text.split('\n')[0].trim()] ?? ''

function textOf(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  return file ? readFileSync(join(folder, file), 'utf8').trim() : ''
}

/** What is wrong with a package's licence; null: nothing. An expression is fine where one of its choices is. */
export function licenceFault({ name, licence }) {
  const choices = licence.replace(/[()]/g, '').split(/ OR /)
  const fine = choices.some((choice) => choice.split(' AND ').every((word) => allowed.includes(word)))
  return fine ? null : `${name}: ${licence || 'no licence'}`
}

/** The file that goes along. Throws where a licence is not one of `allowed`. */
export function licencesText(root) {
  const packages = shippedPackages(root)
  const faults = packages.map(licenceFault).filter(Boolean)
  if (faults.length) throw new Error(`licences that nobody has looked at: ${faults.join('; ')}`)
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version} (${licence})\n${'-'.repeat(60)}\n${text || `Its package carries no text of its own; ${licence} applies.`}\n`
  )
  return `Parts of Neiro that others wrote, and their licences. Electron's and Chromium's lie beside the program.\n\n${parts.join('\n\n')}`
}
