// Connections to elsewhere are opened in one room, and what runs there is a process of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const main = resolve(import.meta.dirname, '../../../main')
const sources = readdirSync(main, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(main, name), 'utf8').replaceAll(/\/\/.*/g, '') }))
const isOwn = (name: string): boolean => /^(services\/models\/hub|fetcher)\//.test(name)

test('nothing else opens a connection, and nothing else is led to what does', () => {
  const opens = /from 'node:(https|http2|tls|dgram|dns)|(await|return) fetch\(|\bhttps?\.(request|get)\(/
  expect(sources.filter(({ text }) => opens.test(text)).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['services/models/hub/connections.ts'])
  )
  const openers = sources.filter(({ name, text }) => !isOwn(name) && opens.test(text))
  expect(openers.map(({ name }) => name)).toEqual([])
  const led = /^import (?!type)[^;]*?from '[^']*hub\/(connections|hub-client|fetch-\w+|listing|patience)'/m
  expect(sources.filter(({ name, text }) => !isOwn(name) && led.test(text)).map(({ name }) => name)).toEqual(
    []
  )
})
