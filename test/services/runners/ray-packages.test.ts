// What is larger than a Ray cluster takes at once travels in pieces, and is put together there by pieces.py; more than its head
// can hold does not leave. The cluster is a played one, which refuses as Ray's dashboard does.
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { ZipFile } from '../../../main/services/reading/packed/zip-file'
import { RayTransport } from '../../../main/services/runners/ray/ray-transport'
import { temporaryFolder } from '../../trainer/run-fixture'
import { PlayedCluster } from './played-cluster'

const programs = join(import.meta.dirname, '../../../resources/remote')
const mib = 2 ** 20
const hasPython = spawnSync('python3', ['--version']).status === 0

let cluster: PlayedCluster
let home = ''
beforeEach(async () => {
  home = temporaryFolder()
  cluster = new PlayedCluster()
  await cluster.start()
})
afterEach(() => cluster.stop())

/** weights: MiB, none of which repeats */
function folderWith(weights: number): string {
  const folder = join(home, 'folder')
  mkdirSync(join(folder, 'model'), { recursive: true })
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/train.jsonl'), '{"tokens":[1,2,3]}\n')
  writeFileSync(join(folder, 'data/held-out.jsonl'), '')
  for (const program of ['pieces.py', 'checks.py']) cpSync(join(programs, program), join(folder, program))
  const file = join(folder, 'model/model.safetensors')
  for (let at = 0; at < weights; at++) appendFileSync(file, randomBytes(mib))
  return folder
}

const begin = (folder: string) =>
  new RayTransport(cluster.address).begin(folder, 'run', async () => undefined)

interface Job {
  readonly runtime_env: { readonly working_dir: string; readonly py_modules: readonly string[] }
}
const jobThere = (): Job['runtime_env'] => (JSON.parse(String(cluster.files['job'])) as Job).runtime_env

/** As Ray lays a package out on a node. */
async function laidOut(uri: string, into: string): Promise<string> {
  const name = uri.replace('gcs://', '')
  const file = join(home, name)
  writeFileSync(file, cluster.packages.get(name) ?? Buffer.alloc(0))
  const zip = await ZipFile.open(file)
  for (const entry of zip.entries.values()) {
    const parts: Buffer[] = []
    for await (const part of zip.read(entry)) parts.push(part)
    mkdirSync(dirname(join(into, entry.name)), { recursive: true })
    writeFileSync(join(into, entry.name), Buffer.concat(parts))
  }
  await zip.close()
  return into
}

const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

test.runIf(hasPython)(
  'weights of 101 MiB come whole, through a dashboard that takes 100',
  async () => {
    const folder = folderWith(101)
    await begin(folder)
    const { working_dir: whole, py_modules: pieces } = jobThere()
    expect(pieces).toHaveLength(2)
    const there = await laidOut(whole, join(home, 'there'))
    const paths = await Promise.all(pieces.map((uri, at) => laidOut(uri, join(home, `piece-${at}`))))
    const program = 'import pathlib, pieces; pieces.lay_out(pathlib.Path("."), pathlib.Path("../laid"))'
    const put = (places: readonly string[]) =>
      spawnSync('python3', ['-c', program], {
        ...{ cwd: there, encoding: 'utf8' },
        env: { ...process.env, PYTHONPATH: places.join(':'), PYTHONDONTWRITEBYTECODE: '1' }
      })
    // one that was not laid out, and one that was changed
    expect(put(paths.slice(1)).stderr).toContain('has not laid out piece')
    const [name = ''] = readdirSync(paths[0] ?? '')
    const first = join(paths[0] ?? '', name)
    const content = readFileSync(first)
    writeFileSync(first, content.subarray(1))
    expect(put(paths).stderr).toContain('is not what was sent')
    writeFileSync(first, content)
    expect(put(paths).stderr).toBe('')
    for (const file of ['model/model.safetensors', 'data/train.jsonl', 'data/held-out.jsonl'])
      expect(sum(join(home, 'laid', file))).toBe(sum(join(folder, file)))
  },
  60_000
)

test('what is there is not sent twice, and what was forgotten meanwhile is sent again', async () => {
  const folder = folderWith(70)
  let forgotten = ''
  cluster.onPackage = (name) => {
    // the first of them, once the last has come
    if (cluster.packages.size < 3 || forgotten !== '') return
    forgotten = [...cluster.packages.keys()][0] ?? ''
    cluster.packages.delete(forgotten)
    expect(name).not.toBe(forgotten)
  }
  await begin(folder)
  const puts = (): readonly string[] => cluster.asked.filter((one) => one.startsWith('PUT'))
  expect(puts()).toHaveLength(4)
  expect(cluster.packages.has(forgotten)).toBe(true)
  await begin(folder)
  expect(puts()).toHaveLength(4)
}, 60_000)

test('more than half of what the head has free does not leave', async () => {
  const folder = folderWith(40)
  cluster.free = 70 * mib
  const error = await begin(folder).catch((caught: unknown) => NeiroError.of(caught))
  expect(error).toMatchObject({
    code: 'PLACE_TOO_SMALL',
    details: { place: cluster.address, needed: '41.9 MB', free: '73.4 MB' }
  })
  expect(cluster.packages.size).toBe(0)
  cluster.free = 90 * mib
  await begin(folder)
  expect(cluster.packages.size).toBe(2)
})
