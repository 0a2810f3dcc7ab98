// Which keys a host is known by, as ssh's own file says it.
import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fingerprintOf, keysOf } from '../../../main/services/runners/ssh/known-hosts'
import { readAddress } from '../../../main/services/runners/ssh/ssh-line'

const known = (text: string, host = 'gpu.office', port = 22): string[] =>
  keysOf(text, host, port).known.map(({ type, key }) => `${type} ${key}`)

test('a host by its name, its port, a pattern, among others, and hashed', () => {
  expect(known('gpu.office ssh-ed25519 AAA')).toEqual(['ssh-ed25519 AAA'])
  expect(known('GPU.office,10.0.0.7 ssh-ed25519 AAA x@y')).toEqual(['ssh-ed25519 AAA'])
  expect(known('*.office ssh-rsa R\ngpu.office ssh-ed25519 E')).toEqual(['ssh-rsa R', 'ssh-ed25519 E'])
  expect(known('[gpu.office]:2222 ssh-ed25519 AAA', 'gpu.office', 2222)).toEqual(['ssh-ed25519 AAA'])
  const salt = randomBytes(20)
  const hash = createHmac('sha1', salt).update('gpu.office').digest('base64')
  expect(known(`|1|${salt.toString('base64')}|${hash} ssh-ed25519 AAA`)).toEqual(['ssh-ed25519 AAA'])
})

test('another host, another port, a comment and a certificate’s authority are none', () => {
  for (const line of [
    ...['gpu.officeX ssh-ed25519 A', 'gpuXoffice ssh-ed25519 A', '# gpu.office ssh-ed25519 A', 'gpu.office'],
    ...[
      '[gpu.office]:2222 ssh-ed25519 A',
      '*.office,!gpu.office ssh-ed25519 A',
      '|1|AAAA|BBBB ssh-ed25519 A'
    ],
    '@cert-authority *.office ssh-ed25519 A'
  ])
    expect(known(line), line).toEqual([])
})

test('a revoked key is told apart', () => {
  const { known: none, revoked } = keysOf('@revoked gpu.office ssh-ed25519 AAA', 'gpu.office', 22)
  expect(none).toEqual([])
  expect(revoked).toEqual([{ type: 'ssh-ed25519', key: 'AAA' }])
})

test('an address is a user, a host, a port and a folder', () => {
  expect(readAddress('a@b')).toEqual({ user: 'a', host: 'b', port: 22, dir: 'neiro' })
  expect(readAddress('a@b:2222/work/x')).toEqual({ user: 'a', host: 'b', port: 2222, dir: 'work/x' })
  expect(readAddress('a@b//data')).toEqual({ user: 'a', host: 'b', port: 22, dir: '/data' })
  expect(fingerprintOf(Buffer.from('x'))).toMatch(/^SHA256:[\w+/]{43}$/)
})
