// GGUF files that are not what they should be, opened as a base: refused by name, without a crash or a large allocation;
// with bytes of their head turned at random they are a model or a refusal, never anything else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openOptions, refusal } from '../fixtures/sessions'
import { engine } from '../golden-runner/engine'

const place = mkdtempSync(join(tmpdir(), 'neiro-bad-gguf-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const golden = (name: string): Buffer =>
  readFileSync(resolve(import.meta.dirname, `../golden-2/${name.split('-')[0]}-gguf/${name}.gguf`))
const file = join(place, 'a.gguf')

async function open(bytes: Buffer): Promise<void> {
  writeFileSync(file, bytes)
  const options = openOptions({ modelDir: file, baseQuantization: 'none', train: undefined })
  await (await engine().Session.open(options)).close()
}

/** A text of the head in other letters: as many, so that nothing moves. */
const renamed = (from: string, to: string) => (bytes: Buffer) => {
  const turned = Buffer.from(bytes)
  for (let at = turned.indexOf(from); at >= 0; at = turned.indexOf(from, at + 1)) turned.write(to, at)
  return turned
}
/** The 32-bit value of a key. */
const valueOf = (key: string, value: number) => (bytes: Buffer) => {
  const turned = Buffer.from(bytes)
  turned.writeUInt32LE(value, turned.indexOf(key) + key.length + 4)
  return turned
}

const rows: readonly (readonly [string, (bytes: Buffer) => Buffer, string])[] = [
  ['cut in its data', (bytes) => bytes.subarray(0, bytes.length - 4096), 'FILE_TRUNCATED'],
  ['cut in its head', (bytes) => bytes.subarray(0, 300), 'FILE_TRUNCATED'],
  ['empty', () => Buffer.alloc(0), 'FILE_EMPTY'],
  ['of another architecture', renamed('llama', 'mamba'), 'UNKNOWN_ARCHITECTURE'],
  ['without a weight', renamed('blk.0.attn_q.weight', 'blk.0.attn_x.weight'), 'TENSOR_MISSING'],
  ['with a size left out', renamed('llama.block_count', 'llama.block_xxxxx'), 'BAD_CONFIG'],
  ['of no layers', valueOf('llama.block_count', 0), 'BAD_CONFIG'],
  ['of more layers than it has', valueOf('llama.block_count', 40), 'TENSOR_MISSING'],
  ['of endless layers', valueOf('llama.block_count', 0xffffffff), 'BAD_CONFIG'],
  ['as wide as memory', valueOf('llama.embedding_length', 1 << 26), 'BAD_CONFIG'],
  ['of no heads', valueOf('llama.attention.head_count', 0), 'BAD_CONFIG']
]

test.each(rows)('%s', async (_, spoil, expected) => {
  const before = process.resourceUsage().maxRSS
  const { code, message, hint } = await refusal(() => open(spoil(golden('llama-F32'))))
  expect(code, message).toBe(expected)
  expect(message + hint).not.toMatch(/\{\w+\}/)
  expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(300e6)
})

test.each(['llama-F16', 'gemma2-Q4_K_M', 'qwen2-Q8_0'])('%s with bytes of its head turned', async (name) => {
  const bytes = golden(name)
  const head = bytes.indexOf('token_embd.weight') + 2000
  let state = 7
  const next = (below: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below
  for (let round = 0; round < 60; round++) {
    const turned = Buffer.from(bytes)
    for (let times = 0; times < 1 + (round % 3); times++) turned[next(head)] = next(256)
    await open(turned).catch((error: { code?: string }) => expect(error.code).toMatch(/^[A-Z][A-Z0-9_]+$/))
  }
})
