// The log that can be sent: what helps stays, what is somebody's does not.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logReport, type LogReportOptions } from '../../../main/services/support/log-report'

const options = {
  about: ['Neiro 0.1.0', 'linux x64'],
  appRoot: '/opt/Neiro/resources/app.asar',
  folders: ['/home/山田 太郎/.local/share/neiro', '/home/山田 太郎'],
  names: ['山田 太郎', 'KEIRI-PC07']
}
const report = (log: string, more: Partial<LogReportOptions> = {}) => logReport({ ...options, ...more, log })

describe('what is left', () => {
  test('moments, levels, codes, our own program', async () => {
    const line =
      '2026-11-29T06:12:44.101Z error KEEPER_LOST at /opt/Neiro/resources/app.asar/out/main/index.js:120:7'
    const { text, masked } = await report(line)
    expect(text).toBe(
      'Neiro 0.1.0\nlinux x64\n\n' +
        '2026-11-29T06:12:44.101Z error KEEPER_LOST at <app>/out/main/index.js:120:7'
    )
    expect(masked).toBe(0)
  })
  test('shares and steps that are written with a stroke', async () => {
    expect((await report('update 3/120, 12/40 examples')).text).toMatch(/update 3\/120, 12\/40 examples$/)
  })
})

describe('what is not', () => {
  test('places, with their ending alone; the same place has the same number', async () => {
    const { text, masked } = await report(
      'read "/home/山田 太郎/顧客名簿.xlsx" failed\nread "/home/山田 太郎/顧客名簿.xlsx" again, then /srv/お客様/秘.csv'
    )
    expect(text).not.toMatch(/山田|太郎|顧客|秘|srv/)
    expect(text).toContain('read "<PATH 1>.xlsx" failed\nread "<PATH 1>.xlsx" again, then <PATH 2>.csv')
    expect(masked).toBe(2)
  })
  test('a place with blanks that nobody told us of', async () => {
    const { text } = await report('open /mnt/share/Sales Dept/Kunden Liste/a b.xlsx: EACCES')
    expect(text).not.toMatch(/share|Liste/)
    expect(text).toContain('EACCES')
  })
  test('places of Windows and file addresses', async () => {
    const { text } = await report(
      'C:\\Users\\taro\\faq.csv and file:///home/%E5%B1%B1%E7%94%B0%20%E5%A4%AA%E9%83%8E/a.js:3:1'
    )
    expect(text).not.toMatch(/taro|faq|%E5/)
  })
  test('the names of the user and the machine, mail, phone and keys', async () => {
    const { text } = await report(
      'KEIRI-PC07 asked by 山田 太郎: taro@example.co.jp 03-1234-5678 token=hf_abcdefghijklmnopqrstuvwxyzABCDEFGH'
    )
    expect(text).not.toMatch(/KEIRI|山田|taro@|1234|hf_abc/)
  })
  test('nothing that stands in a folder of the user comes through, whatever its name', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 4, maxLength: 20 })
      .filter((text) => !/[\s/\\"'`<>|)\],;.]/.test(text))
    await fc.assert(
      fc.asyncProperty(name, async (secret) => {
        const { text } = await report(`opened /home/山田 太郎/${secret}/x.csv`, { about: [] })
        expect(text.trim()).toBe('opened <PATH 1>.csv')
      })
    )
  })
})

test('a long log does not hold anybody up', async () => {
  const log = 'a line of the log with /some/place in it and words\n'.repeat(2000)
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await report(log)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
})
