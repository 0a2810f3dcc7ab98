// All projects on a real disk: made, changed, opened from elsewhere, copied, moved, put away, brought back.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Projects } from '../../../main/services/projects/projects'
import { ownFolder } from '../../fixtures/own-folder'
import { canMount, onSmallDisk } from '../../fixtures/small-disk'

const day = 86_400_000
const ids = (all: readonly { file: { id: string } }[]): string[] => all.map(({ file }) => file.id).sort()

function place(): { root: string; home: string; projects: Projects } {
  const root = ownFolder()
  const home = join(root, 'home')
  return { root, home, projects: new Projects(home) }
}

describe('creating', () => {
  test('makes a folder of its name with an empty project, which a new start finds again', async () => {
    const { home, projects } = place()
    const made = await projects.create('  返信の口調 ', ' 音色商会 ', false)
    expect(made.dir).toBe(join(home, 'projects', '返信の口調'))
    expect(made.file).toMatchObject({
      name: '返信の口調',
      company: '音色商会',
      step: 'goal',
      reached: 'goal'
    })
    expect(await new Projects(home).get(made.file.id)).toEqual(made)
    expect(await new Projects(home).list()).toEqual([made])
  })

  test('of the same name, even at the same moment, makes folders of their own', async () => {
    const { projects } = place()
    const made = await Promise.all(Array.from({ length: 5 }, () => projects.create('同じ', '', false)))
    expect(new Set(made.map(({ dir }) => dir)).size).toBe(5)
    expect(ids(await projects.list())).toEqual(ids(made))
  })

  test.each([
    ['../../etc', 'etc'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['終わり...', '終わり'],
    ['.hidden', 'hidden'],
    ['', 'Neiro'],
    [' . ', 'Neiro'],
    ['CON', 'CON_'],
    ['nul.txt', 'nul.txt_'],
    ['Console', 'Console'],
    [`${'あ'.repeat(59)}. い`, 'あ'.repeat(59)],
    ['😀'.repeat(100), '😀'.repeat(60)],
    ['a\u0000b', 'a b']
  ])('the name %j becomes the folder %j', async (name, folder) => {
    const { home, projects } = place()
    const { dir } = await projects.create(name, '', false)
    expect(relative(join(home, 'projects'), dir)).toBe(folder)
    expect(readdirSync(join(home, 'projects'))).toEqual([folder])
  })
})

describe('listing', () => {
  test('is empty before there is anything, and makes nothing', async () => {
    const { home, projects } = place()
    expect(await projects.list()).toEqual([])
    expect(existsSync(home)).toBe(false)
  })

  test('leaves out what cannot be read, and leaves it alone', async () => {
    const { home, projects } = place()
    const made = await projects.create('良い', '', false)
    mkdirSync(join(home, 'projects/torn'))
    writeFileSync(join(home, 'projects/torn/project.json'), '{')
    writeFileSync(join(home, 'projects/note.txt'), '')
    writeFileSync(join(home, 'projects-elsewhere.json'), '["/nowhere", 7, null')
    expect(await projects.list()).toEqual([made])
    expect(readFileSync(join(home, 'projects/torn/project.json'), 'utf8')).toBe('{')
  })
})

describe('changing', () => {
  test('keeps everything that was not named, on disk too', async () => {
    const { home, projects } = place()
    const { file } = await projects.create('名前', '会社', false)
    await projects.change(file.id, { systemPrompt: '丁寧に', name: undefined, step: undefined })
    const { file: stored } = await new Projects(home).get(file.id)
    expect(stored).toEqual({ ...file, systemPrompt: '丁寧に', openedAt: stored.openedAt })
  })

  test('the furthest step is never lost by going back', async () => {
    const { projects } = place()
    const { id } = (await projects.create('名前', '', false)).file
    const steps = ['data', 'train', 'model', 'goal'] as const
    for (const step of steps) await projects.change(id, { step })
    expect((await projects.get(id)).file).toMatchObject({ step: 'goal', reached: 'train' })
    expect((await projects.change(id, { reached: 'data' })).file.reached).toBe('train')
    expect((await projects.change(id, { reached: 'export' })).file.reached).toBe('export')
  })

  test('changes that come together are all kept', async () => {
    const { home, projects } = place()
    const { id } = (await projects.create('名前', '', false)).file
    await Promise.all([
      projects.change(id, { step: 'data' }),
      projects.change(id, { company: '会社' }),
      projects.change(id, { modelId: 'm' }),
      projects.change(id, { systemPrompt: 's' })
    ])
    expect((await new Projects(home).get(id)).file).toMatchObject({
      step: 'data',
      company: '会社',
      modelId: 'm',
      systemPrompt: 's'
    })
  })

  test('one that fails does not stop the next', async () => {
    const { projects } = place()
    const { id } = (await projects.create('名前', '', false)).file
    const [failed, kept] = await Promise.allSettled([
      projects.change('nobody', { name: 'x' }),
      projects.change(id, { name: '新しい名前' })
    ])
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'PROJECT_GONE' } })
    expect(kept.status).toBe('fulfilled')
  })
})

describe('folders of the user', () => {
  async function elsewhere(): Promise<ReturnType<typeof place> & { id: string; dir: string }> {
    const all = place()
    const { dir: made, file } = await all.projects.create('外', '', false)
    const dir = join(all.root, '書類', '外')
    mkdirSync(dirname(dir))
    renameSync(made, dir)
    return { ...all, id: file.id, dir }
  }

  test('one that was moved away is gone, until it is opened where it is; then it is remembered', async () => {
    const { home, projects, id, dir } = await elsewhere()
    await expect(projects.get(id)).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    expect((await projects.open(`${dir}/`)).file.id).toBe(id)
    expect((await projects.get(id)).dir).toBe(dir)
    expect(ids(await new Projects(home).list())).toEqual([id])
    await projects.open(dir)
    expect(await projects.list()).toHaveLength(1)
  })

  test('another project put in its place is not taken for it', async () => {
    const { home, projects, id, dir } = await elsewhere()
    await projects.open(dir)
    const other = await projects.create('別', '', false)
    rmSync(dir, { recursive: true })
    renameSync(other.dir, dir)
    await expect(projects.get(id)).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    await expect(projects.change(id, { name: 'x' })).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    expect(ids(await new Projects(home).list())).toEqual([other.file.id])
  })

  test('a copy gets an identity of its own, and the first keeps its own', async () => {
    const { root, projects } = place()
    const first = await projects.create('元', '', false)
    const copy = join(root, '写し')
    cpSync(first.dir, copy, { recursive: true })
    const opened = await projects.open(copy)
    expect(opened.file.id).not.toBe(first.file.id)
    expect({ ...opened.file, id: '' }).toEqual({ ...first.file, id: '' })
    expect(await projects.get(first.file.id)).toEqual(first)
    expect(ids(await projects.list())).toEqual(ids([first, opened]))
    expect((await projects.open(copy)).file.id).toBe(opened.file.id)
  })

  test('a folder that is no project is refused, and not remembered', async () => {
    const { root, home, projects } = place()
    await expect(projects.open(root)).rejects.toMatchObject({ code: 'NOT_A_PROJECT' })
    expect(existsSync(join(home, 'projects-elsewhere.json'))).toBe(false)
  })
})

describe('the bin', () => {
  test('takes the folder with all that lies in it, and gives it back where it was', async () => {
    const { home, projects } = place()
    const made = await projects.create('名前', '', false)
    mkdirSync(join(made.dir, 'runs/a'), { recursive: true })
    writeFileSync(join(made.dir, 'runs/a/job.json'), '{}')
    const { undo } = await projects.remove(made.file.id)
    expect(existsSync(made.dir)).toBe(false)
    expect(await projects.list()).toEqual([])
    await expect(projects.get(made.file.id)).rejects.toMatchObject({ code: 'PROJECT_GONE' })
    // also after a new start
    const again = new Projects(home)
    expect(await again.restore(undo)).toEqual(made)
    expect(readFileSync(join(made.dir, 'runs/a/job.json'), 'utf8')).toBe('{}')
    expect(await again.list()).toEqual([made])
    expect(readdirSync(join(home, 'bin'))).toEqual([])
  })

  test('brings one from elsewhere back to elsewhere', async () => {
    const { root, home, projects } = place()
    const made = await projects.create('外', '', false)
    const dir = join(root, '外')
    renameSync(made.dir, dir)
    await projects.open(dir)
    const { undo } = await projects.remove(made.file.id)
    expect(readFileSync(join(home, 'projects-elsewhere.json'), 'utf8')).not.toContain('外')
    expect((await projects.restore(undo)).dir).toBe(dir)
    expect(ids(await new Projects(home).list())).toEqual([made.file.id])
  })

  test('does not overwrite what has taken the place meanwhile', async () => {
    const { projects } = place()
    const first = await projects.create('名前', '', false)
    const { undo } = await projects.remove(first.file.id)
    const second = await projects.create('名前', '', false)
    expect(second.dir).toBe(first.dir)
    const back = await projects.restore(undo)
    expect(basename(back.dir)).toBe('名前 2')
    expect(back.file.id).toBe(first.file.id)
    expect(ids(await projects.list())).toEqual(ids([first, second]))
  })

  test.each(['nothing', '..', '.', '../projects'])('has nothing for %j', async (undo) => {
    const { projects } = place()
    const made = await projects.create('名前', '', false)
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
    expect(await projects.list()).toEqual([made])
  })

  test('gives each thing back once, and survives a torn note', async () => {
    const { home, projects } = place()
    const { undo } = await projects.remove((await projects.create('名前', '', false)).file.id)
    const note = join(home, 'bin', undo, 'from.json')
    const was = readFileSync(note, 'utf8')
    for (const torn of ['', '{}', '{"dir":7}', 'null']) {
      writeFileSync(note, torn)
      await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
    }
    writeFileSync(note, was)
    await projects.restore(undo)
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('keeps things for 30 days', async () => {
    const { home, projects } = place()
    const { undo } = await projects.remove((await projects.create('名前', '', false)).file.id)
    await projects.emptyBin(Date.now() + 29 * day)
    expect(existsSync(join(home, 'bin', undo, 'project/project.json'))).toBe(true)
    await projects.emptyBin(Date.now() + 31 * day)
    expect(readdirSync(join(home, 'bin'))).toEqual([])
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('is not filled by a removal that fails: the project stays', async () => {
    const { home, projects } = place()
    const made = await projects.create('名前', '', false)
    writeFileSync(join(home, 'bin'), 'a file where the bin should be')
    await expect(projects.remove(made.file.id)).rejects.toThrow()
    expect(await projects.list()).toEqual([made])
  })
})

describe.skipIf(!canMount)('a full disk', () => {
  /** Fills what is left. */
  const fill = (dir: string): void => {
    for (let n = 0; ; n++) {
      try {
        writeFileSync(join(dir, `fill-${n}`), Buffer.alloc(4096))
      } catch {
        return
      }
    }
  }

  test('is said as such where a project is made, and nothing half-made stays', () =>
    onSmallDisk(64, async ({ dir }) => {
      const projects = new Projects(dir)
      await projects.create('はじめ', '', false)
      fill(dir)
      await expect(projects.create('二つ目', '', false)).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(readdirSync(join(dir, 'projects'))).toEqual(['はじめ'])
    }))

  test('does not take the project along that is put away', () =>
    onSmallDisk(64, async ({ dir }) => {
      const projects = new Projects(dir)
      const made = await projects.create('はじめ', '', false)
      fill(dir)
      await expect(projects.remove(made.file.id)).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(await projects.list()).toEqual([made])
      expect(readdirSync(join(dir, 'bin'))).toEqual([])
    }))
})
