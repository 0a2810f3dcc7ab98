#!/usr/bin/env node
// In fpm's place where that is not to be had: takes the arguments with which electron-builder calls it (the kind deb
// alone) and has dpkg-deb make the package. Anything that it does not know ends it with the argument's name.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const single = {
  '-s': 'source',
  '-t': 'kind',
  '--name': 'name',
  '--version': 'version',
  '--architecture': 'architecture',
  '--maintainer': 'maintainer',
  '--vendor': 'vendor',
  '--url': 'homepage',
  '--description': 'description',
  '--license': 'licence',
  '--package': 'out',
  '--category': 'section',
  '--deb-priority': 'priority',
  '--deb-compression': 'compression',
  '--after-install': 'postinst',
  '--after-remove': 'postrm'
}
const many = { '-d': 'depends', '--deb-recommends': 'recommends' }
/** of fpm's own conduct, or of other kinds */
const without = ['--force', '--debug', '--deb-no-default-config-files']
const skipped = ['--rpm-os', '--rpm-compression', '--log']

/** @returns what is asked for: fields, lists, and the files { from: to } */
export function readArguments(args) {
  const asked = { depends: [], recommends: [], files: [] }
  for (let i = 0; i < args.length; i++) {
    const [word, inline] = args[i].startsWith('--') ? splitOnce(args[i]) : [args[i], undefined]
    const value = () => inline ?? args[++i]
    if (single[word]) asked[single[word]] = value()
    else if (many[word]) asked[many[word]].push(value())
    else if (skipped.includes(word)) value()
    else if (without.includes(word)) continue
    else if (word.startsWith('-')) throw new Error(`not known here: ${word}`)
    else asked.files.push(splitOnce(word))
  }
  if (asked.kind !== 'deb') throw new Error(`only deb can be made here, not ${asked.kind}`)
  return asked
}

const splitOnce = (text) => {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** A deb's control file; a line of a description begins with a blank, an empty one is a dot. */
export function controlOf(asked, kilobytes) {
  const [first, ...rest] = (asked.description ?? asked.name).trim().split('\n')
  const fields = [
    ['Package', asked.name],
    ['Version', asked.version],
    ['Section', asked.section ?? 'default'],
    ['Priority', asked.priority ?? 'optional'],
    ['Architecture', { x86_64: 'amd64', aarch64: 'arm64' }[asked.architecture] ?? asked.architecture],
    ['Installed-Size', kilobytes],
    ['Maintainer', asked.maintainer],
    ['Homepage', asked.homepage],
    ['Depends', asked.depends.join(', ')],
    ['Recommends', asked.recommends.join(', ')],
    ['Description', [first, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n')]
  ]
  return `${fields
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n`
}

function make(asked) {
  const tree = mkdtempSync(join(tmpdir(), 'neiro-deb-'))
  chmodSync(tree, 0o755)
  try {
    for (const [from, to] of asked.files) {
      // FOLDER/=PLACE puts what is in the folder there
      mkdirSync(dirname(join(tree, to)), { recursive: true })
      cpSync(from.replace(/\/$/, ''), join(tree, to), { recursive: true, verbatimSymlinks: true })
    }
    const size = spawnSync('du', ['-sk', tree], { encoding: 'utf8' }).stdout.split('\t')[0]
    mkdirSync(join(tree, 'DEBIAN'))
    writeFileSync(join(tree, 'DEBIAN/control'), controlOf(asked, size))
    for (const script of ['postinst', 'postrm'])
      if (asked[script])
        writeFileSync(join(tree, 'DEBIAN', script), readFileSync(asked[script]), { mode: 0o755 })
    const built = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, asked.out], {
      stdio: 'inherit'
    })
    return built.status ?? 1
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = make(readArguments(process.argv.slice(2)))
