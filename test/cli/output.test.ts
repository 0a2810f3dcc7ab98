// What goes where: lines or events, never both; colours only to terminals that want them; errors in words.
import { describe, expect, test } from 'vitest'
import { NeiroError } from '../../main/contract/errors'
import { widthOf } from '../../main/cli/width'
import { speaking } from './fake-streams'

const error = new NeiroError('NO_WEIGHTS', { dir: '/m' })

describe('Output', () => {
  test('people get lines, programs get events', () => {
    const people = speaking({})
    people.out.line('a')
    people.out.event('x', { y: 1 })
    people.out.part('b')
    expect(people.stdout.text).toBe('a\nb')
    const programs = speaking({ json: true, tty: true })
    programs.out.line('a')
    programs.out.part('b')
    programs.out.live('c')
    programs.out.warning('d')
    programs.out.event('x', { y: '二' })
    expect(programs.stdout.text).toBe('{"event":"x","y":"二"}\n')
    expect(programs.stderr.text).toBe('')
  })

  test('an error is a sentence, a way out and a code on stderr; with --json an event too', () => {
    for (const [language, sentence] of [
      ['ja', 'ありません'],
      ['en', '/m']
    ] as const) {
      const { out, stdout, stderr } = speaking({ language, json: true })
      out.error(error)
      expect(stderr.text).toContain(sentence)
      expect(stderr.text).toContain('[NO_WEIGHTS]')
      const event = JSON.parse(stdout.text)
      expect(event).toMatchObject({ event: 'error', code: 'NO_WEIGHTS', details: { dir: '/m' } })
      expect(stderr.text).toContain(event.hint)
    }
  })

  test('colours: on a terminal, not in a pipe, not with NO_COLOR, not on a dumb one', () => {
    const colour = (o: Parameters<typeof speaking>[0]): boolean => speaking(o).out.style('x', 'red') !== 'x'
    expect(colour({ tty: true })).toBe(true)
    expect(colour({ tty: false })).toBe(false)
    expect(colour({ tty: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(colour({ tty: true, env: { NO_COLOR: '' } })).toBe(true)
    expect(colour({ tty: true, env: { TERM: 'dumb' } })).toBe(false)
  })

  test('the live line stays within the terminal and makes way for other lines', () => {
    const { out, stdout, stderr } = speaking({ tty: true })
    out.live('進み'.repeat(90))
    const shown = stderr.text.replace(/\r|\u001b\[K/g, '')
    expect(widthOf(shown)).toBeLessThan(120)
    out.line('done')
    expect(stderr.text.endsWith('\r\u001b[K')).toBe(true)
    expect(stdout.text).toBe('done\n')
    const before = stderr.text
    out.clearLive()
    expect(stderr.text).toBe(before)
  })

  test('no live line in a pipe or on a dumb terminal', () => {
    for (const o of [{ tty: false }, { tty: true, env: { TERM: 'dumb' } }]) {
      const { out, stderr } = speaking(o)
      out.live('x')
      expect([out.hasLiveLine, stderr.text]).toEqual([false, ''])
    }
  })
})
