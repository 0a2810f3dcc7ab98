// What the user sees when the app cannot start, breaks in the middle, or loses its page: a sentence with a way
// out, in the language of the app, and nothing left in the way of the next start.
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Language } from '../../main/contract/language'

/** what was done, in order */
let done: string[] = []
let boxes: { title: string; content: string }[] = []
let questions: { message: string; detail: string; buttons: string[] }[] = []
let press: (button: number) => void = () => undefined
vi.mock('electron', () => ({
  app: {
    releaseSingleInstanceLock: () => void done.push('lock released'),
    exit: (code: number) => void done.push(`exit ${code}`)
  },
  dialog: {
    showErrorBox(title: string, content: string) {
      done.push('said')
      boxes.push({ title, content })
    },
    showMessageBox(_window: unknown, question: never) {
      questions.push(question)
      return new Promise((answer) => (press = (response) => answer({ response })))
    }
  }
}))

const logged: string[] = []
const log = (_level: string, message: string): void => void logged.push(message)
beforeEach(() => {
  done = []
  boxes = []
  questions = []
  logged.length = 0
  vi.resetModules()
})
afterEach(() => vi.useRealTimers())

describe('giving up', () => {
  const giveUp = async (
    kind: 'start' | 'broke',
    error: unknown,
    o: { language?: Language; close?: () => Promise<void> } = {}
  ): Promise<void> =>
    (await import('../../main/shell/failure')).giveUp(kind, error, {
      language: o.language ?? 'ja',
      log,
      logFile: '/home/neiro.log',
      close: o.close ?? (async () => void done.push('saved'))
    })

  test('saves, frees the lock, says what is and how to go on, and only then ends', async () => {
    await giveUp('start', new Error('no page in /app'))
    expect(done).toEqual(['saved', 'lock released', 'said', 'exit 1'])
    expect(boxes[0]?.title).toBe('Neiro を起動できませんでした')
    expect(boxes[0]?.content).toContain('もう一度起動してください。')
    expect(boxes[0]?.content).toContain('no page in /app')
    expect(boxes[0]?.content).toContain('/home/neiro.log')
    // the whole stack is for the log alone
    expect(logged[0]).toContain('failure.test.ts')
    expect(boxes[0]?.content).not.toContain('failure.test.ts')
  })

  test('an error of ours is said by its sentence and its way out', async () => {
    const { NeiroError } = await import('../../main/contract/errors')
    await giveUp('start', new NeiroError('DATA_NEWER', { folder: '/home/neiro', neiro: '9.1.0' }))
    expect(boxes[0]?.content).toContain(
      '新しい Neiro（9.1.0）で使われています。新しいほうの Neiro を使ってください。'
    )
    expect(boxes[0]?.content).not.toContain('DATA_NEWER')
  })

  test('in the middle says that what was saved is safe, in the language of the app', async () => {
    await giveUp('broke', 'a word only', { language: 'en' })
    expect(boxes[0]?.title).toBe('An unexpected error occurred, and Neiro has to close')
    expect(boxes[0]?.content).toMatch(/Everything you saved is safe.*\n\nReason: a word only\n/)
  })

  test('once: what breaks on the way out is a consequence', async () => {
    const { giveUp: give } = await import('../../main/shell/failure')
    const o = { language: 'ja' as const, log, logFile: '', close: async () => undefined }
    await Promise.all([give('start', new Error('first'), o), give('broke', new Error('second'), o)])
    expect(boxes).toHaveLength(1)
    expect(boxes[0]?.content).toContain('first')
  })

  test('also when nothing can be saved, or saving hangs', async () => {
    await giveUp('broke', new Error('x'), { close: () => Promise.reject(new Error('disk')) })
    expect(done).toEqual(['lock released', 'said', 'exit 1'])
    done = []
    vi.resetModules()
    vi.useFakeTimers()
    const ended = giveUp('broke', new Error('x'), { close: () => new Promise(() => undefined) })
    await vi.advanceTimersByTimeAsync(6000)
    await ended
    expect(done.at(-1)).toBe('exit 1')
  })
})

describe('a page', () => {
  class Contents extends EventEmitter {
    reloads = 0
    reload(): void {
      this.reloads++
    }
  }
  const contents = new Contents()
  const window = {
    webContents: contents,
    gone: false,
    isDestroyed: () => window.gone,
    show: () => undefined,
    destroy: () => void (window.gone = true)
  }
  let unusable: string[] = []
  beforeEach(async () => {
    vi.useFakeTimers()
    contents.removeAllListeners()
    contents.reloads = 0
    window.gone = false
    unusable = []
    const { watchPage } = await import('../../main/shell/failure')
    watchPage(window as never, {
      language: () => 'ja',
      log,
      onUnusable: (error) => void unusable.push(error.message)
    })
  })
  const crash = async (reason = 'crashed'): Promise<void> => {
    contents.emit('render-process-gone', {}, { reason, exitCode: 5 })
    await vi.advanceTimersByTimeAsync(1)
  }

  test.each(['crashed', 'oom', 'killed', 'abnormal-exit'])(
    'that is gone (%s) is loaded again',
    async (reason) => {
      await crash(reason)
      expect(contents.reloads).toBe(1)
      expect(questions).toEqual([])
      expect(logged).toEqual([`page gone: ${reason} (5)`])
    }
  )

  test('that is gone again at once is said to be gone, with a way back', async () => {
    await crash()
    await crash()
    expect(contents.reloads).toBe(1)
    expect(questions).toEqual([
      expect.objectContaining({
        message: '画面を表示できなくなりました',
        buttons: ['もう一度表示', '閉じる']
      })
    ])
    expect(questions[0]?.detail).toContain('保存したものは無事です')
    press(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(contents.reloads).toBe(2)
    await crash()
    press(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(window.gone).toBe(true)
    expect(contents.reloads).toBe(2)
  })

  test('that crashes again after a long while is loaded again', async () => {
    await crash()
    await vi.advanceTimersByTimeAsync(120_000)
    await crash()
    expect(contents.reloads).toBe(2)
    expect(questions).toEqual([])
  })

  test('that ended in order, or whose window is closed, is left alone', async () => {
    await crash('clean-exit')
    contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    window.gone = true
    await vi.advanceTimersByTimeAsync(1)
    await crash()
    expect(contents.reloads).toBe(0)
  })

  test('that cannot be loaded, or has no bridge, is a failure of the start', () => {
    contents.emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'app://neiro/', true)
    contents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://neiro/x.svg', false)
    expect(unusable).toEqual([])
    contents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'app://neiro/index.html', true)
    contents.emit('preload-error', {}, '/preload.cjs', new Error('no bridge'))
    expect(unusable).toEqual(['ERR_FAILED (-2): app://neiro/index.html', 'no bridge'])
  })
})
