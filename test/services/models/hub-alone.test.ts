// Connections to elsewhere are opened in two rooms: the hub's, which is a process of its own, and that of trainings elsewhere,
// which is entered after somebody has agreed to what leaves (runners/elsewhere), by one door.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const main = resolve(import.meta.dirname, '../../../main')
const sources = readdirSync(main, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(main, name), 'utf8').replaceAll(/\/\/.*/g, '') }))
const isHub = (name: string): boolean => /^(services\/models\/hub|fetcher)\//.test(name)
const isAway = (name: string): boolean => /^services\/runners\/(ray|ssh|cloud)\//.test(name)

test('nothing else opens a connection, and nothing else is led to what does', () => {
  const opens =
    /from 'node:(https|http2|tls|dgram|dns)|(await|return) fetch\(|import\('openai'\)|\bhttps?\.(request|get)\(/
  expect(sources.filter(({ text }) => opens.test(text)).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['services/models/hub/connections.ts'])
  )
  const openers = sources.filter(({ name, text }) => !isHub(name) && !isAway(name) && opens.test(text))
  expect(openers.map(({ name }) => name)).toEqual([])
  const led = /^import (?!type)[^']*?from '[^']*hub\/(connections|hub-client|fetch-\w+|listing|patience)'/m
  const ledOut = sources.filter(({ name, text }) => !isHub(name) && led.test(text)).map(({ name }) => name)
  // services lie behind the same proxy of the office
  expect(ledOut).toEqual(['services/runners/cloud/cloud-fetch.ts'])
  const away =
    /^import (?!type)[^']*?from '[^']*(ray-(client|transport)|ssh-(line|transport)|cloud-(api|fetch))'|from 'ssh2'|from 'openai'/m
  const doors = sources.filter(({ name, text }) => !isAway(name) && away.test(text))
  expect(doors.map(({ name }) => name)).toEqual(['services/runners/connect.ts'])
})
