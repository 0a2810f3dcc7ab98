// The processes for strangers' bytes, real ones: what they read is what is read here, what they are lost over is named,
// and everything else goes on.
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Example } from '../../main/contract/records'
import { readingHere } from '../../main/services/dataset/read/reading-here'
import { LoadedModelText, type TextSource } from '../../main/services/tokens/loaded-model-text'
import { forkProgram, type ChildProgram } from '../../main/processes/child-program'
import { silentMs } from '../../main/workshop/limits'
import type { Workshop } from '../../main/workshop/workshop'
import { faq } from '../services/dataset/project'
import { smallTokenizerDir, smallTokenizerJson } from '../services/tokens/small-tokenizers'
import { lives, TestPlace, until } from './bench-places'

const place = new TestPlace()
let workshop: Workshop
beforeAll(async () => {
  workshop = await place.open()
})
afterAll(() => place.close())

const read = (path: string, at = workshop): ReturnType<Workshop['reader']['readSource']> =>
  at.reader.readSource({ id: 's1', name: path }, path, {})

const chatMl = `{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}`
const source = (dir: string, chatTemplate = chatMl): TextSource => ({
  ...{ dir, name: 'm', chatTemplate },
  specialTokens: { bos_token: '<s>', eos_token: '</s>' }
})
const examples = (answers: readonly string[]) =>
  answers.map((content, row) => ({
    kind: 'conversation' as const,
    messages: [
      { role: 'user' as const, content: '質問' },
      { role: 'assistant' as const, content }
    ],
    source: { file: 'x', row }
  }))

test('a reader stands behind whoever asks, as a window must', async () => {
  await read(place.file('few.csv', faq(3)))
  for (const pid of workshop.pids) expect(getPriority(pid)).toBe(Math.max(5, getPriority()))
})

describe('files', () => {
  test('are read there as they are read here, rows and refused rows in their order', async () => {
    const path = place.file('many.csv', `${faq(3000)}無題,\n`)
    const there = await read(path)
    expect(there).toEqual(await readingHere.readSource({ id: 's1', name: path }, path, {}))
    expect(there.examples).toHaveLength(3000)
    expect(there.refused).toHaveLength(1)
    const page = { offset: 2, limit: 3, known: null }
    const file = { path, name: 'many.csv' }
    expect(await workshop.reader.sourceRows(file, {}, page, 'en')).toEqual(
      await readingHere.sourceRows(file, {}, page, 'en')
    )
    const rows = async (reader: typeof readingHere): Promise<unknown> => {
      const all: unknown[] = []
      const facts = await reader.tableRows(file, {}, async (some) => void all.push(...some))
      expect(await reader.tableRows(file, {}, null)).toEqual(facts)
      return { facts, all }
    }
    const whole = (await rows(workshop.reader)) as { readonly all: readonly unknown[] }
    expect(whole).toEqual(await rows(readingHere))
    expect(whole.all).toHaveLength(3001)
  })

  test('that are none say so in the same words', async () => {
    const path = place.file('none.csv', '')
    expect(await read(path)).toEqual(await readingHere.readSource({ id: 's1', name: path }, path, {}))
    expect((await read(join(place.dir, 'gone.csv'))).error?.code).toBe('DATA_NOT_READABLE')
  })

  test('a cancelled reading is over at once, and the next one is read', async () => {
    const path = place.file('long.csv', faq(60_000))
    const abort = new AbortController()
    const reading = workshop.reader.readSource({ id: 's1', name: path }, path, {}, { signal: abort.signal })
    await new Promise((soon) => setTimeout(soon, 50))
    const begun = performance.now()
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(performance.now() - begun).toBeLessThan(200)
    expect((await read(place.file('next.csv', faq(3)))).examples).toHaveLength(3)
  })

  test('a process that somebody ends is another one a moment later, and no row is lost', async () => {
    const path = place.file('killed.csv', faq(20_000))
    const own = await place.open()
    const reading = read(path, own)
    await until(() => own.pids.length > 0)
    process.kill(own.pids[0] as number, 'SIGKILL')
    expect((await reading).examples).toHaveLength(20_000)
    own.close()
  })

  test.skipIf(process.platform === 'win32')(
    'one that is not let at the processor for longer than a silence is not to blame',
    async () => {
      const path = place.file('starved.csv', faq(60_000))
      const own = await place.open()
      const reading = read(path, own)
      await until(() => own.pids.length > 0)
      const pid = own.pids[0] as number
      await new Promise((soon) => setTimeout(soon, 300))
      process.kill(pid, 'SIGSTOP')
      await new Promise((later) => setTimeout(later, silentMs + 1500))
      process.kill(pid, 'SIGCONT')
      expect((await reading).examples).toHaveLength(60_000)
      // and it is the same process
      expect(own.pids[0]).toBe(pid)
      own.close()
    },
    60_000
  )

  test.skipIf(process.platform === 'win32')(
    'one that stands still for good is another one; if that stands still as well, the file is named',
    async () => {
      const path = place.file('still.csv', faq(2000))
      const withStill = (still: number): Promise<Workshop> =>
        place.open({
          stalledMs: 700,
          start: (options) => {
            const child = forkProgram(options)
            if (still-- > 0) child.on('message', () => process.kill(child.pid as number, 'SIGSTOP'))
            return child
          }
        })
      expect((await read(path, await withStill(1))).examples).toHaveLength(2000)
      await expect(read(path, await withStill(2))).rejects.toMatchObject({
        code: 'FILE_SILENT',
        details: { file: 'still.csv' }
      })
    },
    30_000
  )

  test('one that is ended again and again is given up with a word', async () => {
    const path = place.file('hunted.csv', faq(20_000))
    const own = await place.open({
      start: (options) => {
        const child = forkProgram(options)
        child.on('message', () => child.kill('SIGKILL'))
        return child
      }
    })
    await expect(read(path, own)).rejects.toMatchObject({ code: 'WORKSHOP_KILLED' })
    own.close()
  })

  test('a program that is not there is a sentence', async () => {
    const own = await place.open({ program: join(place.dir, 'no-such-program.mjs') })
    await expect(read(place.file('a.csv', faq(2)), own)).rejects.toMatchObject({
      code: 'WORKSHOP_NOT_STARTED'
    })
    own.close()
    // and one that was closed answers at once
    await expect(read(place.file('b.csv', faq(2)), own)).rejects.toMatchObject({ code: 'WORKSHOP_KILLED' })
  })
})

describe('a model’s text', () => {
  test('is there as it is here', async () => {
    const dir = smallTokenizerDir('byte-level')
    const there = await workshop.openModelText(source(dir), ['<|im_end|>', 'no such token'])
    const here = await LoadedModelText.load(source(dir))
    expect(there.marks).toEqual(here.marks)
    expect(there.idOf('<|im_end|>')).toBe(here.idOf('<|im_end|>'))
    expect(there.idOf('no such token')).toBeNull()
    const answers = Array.from({ length: 700 }, (_, i) => 'ans '.repeat(i % 9))
    expect(await there.outcomes(examples(answers), 'sys')).toEqual(
      await here.outcomes(examples(answers), 'sys')
    )
    const [asked] = examples(['はい'])
    expect(await there.prompt(asked?.messages.slice(0, 1) ?? [])).toEqual(
      await here.prompt(asked?.messages.slice(0, 1) ?? [])
    )
    // in parts, each text by itself and in order
    expect(await there.encode(answers)).toEqual(await here.encode(answers))
    const ids = (await there.encode(['東京 <|im_end|>']))[0] ?? new Int32Array()
    expect(await there.decode(ids, false)).toBe('東京 <|im_end|>')
    expect(await there.endsInBytes(ids)).toBe(await here.endsInBytes(ids))
    expect(await there.losesCharacters()).toEqual([])
    const as = { lossOn: 'responses', systemPrompt: undefined } as const
    expect(await there.shown(examples(['a'])[0]!, as)).toEqual(await here.shown(examples(['a'])[0]!, as))
  })

  test('shows an example with the length that all lengths have, and counts its tokens once', async () => {
    const here = await LoadedModelText.load(source(smallTokenizerDir('byte-level')))
    const [asked] = examples(['はい、承ります。'])
    const example: Example = {
      kind: 'preference',
      messages: asked?.messages.slice(0, 1) ?? [],
      chosen: 'はい。',
      rejected: 'いいえ、それはできかねます。',
      source: { file: '', row: 1 }
    }
    const { longest } = await here.lengths([example], '')
    const encoded = vi.spyOn(here.tokenizer, 'encodeBatch')
    await here.lengths([example], '')
    const once = encoded.mock.calls.flatMap(([texts]) => texts)
    encoded.mockClear()
    const { pieces, tokens } = await here.shown(example, { lossOn: 'responses' })
    expect(tokens).toBe(longest[0])
    // what is shown is the preferred one, the length is that of the longer one
    expect(pieces.map(({ text }) => text).join('')).toContain('はい。')
    expect(encoded.mock.calls.flatMap(([texts]) => texts)).toEqual(once)
  })

  test('what the library says of a broken file comes through', async () => {
    place.file('tokenizer.json', '{"model": ')
    await expect(workshop.openModelText(source(place.dir), [])).rejects.toMatchObject({
      code: 'BROKEN_TOKENIZER'
    })
  })

  // table of issue 10, row 2
  test('a tokenizer that takes its process along is named; other models and files go on', async () => {
    const evil = {
      ...smallTokenizerJson('byte-level'),
      normalizer: { type: 'Replace', pattern: { Regex: '(a|a|aa)+$' }, content: 'x' }
    }
    const dir = smallTokenizerDir('byte-level', evil)
    const text = await workshop.openModelText(source(dir), [])
    const good = await workshop.openModelText(source(smallTokenizerDir('byte-level')), [])
    const asked = text.encode([`${'a'.repeat(5000)}b`])
    expect(await good.encode(['an answer'])).toHaveLength(1)
    await expect(asked).rejects.toMatchObject({
      code: expect.stringMatching(/^MODEL_TEXT_/),
      details: { dir }
    })
    // it is not asked again: its process would be lost again
    const begun = performance.now()
    await expect(text.encode(['a'])).rejects.toMatchObject({ details: { dir } })
    expect(performance.now() - begun).toBeLessThan(100)
    expect(await good.encode(['an answer'])).toHaveLength(1)
    expect((await read(place.file('beside.csv', faq(3)))).examples).toHaveLength(3)
  }, 60_000)
})

test('a process that nobody needs any more is gone with whoever started it', async () => {
  const started: ChildProgram[] = []
  const own = await place.open({
    start: (options) => {
      const child = forkProgram(options)
      started.push(child)
      return child
    }
  })
  own.warm()
  await until(() => own.pids.length === 1)
  own.close()
  await until(() => started.every(({ pid }) => !lives(pid as number)))
})
