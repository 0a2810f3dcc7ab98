// The guard and the pages by themselves, beyond the attacks: two windows at once, odd cookies, what is a page.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createGuard } from '../../main/serve/guard'
import { headers, readPages } from '../../main/serve/pages'
import { ownFolder } from '../fixtures/own-folder'

const request = (sent: Record<string, string>): IncomingMessage => ({ headers: sent }) as never
/** A browser comes in. */
const setCookie = (guard: ReturnType<typeof createGuard>): string => guard.spend(guard.token) ?? ''
const cookieOf = (guard: ReturnType<typeof createGuard>): string => setCookie(guard).split(';')[0] ?? ''

describe('the guard', () => {
  test('every start has its own token and cookie, and the cookie does not tell the token', () => {
    const [one, other] = [createGuard(() => 4000), createGuard(() => 4000)]
    expect(one.token).not.toBe(other.token)
    const { token } = one
    expect(other.spend(token)).toBeNull()
    const cookie = setCookie(one)
    expect(cookie).not.toContain(token)
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(other.signedIn(request({ cookie: cookieOf(one) }))).toBe(false)
    expect(other.spend(null)).toBeNull()
  })

  test('a token is worth one browser: spent, it is as good as any wrong one, and there is another', () => {
    const guard = createGuard(() => 4000)
    const first = guard.token
    expect(guard.spend(`${first}x`)).toBeNull()
    expect(guard.token).toBe(first)
    expect(guard.spend(first)).toContain('neiro-4000=')
    expect(guard.spend(first)).toBeNull()
    expect(guard.token).not.toBe(first)
    expect(guard.spend(guard.token)).not.toBeNull()
  })

  test('each browser has a cookie of its own, and one that nobody used is worth nothing once there is another', () => {
    const guard = createGuard(() => 4000)
    const [one, other] = [cookieOf(guard), cookieOf(guard)]
    expect(one).not.toBe(other)
    for (const cookie of [one, other]) expect(guard.signedIn(request({ cookie }))).toBe(true)
    const unused = guard.token
    guard.renew()
    expect(guard.spend(unused)).toBeNull()
    // browsers without end do not fill the memory: the first ones are let go
    for (let more = 0; more < 40; more++) cookieOf(guard)
    expect(guard.signedIn(request({ cookie: one }))).toBe(false)
  })

  test('a head of a thousand cookies is looked at no longer than any', () => {
    const guard = createGuard(() => 4000)
    const many = Array.from({ length: 1000 }, () => 'neiro-4000=x').join('; ')
    expect(guard.signedIn(request({ cookie: `${many}; ${cookieOf(guard)}` }))).toBe(false)
  })

  test('two windows on two ports keep their cookies beside each other', () => {
    const [one, other] = [createGuard(() => 4000), createGuard(() => 4001)]
    const cookie = `theme=dark; ${cookieOf(other)};${cookieOf(one)} ; x`
    expect(one.signedIn(request({ cookie }))).toBe(true)
    expect(other.signedIn(request({ cookie }))).toBe(true)
    expect(one.signedIn(request({ cookie: cookieOf(other).replace('4001', '4000') }))).toBe(false)
    expect(one.signedIn(request({}))).toBe(false)
  })

  test('the port is asked for each time: it is known only once the window listens', () => {
    let port = 0
    const guard = createGuard(() => port)
    port = 4000
    expect(guard.hostAllowed(request({ host: 'localhost:4000' }))).toBe(true)
    expect(guard.hostAllowed(request({ host: 'localhost:0' }))).toBe(false)
    expect(guard.hostAllowed(request({}))).toBe(false)
    expect(guard.originAllowed(request({ origin: 'http://127.0.0.1:4000' }), true)).toBe(true)
    expect(guard.originAllowed(request({ origin: '' }), false)).toBe(false)
    expect(guard.originAllowed(request({}), false)).toBe(true)
    expect(guard.originAllowed(request({}), true)).toBe(false)
  })
})

describe('pages', () => {
  test('are the files of the folder by address, with their kinds; nothing else is', async () => {
    const dir = ownFolder()
    mkdirSync(join(dir, 'pages/assets'), { recursive: true })
    writeFileSync(join(dir, 'secret.html'), 'secret')
    for (const name of ['index.html', 'assets/a.js', 'assets/a.css', 'assets/a.map', '.env'])
      writeFileSync(join(dir, 'pages', name), name)
    symlinkSync(join(dir, 'secret.html'), join(dir, 'pages/link.html'))
    const pages = await readPages(join(dir, 'pages'))
    expect([...pages.keys()].sort()).toEqual(['/', '/assets/a.css', '/assets/a.js', '/index.html'])
    expect(pages.get('/')).toBe(pages.get('/index.html'))
    expect(pages.get('/assets/a.js')).toEqual({
      type: 'text/javascript; charset=utf-8',
      body: Buffer.from('assets/a.js')
    })
  })

  test('run no script but their own files, and reach no address but ours', () => {
    const policy = Object.fromEntries(
      (headers['Content-Security-Policy'] ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ')
        return [name, sources]
      })
    )
    expect(policy['default-src']).toEqual(["'none'"])
    expect(policy['script-src']).toEqual(["'self'"])
    expect(policy['connect-src']).toEqual(["'self'"])
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(policy[name]).toEqual(["'none'"])
    expect(headers['Content-Security-Policy']).not.toMatch(/unsafe-eval|https?:|\*/)
  })
})
