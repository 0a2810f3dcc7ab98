// The storage place is moved: whole and proven, or not at all. What changes meanwhile comes along, what the old place holds
// is deleted only where nothing would be lost, and a drive that is away hides nothing.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Projects } from '../../../main/services/projects/projects'
import { StorageMove, type MoveProgress } from '../../../main/services/storage/storage-move'
import { StoragePlace } from '../../../main/services/storage/storage-place'
import { canMount, onSmallDisk } from '../../fixtures/small-disk'

let root: string
let home: string
let place: StoragePlace
let busy: boolean
let told: (MoveProgress | null)[]
let adopted: string[][]
/** called with each piece of progress */
let during: (progress: MoveProgress | null) => void
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'neiro-storage-'))
  home = join(root, 'home')
  place = new StoragePlace(home)
  busy = false
  told = []
  adopted = []
  during = () => undefined
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function mover(models = (): string => join(place.dir, 'models')): StorageMove {
  return new StorageMove({
    place,
    models: {
      dir: async () => models(),
      adopt: async (...ways) => void adopted.push(ways)
    },
    busy: async () => busy,
    release: async () => undefined,
    onChange: (progress) => {
      told.push(progress)
      during(progress)
    }
  })
}

function write(path: string, text: string): string {
  const file = join(home, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

function chosen(name: string): string {
  const dir = join(root, name)
  mkdirSync(dir)
  return dir
}

/** every path below, with what files hold */
function all(dir: string, way = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(dir, way), { withFileTypes: true }).map((entry) => {
      const path = join(way, entry.name)
      if (entry.isDirectory()) return { [path]: '', ...all(dir, path) }
      return { [path]: readFileSync(join(dir, path), 'utf8') }
    })
  ) as Record<string, string>
}

async function moved(move: StorageMove, to: string): Promise<void> {
  await move.begin(to)
  await move.ended()
  expect(move.failure).toBeNull()
}

describe('a move', () => {
  test('takes everything along, proves it, and points there; the rest of the home stays', async () => {
    const { file, dir } = await new Projects(home, place).create('窓口', '', false)
    write('projects/窓口/data/big.bin', 'あ'.repeat(1_000_000))
    write('runs/one/job.json', '{}')
    write('models/models--a--b/blobs/w', 'weights')
    if (process.platform !== 'win32') {
      mkdirSync(join(home, 'models/models--a--b/snapshots'))
      symlinkSync('../blobs/w', join(home, 'models/models--a--b/snapshots/w'))
      symlinkSync(join(home, 'runs'), join(home, 'projects/窓口/whole-way'))
    }
    write('neiro.log', 'log')
    write('runs/one/lock-1.json', '{}')
    write('runs/one/.half.tmp-1-0123abcd', 'half')
    // the bin tells age by the folder's time
    write('bin/x/from.json', '{}')
    utimesSync(join(home, 'bin/x'), 1_000_000, 1_000_000)
    const before = all(join(home, 'projects/窓口/data'))

    const move = mover()
    const target = chosen('disk')
    await moved(move, target)
    expect(place.dir).toBe(target)
    expect(readdirSync(target).sort()).toEqual(['bin', 'models', 'neiro-storage.json', 'projects', 'runs'])
    expect(all(join(target, 'projects/窓口/data'))).toEqual(before)
    expect(statSync(join(target, 'bin/x')).mtimeMs).toBe(1_000_000_000)
    expect(readdirSync(join(target, 'runs/one'))).toEqual(['job.json'])
    if (process.platform !== 'win32') {
      expect(readFileSync(join(target, 'models/models--a--b/snapshots/w'), 'utf8')).toBe('weights')
      expect(existsSync(join(target, 'projects/窓口/whole-way/one/job.json'))).toBe(true)
    }
    expect(adopted.at(-1)).toEqual([join(home, 'models'), join(target, 'models')])
    expect(readFileSync(join(home, 'neiro.log'), 'utf8')).toBe('log')
    expect(told.map((one) => one?.stage)).toEqual(expect.arrayContaining(['copying', 'checking', undefined]))

    // the same project, at its new place; what still lies in the old one is not taken for another
    const projects = new Projects(home, place)
    expect((await projects.list()).map((one) => [one.file.id, one.dir])).toEqual([
      [file.id, join(target, 'projects/窓口')]
    ])
    expect(place.today(dir)).toBe(join(target, 'projects/窓口'))
    expect(place.today('/elsewhere/projects/x')).toBe('/elsewhere/projects/x')

    expect(await move.leftBytes()).toBeGreaterThan(3_000_000)
    await move.emptyOld()
    expect(
      readdirSync(home)
        .filter((name) => !name.startsWith('lock-'))
        .sort()
    ).toEqual(['neiro.log', 'storage.json'])
    expect(await move.leftBytes()).toBeNull()
    expect((await projects.list()).map((one) => one.file.name)).toEqual(['窓口'])
  })

  test('into a folder that holds something makes one of its own; back again likewise', async () => {
    write('projects/p/project.json', '1')
    const target = chosen('disk')
    writeFileSync(join(target, 'mine.txt'), 'mine')
    const move = mover()
    await moved(move, target)
    expect(place.dir).toBe(join(target, 'Neiro'))
    await move.emptyOld()
    await moved(move, home)
    expect(place.dir).toBe(join(home, 'Neiro'))
    await move.emptyOld()
    // the emptied folder goes, what is the user's stays
    expect(readdirSync(target)).toEqual(['mine.txt'])
    expect(place.today(join(target, 'Neiro/projects/p'))).toBe(join(home, 'Neiro/projects/p'))
    expect(readFileSync(join(place.dir, 'projects/p/project.json'), 'utf8')).toBe('1')
  })

  test('brings along what is written, changed and removed while it copies', async () => {
    write('projects/p/a.txt', 'a')
    const gone = write('projects/p/gone.txt', 'gone')
    write('projects/p/z.bin', 'z'.repeat(3_000_000))
    during = (progress) => {
      if (progress?.stage !== 'checking' || progress.doneBytes > 0) return
      during = () => undefined
      appendFileSync(join(home, 'projects/p/a.txt'), ' and more')
      write('projects/q/new.txt', 'new')
      rmSync(gone)
    }
    await moved(mover(), chosen('disk'))
    expect(all(join(place.dir, 'projects'))).toMatchObject({
      'p/a.txt': 'a and more',
      'q/new.txt': 'new'
    })
    expect(existsSync(join(place.dir, 'projects/p/gone.txt'))).toBe(false)
  })

  test('broken off, or without a copy that reads back the same: everything is as it was, no litter', async () => {
    write('projects/p/z.bin', 'z'.repeat(3_000_000))
    const target = chosen('disk')
    const move = mover()
    const before = all(home)
    during = (progress) => {
      if (progress && progress.doneBytes > 0) void move.cancel()
    }
    await move.begin(target)
    await move.ended()
    expect([move.failure, move.progress, place.dir]).toEqual([null, null, home])
    expect(readdirSync(root).sort()).toEqual(['disk', 'home'])
    expect(readdirSync(target)).toEqual([])

    // a disk that keeps other bytes than it was given
    during = (progress) => {
      if (progress?.stage !== 'checking' || progress.doneBytes > 0) return
      const staging = readdirSync(root).find((name) => name.startsWith('.disk.tmp-')) as string
      writeFileSync(join(root, staging, 'projects/p/z.bin'), 'y'.repeat(3_000_000))
    }
    await move.begin(target)
    await move.ended()
    expect(move.failure).toMatchObject({ code: 'COPY_DIFFERS' })
    expect(readdirSync(root).sort()).toEqual(['disk', 'home'])
    const { 'storage.json': pointer, ...rest } = all(home)
    expect(rest).toEqual(before)
    expect(JSON.parse(pointer ?? '')).toMatchObject({ dir: home, moving: null, left: null })
  })

  test('is refused while something runs, within itself, and where it already lies', async () => {
    const inside = dirname(write('projects/p/project.json', '1'))
    const move = mover()
    busy = true
    await expect(move.begin(chosen('disk'))).rejects.toMatchObject({ code: 'STORAGE_IN_USE' })
    busy = false
    await expect(move.begin(inside)).rejects.toMatchObject({ code: 'STORAGE_INSIDE' })
    await expect(move.begin(home)).rejects.toMatchObject({ code: 'STORAGE_INSIDE' })
    await expect(move.begin(join(inside, 'project.json'))).rejects.toMatchObject({
      code: 'WRONG_KIND_OF_PLACE'
    })
    const going = move.begin(join(root, 'disk'))
    await going
    await expect(move.begin(join(root, 'disk'))).rejects.toMatchObject({ code: 'STORAGE_MOVING' })
    // one that begins in the last moment ends the move
    busy = true
    await move.ended()
    expect(move.failure).toMatchObject({ code: 'STORAGE_IN_USE' })
    expect(place.dir).toBe(home)
    expect(readdirSync(join(root, 'disk'))).toEqual([])
  })

  test.skipIf(!canMount)('is refused before a byte is written where the disk has no room', async () => {
    write('projects/p/data.jsonl', 'x'.repeat(2_000_000))
    const before = all(home)
    await onSmallDisk(66_000, async (disk) => {
      const move = mover()
      // what is moved, and 64 MiB for what is written beside
      await expect(move.begin(disk.dir)).rejects.toMatchObject({
        code: 'STORAGE_NO_ROOM',
        details: { place: disk.dir, needed: '0.1', free: '0.1' }
      })
      expect([readdirSync(disk.dir), told, place.dir]).toEqual([[], [], home])
      expect(all(home)).toEqual(before)
      disk.resize(80_000)
      await moved(move, disk.dir)
      expect(place.dir).toBe(join(disk.dir, 'Neiro'))
    })
  })

  test('models that lie elsewhere stay there', async () => {
    write('projects/p/project.json', '1')
    write('models/models--a--b/blobs/w', 'weights')
    const move = mover(() => join(root, 'cache'))
    await moved(move, chosen('disk'))
    expect(readdirSync(place.dir).sort()).toEqual(['neiro-storage.json', 'projects'])
    expect(adopted).toEqual([])
    expect(await move.modelsElsewhere(place.dir)).toBe(join(root, 'cache'))
  })
})

describe('the old place', () => {
  test('is not emptied where something was written there since', async () => {
    const file = write('projects/p/project.json', '1')
    const move = mover()
    await moved(move, chosen('disk'))
    const later = new Date(Date.now() + 5000)
    writeFileSync(file, '2')
    utimesSync(file, later, later)
    await expect(move.emptyOld()).rejects.toMatchObject({ code: 'STORAGE_OLD_CHANGED', details: { file } })
    expect(readFileSync(file, 'utf8')).toBe('2')
  })

  test('is not emptied while the new one is away', async () => {
    const file = write('projects/p/project.json', '1')
    const move = mover()
    await moved(move, chosen('disk'))
    rmSync(join(root, 'disk'), { recursive: true })
    await expect(move.emptyOld()).rejects.toMatchObject({ code: 'STORAGE_AWAY' })
    expect(existsSync(file)).toBe(true)
  })
})

describe('a place that is away', () => {
  test('hides nothing and is written into by nobody; the standard place is a way out', async () => {
    await new Projects(home, place).create('窓口', '', false)
    const move = mover()
    const target = chosen('disk')
    await moved(move, target)
    await move.emptyOld()
    // the mount point of a drive that is not connected
    rmSync(target, { recursive: true })
    mkdirSync(target)
    const projects = new Projects(home, place)
    expect(place.isAway).toBe(true)
    await expect(projects.list()).rejects.toMatchObject({ code: 'STORAGE_AWAY', details: { place: target } })
    await expect(projects.create('b', '', false)).rejects.toMatchObject({ code: 'STORAGE_AWAY' })
    expect(readdirSync(target)).toEqual([])
    await move.useStandard()
    expect(place.dir).toBe(home)
    await projects.create('b', '', false)
    expect(await projects.list()).toHaveLength(1)
  })

  test('a pointer that cannot be read is said, never taken for an empty home', () => {
    write('storage.json', '{')
    expect(() => place.dir).toThrow(expect.objectContaining({ code: 'STORAGE_BROKEN' }))
  })

  test('another process that moved it is noticed', async () => {
    await new Projects(home, place).create('窓口', '', false)
    const other = new StoragePlace(home)
    const projects = new Projects(home, other)
    const [before] = await projects.list()
    await moved(mover(), chosen('disk'))
    expect((await projects.get(before?.file.id ?? '')).dir).toBe(join(root, 'disk/projects/窓口'))
  })
})

test('what a process left that was killed while it wrote where the place is goes; what is being written stays', async () => {
  const gone = `.storage.json.tmp-${2 ** 22 + 1}-0123abcd`
  const [half, mine] = [write(gone, '{"di'), write(`.storage.json.tmp-${process.ppid}-0123abce`, '{')]
  await mover().recover()
  expect([half, mine].map((file) => existsSync(file))).toEqual([false, true])
})
