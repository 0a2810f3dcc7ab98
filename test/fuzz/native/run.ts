// npm run fuzz -- native [--minutes N] [--reader R] [--keep]: the engine's readers of strangers' files under libFuzzer with
// the sanitizers for addresses and undefined behaviour, the minutes shared among them (8 without a number). What it has
// found worth trying lies in corpus/ (--keep writes what is new there) and begins the next run. Linux, with Debian's clang.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { debian, root, run } from '../../elsewhere/had'
import { dictionary, readers, seeds, type Reader } from './seeds'

const work = join(root, 'test/output/fuzz-native')
const kept = resolve(import.meta.dirname, 'corpus')
/** longest input; a GGUF file that is a whole model is the largest */
const mostBytes: Readonly<Partial<Record<Reader, number>>> = { gguf: 32_768, config: 8_192 }
/** of what is kept in the repository, a reader */
const mostKept = 24_000

interface Fuzzed {
  readonly reader: Reader
  readonly inputs: number
  readonly edges: number
  readonly fault: string | null
}

export function fuzzReaders(words: readonly string[]): number {
  const { values } = parseArgs({
    args: [...words],
    options: {
      minutes: { type: 'string', default: '8' },
      reader: { type: 'string' },
      keep: { type: 'boolean', default: false }
    }
  })
  const minutes = Number(values.minutes)
  const chosen = readers.filter((name) => !values.reader || name === values.reader)
  if (!(minutes > 0) || chosen.length === 0) {
    console.error(`npm run fuzz -- native [--minutes N] [--reader ${readers.join(' | ')}] [--keep]`)
    return 2
  }
  const programs = built(chosen)
  const words_ = join(work, 'words.dict')
  writeFileSync(words_, dictionary())
  const all = chosen.map((reader) => {
    const fuzzed = fuzz(reader, join(programs, `fuzz_${reader}`), words_, (minutes * 60) / chosen.length)
    const { inputs, edges, fault } = fuzzed
    console.log(
      `${reader}: ${inputs} inputs, ${edges} edges, ${fault ? `FAULT, kept as ${fault}` : 'no fault'}`
    )
    if (values.keep && !fault) keep(reader, join(programs, `fuzz_${reader}`))
    return fuzzed
  })
  const faults = all.filter(({ fault }) => fault).length
  console.log(`${all.reduce((sum, { inputs }) => sum + inputs, 0)} inputs, ${faults} readers with a fault`)
  return faults > 0 ? 1 : 0
}

/** The folder of the programs. */
function built(chosen: readonly Reader[]): string {
  const clang = '/usr/bin/clang++-14'
  debian({
    [clang]: 'clang-14',
    '/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a': 'libclang-rt-14-dev'
  })
  const folder = join(work, 'build')
  mkdirSync(folder, { recursive: true })
  const options = [
    '-DNEIRO_FUZZ=ON',
    '-DNEIRO_TESTS=OFF',
    '-DNEIRO_BINDING=OFF',
    '-DCMAKE_BUILD_TYPE=Release'
  ]
  const status =
    run('cmake', [
      ...['-S', join(root, 'addon'), '-B', folder, '-G', 'Ninja', ...options],
      ...[`-DCMAKE_CXX_COMPILER=${clang}`, '-DCMAKE_CXX_FLAGS_RELEASE=-O1']
    ]) ||
    run('cmake', [
      ...['--build', folder, '--parallel', process.env['NEIRO_JOBS'] ?? '2'],
      ...['--target', ...chosen.map((reader) => `fuzz_${reader}`)]
    ])
  if (status !== 0) throw new Error('the fuzzers could not be built')
  return folder
}

const nameOf = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')

/** What was found so far lies there between runs. */
function corpusOf(reader: Reader): string {
  const folder = join(work, 'corpus', reader)
  mkdirSync(folder, { recursive: true })
  for (const bytes of [...seeds[reader](), ...keptOf(reader)])
    writeFileSync(join(folder, nameOf(bytes)), bytes)
  return folder
}

function fuzz(reader: Reader, program: string, words: string, seconds: number): Fuzzed {
  const corpus = corpusOf(reader)
  const findings = join(work, 'findings', reader)
  mkdirSync(findings, { recursive: true })
  const { status, stderr } = spawnSync(
    program,
    [
      corpus,
      `-max_total_time=${Math.max(1, Math.round(seconds))}`,
      `-max_len=${mostBytes[reader] ?? 4096}`,
      `-dict=${words}`,
      `-artifact_prefix=${findings}/`,
      // an input of some kilobytes: longer, or more of memory, is a fault of the reader's
      ...['-timeout=10', '-rss_limit_mb=2048', '-malloc_limit_mb=512', '-print_final_stats=1']
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 }
  )
  writeFileSync(join(work, `${reader}.log`), stderr)
  // without a fault libFuzzer says the number, else the last line of its progress does
  const done =
    /number_of_executed_units: (\d+)/.exec(stderr)?.[1] ?? [...stderr.matchAll(/^#(\d+)\t/gm)].at(-1)?.[1]
  const fault = status === 0 ? null : (/Test unit written to (\S+)/.exec(stderr)?.[1] ?? `status ${status}`)
  if (fault)
    console.log(
      stderr
        .split('\n')
        .filter((line) => /FAULT|ERROR|SUMMARY|runtime error/.test(line))
        .join('\n')
    )
  const edges = Number([...stderr.matchAll(/cov: (\d+)/g)].at(-1)?.[1] ?? 0)
  return { reader, inputs: Number(done ?? 0), edges, fault }
}

/** One input a line, in base64. */
function keptOf(reader: Reader): Buffer[] {
  const file = join(kept, `${reader}.txt`)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.from(line, 'base64'))
}

/** The smallest inputs that reach what the seeds do not, into the repository. */
function keep(reader: Reader, program: string): void {
  const known = join(work, 'known')
  const least = join(work, 'least')
  for (const folder of [known, least]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(known, { recursive: true })
  for (const bytes of seeds[reader]()) writeFileSync(join(known, nameOf(bytes)), bytes)
  cpSync(known, least, { recursive: true })
  run(program, ['-merge=1', `-max_len=${mostBytes[reader] ?? 4096}`, least, join(work, 'corpus', reader)])
  const found = readdirSync(least)
    .filter((name) => !existsSync(join(known, name)))
    .map((name) => readFileSync(join(least, name)))
    .sort((one, other) => one.length - other.length)
  let bytes = 0
  const lines = found
    .map((one) => one.toString('base64'))
    .filter((line) => (bytes += line.length + 1) <= mostKept)
  mkdirSync(kept, { recursive: true })
  writeFileSync(
    join(kept, `${reader}.txt`),
    lines
      .sort()
      .map((line) => `${line}\n`)
      .join('')
  )
}
