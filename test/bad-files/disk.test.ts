// A full disk and a read-only one, through the engine: a sentence, and nothing half-written. What stood in the
// place before is still there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Session } from '../../addon/index'
import { openOptions, refusal, train } from '../fixtures/sessions'
import { canMount, noMountNote, onSmallDisk } from '../fixtures/small-disk'
import { withSession } from '../golden-runner/engine'

const writers: Readonly<Record<string, (session: Session, dir: string) => Promise<unknown>>> = {
  saveAdapter: (session, dir) => session.saveAdapter({ dir: join(dir, 'made'), baseModelName: 'x' }),
  saveState: (session, dir) => session.saveState(join(dir, 'made')),
  saveMerged: (session, dir) => session.saveMerged({ dir: join(dir, 'made'), dtype: 'F32' })
}

/** Bytes of every file below a folder, by path. */
function content(dir: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const path = join(dir, name)
    found[name] = readdirOrRead(path)
  }
  return found
}
function readdirOrRead(path: string): string {
  try {
    return readFileSync(path).toString('base64')
  } catch {
    return 'folder'
  }
}

describe.skipIf(!canMount)(canMount ? 'disks' : `disks (${noMountNote})`, () => {
  for (const [name, write] of Object.entries(writers)) {
    test(`${name} on a full disk`, () =>
      onSmallDisk(24, async ({ dir }) => {
        await withSession(openOptions(), async (session) => {
          const { code, message, hint } = await refusal(() => write(session, dir))
          expect(code, message).toMatch(/DISK_FULL|WRITE/)
          expect(hint.length).toBeGreaterThan(10)
          expect(content(dir)).toEqual({})
        })
      }))

    test(`${name} keeps the old one when the disk is full`, () =>
      onSmallDisk(2048, async ({ dir }) => {
        await withSession(openOptions(), async (session) => {
          await write(session, dir)
          const old = content(dir)
          expect(Object.keys(old).length).toBeGreaterThan(0)
          // room for less than a second one
          const free = 2048 * 1024 - Object.values(old).reduce((sum, text) => sum + text.length * 0.75, 0)
          writeFileSync(join(dir, 'filler'), Buffer.alloc(Math.max(0, Math.floor(free) - 40_000)))
          const filled = content(dir)
          await train(session, 1, 2)
          const { code } = await refusal(() => write(session, dir))
          expect(code).toMatch(/DISK_FULL|WRITE/)
          expect(content(dir)).toEqual(filled)
        })
      }))

    test(`${name} on a read-only disk`, () =>
      onSmallDisk(2048, async ({ dir, makeReadOnly }) => {
        makeReadOnly()
        await withSession(openOptions(), async (session) => {
          const { code, message, hint } = await refusal(() => write(session, dir))
          expect(code, message).toMatch(/READ_ONLY|NOT_WRITABLE|WRITE|UNWRITABLE|NO_PERMISSION/)
          expect(hint.length).toBeGreaterThan(10)
        })
      }))

    test(`${name} where a file stands in the way`, () =>
      onSmallDisk(2048, async ({ dir }) => {
        writeFileSync(join(dir, 'file'), 'in the way')
        const inside = join(dir, 'file', 'deeper')
        await withSession(openOptions(), async (session) => {
          expect((await refusal(() => write(session, inside))).code).not.toBe('INTERNAL')
          expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('in the way')
        })
      }))
  }

  test('a model on a read-only disk opens all the same', () =>
    onSmallDisk(4096, async ({ dir, makeReadOnly }) => {
      const source = openOptions().modelDir
      mkdirSync(join(dir, 'model'))
      for (const file of readdirSync(source))
        writeFileSync(join(dir, 'model', file), readFileSync(join(source, file)))
      makeReadOnly()
      await withSession(openOptions({ modelDir: join(dir, 'model'), baseQuantization: 'nf4' }), (session) =>
        train(session, 1, 1)
      )
      expect(existsSync(join(dir, 'model/config.json'))).toBe(true)
    }))
})
