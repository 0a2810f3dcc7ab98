// All projects on a real disk: made, changed, opened from elsewhere, copied, moved, put away, brought back.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
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

  test('of a name that is taken numbers it, so that no two are called alike, after a new name too', async () => {
    const { projects } = place()
    const [first, second, other] = [
      await projects.create('問い合わせ', '', false),
      await projects.create(' 問い合わせ ', '', false),
      await projects.create('ほか', '', false)
    ]
    expect([first.file.name, second.file.name]).toEqual(['問い合わせ', '問い合わせ 2'])
    expect((await projects.change(other.file.id, { name: '問い合わせ' })).file.name).toBe('問い合わせ 3')
    // its own name is free to it, and stays when only the company changes
    const { file } = await projects.change(second.file.id, { name: '問い合わせ 2', company: '音色商会' })
    expect(file).toMatchObject({ name: '問い合わせ 2', company: '音色商会' })
  })

  test('of a taken name as long as one may be is still one that can be read', async () => {
    const { projects } = place()
    const name = '😀'.repeat(100)
    await projects.create(name, '', false)
    const { file } = await projects.create(name, '', false)
    expect(file.name).toBe(`${'😀'.repeat(99)} 2`)
    expect((await projects.get(file.id)).file).toEqual(file)
  })

  test.each([
    ['../../etc', 'etc'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['終わり...', '終わり'],
    ['.hidden', 'hidden'],
    ['', 'Neiro'],
    [' . ', 'Neiro'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['Console', 'Console'],
    [`${'あ'.repeat(59)}. い`, 'あ'.repeat(59)],
    ['😀'.repeat(100), '😀'.repeat(45)],
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

  test('a look at another run, or at a room that was reached before, is no work on it: what was worked on last stays', async () => {
    const { projects } = place()
    const { id, openedAt } = (await projects.create('名前', '', false)).file
    // one of the same millisecond would hide a change
    await new Promise((done) => setTimeout(done, 2))
    const looked = (await projects.change(id, { chosenRun: 'older' })).file
    expect(looked).toMatchObject({ chosenRun: 'older', openedAt })
    const reached = (await projects.change(id, { step: 'data' })).file
    expect(reached.openedAt).not.toBe(openedAt)
    await new Promise((done) => setTimeout(done, 2))
    expect((await projects.change(id, { step: 'goal' })).file.openedAt).toBe(reached.openedAt)
    expect((await projects.change(id, { step: 'data' })).file.openedAt).toBe(reached.openedAt)
    expect((await projects.change(id, { step: 'export' })).file.openedAt).toBe(reached.openedAt)
    expect((await projects.change(id, { goal: 'sort' })).file.openedAt).not.toBe(reached.openedAt)
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

describe('what cannot be read', () => {
  const errors = async (projects: Projects): Promise<Record<string, string>> =>
    Object.fromEntries((await projects.lost()).map(({ dir, error }) => [basename(dir), error.code]))

  test('is listed with its reason, and left alone', async () => {
    const { root, home, projects } = place()
    const made = await projects.create('良い', '', false)
    const away = join(root, '外')
    cpSync(made.dir, away, { recursive: true })
    await projects.open(away)
    rmSync(away, { recursive: true })
    const write = (folder: string, text: string): void => {
      mkdirSync(join(home, 'projects', folder))
      writeFileSync(join(home, 'projects', folder, 'project.json'), text)
    }
    write('torn', '{')
    write('newer', '{"version":2}')
    mkdirSync(join(home, 'projects/bare/runs'), { recursive: true })
    mkdirSync(join(home, 'projects/nothing'))
    expect(await errors(projects)).toEqual({
      torn: 'PROJECT_BROKEN',
      newer: 'PROJECT_NEWER',
      bare: 'NOT_A_PROJECT',
      外: 'PROJECT_AWAY'
    })
    expect(readFileSync(join(home, 'projects/torn/project.json'), 'utf8')).toBe('{')
    expect(ids(await projects.list())).toEqual([made.file.id])
  })

  test('of the app’s own place is put away with its folder, and comes back as it was', async () => {
    const { home, projects } = place()
    const dir = join(home, 'projects/torn')
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, 'project.json'), '{')
    const [lost] = await projects.lost()
    const { undo } = await projects.forget(lost?.id ?? '')
    expect([existsSync(dir), await projects.lost()]).toEqual([false, []])
    expect(await projects.restore(undo)).toBeNull()
    expect(readFileSync(join(dir, 'project.json'), 'utf8')).toBe('{')
    expect(await errors(projects)).toEqual({ torn: 'PROJECT_BROKEN' })
    await expect(projects.restore(undo)).rejects.toMatchObject({ code: 'NOTHING_TO_RESTORE' })
  })

  test('of elsewhere leaves the list and nothing else, and comes back to it', async () => {
    const { root, home, projects } = place()
    const made = await projects.create('外', '', false)
    const dir = join(root, 'usb', '外')
    mkdirSync(dirname(dir))
    renameSync(made.dir, dir)
    await projects.open(dir)
    renameSync(dirname(dir), join(root, 'unplugged'))
    const [lost] = await projects.lost()
    expect(lost).toMatchObject({ dir, own: false, error: { code: 'PROJECT_AWAY' } })
    const { undo } = await projects.forget(lost?.id ?? '')
    expect(await projects.lost()).toEqual([])
    expect(await projects.bin()).toMatchObject([{ undo, name: '外', about: dir, daysLeft: 30 }])
    expect(await projects.restore(undo)).toBeNull()
    renameSync(join(root, 'unplugged'), dirname(dir))
    // connected again, it is simply there
    expect(ids(await new Projects(home).list())).toEqual([made.file.id])
    await expect(projects.forget(lost?.id ?? '')).rejects.toMatchObject({ code: 'PROJECT_GONE' })
  })

  test('is found again where it lies now, and its old place is gone for good', async () => {
    const { root, projects } = place()
    const made = await projects.create('外', '', false)
    const [was, now] = [join(root, 'usb'), join(root, '書類')]
    renameSync(made.dir, was)
    await projects.open(was)
    renameSync(was, now)
    const [lost] = await projects.lost()
    expect(await projects.relocate(lost?.id ?? '', now)).toEqual({ dir: now, file: made.file })
    expect([await projects.lost(), await projects.bin()]).toEqual([[], []])
    // connected again meanwhile: opening it where it was forgets nothing
    expect((await projects.relocate(lost?.id ?? '', now)).dir).toBe(now)
    expect(ids(await projects.list())).toEqual([made.file.id])
  })

  test('a copy that a file manager made beside it gets an identity of its own', async () => {
    const { home, projects } = place()
    const first = await projects.create('元', '', false)
    cpSync(first.dir, join(home, 'projects', '元 のコピー'), { recursive: true })
    cpSync(first.dir, join(home, 'projects', 'あ'), { recursive: true })
    const all = await projects.list()
    expect(new Set(ids(all)).size).toBe(3)
    expect(all.find(({ dir }) => dir === first.dir)?.file).toEqual(first.file)
    expect(ids(await projects.list())).toEqual(ids(all))
    // also where nothing was known before
    rmSync(join(home, 'projects', 'あ'), { recursive: true })
    cpSync(first.dir, join(home, 'projects', 'あ'), { recursive: true })
    const again = await new Projects(home).list()
    expect(again.find(({ dir }) => dir === first.dir)?.file).toEqual(first.file)
    expect(new Set(ids(again)).size).toBe(3)
  })

  test('lists asked for at the same moment agree on the copy', async () => {
    const { home, projects } = place()
    const first = await projects.create('元', '', false)
    cpSync(first.dir, join(home, 'projects', '写し'), { recursive: true })
    const [one, other] = await Promise.all([projects.list(), projects.list()])
    expect(ids(one ?? [])).toEqual(ids(other ?? []))
    expect(one).toHaveLength(2)
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
      expect(await projects.bin()).toEqual([])
    }))
})

test('the app and a server on one home: a change of one is not undone by the other', async () => {
  const { home, projects } = place()
  const { file } = await projects.create('x', '', false)
  const start = String(Date.now() + 2500)
  const changes = (key: string): Promise<unknown> =>
    once(
      spawn(
        process.execPath,
        [join(import.meta.dirname, 'changes-one.mjs'), home, file.id, start, key, '20'],
        {
          stdio: 'inherit'
        }
      ),
      'exit'
    )
  expect(await Promise.all([changes('company'), changes('systemPrompt')])).toEqual([
    [0, null],
    [0, null]
  ])
  const { file: changed } = await projects.get(file.id)
  expect([changed.company, changed.systemPrompt]).toEqual(['company 20', 'systemPrompt 20'])
}, 30_000)

test('answers given fast, before the one before is written, all stay', async () => {
  const { projects } = place()
  const { file } = await projects.create('x', '', false)
  await Promise.all([
    projects.change(file.id, { answers: { useCase: 'reply' } }),
    projects.change(file.id, { answers: { tried: 'yes' } }),
    projects.change(file.id, { answers: { newFacts: 'no', volume: undefined } }),
    projects.change(file.id, { answers: { volume: 'some' } })
  ])
  const { answers } = (await projects.get(file.id)).file
  expect(answers).toEqual({ useCase: 'reply', tried: 'yes', newFacts: 'no', volume: 'some' })
})
