// Blocks of bitsandbytes on awkward tensors: odd tails, a block of zeros, heavy tails; and those of GGUF files, both ways where
// ggml's own rounding is followed to the byte. FP4 comes with a later issue.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { floats, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { sequenceCheck, tensorError, type Check } from '../compare'
import { engine } from '../engine'
import type { KindResult } from '../run-case'
import { compareNf4 } from './nf4-file'

export async function runQuantisation(item: Case): Promise<KindResult> {
  const partsNotYet: string[] = []
  const ggufChecks = await compareGguf(join(item.dir, 'gguf.safetensors'))
  const file = join(item.dir, 'bitsandbytes.safetensors')
  if (!existsSync(file)) return { checks: ggufChecks, partsNotYet }
  const expected = readSafetensors(file)
  if ([...expected.keys()].some((name) => name.includes('.fp4.'))) partsNotYet.push('FP4 blocks')
  const names = [...expected.keys()]
    .filter((name) => name.endsWith('.input'))
    .map((name) => name.slice(0, -6))
  const sources = names.map((name) => [name, tensorOf(expected, `${name}.input`)] as const)
  const { checks } = await compareNf4(sources, expected, (name, part) =>
    // the codes are the same with and without double quantisation, and stored once
    part === 'packed' ? `${name}.nf4.packed` : `${name}.nf4.dq.${part}`
  )
  return { checks: [...checks, ...ggufChecks], partsNotYet }
}

/** What the file makes of its input, to the byte; of Q4_1 none is written, and the K blocks are looked for in another way. */
const madeAlike = ['BF16', 'Q4_0', 'Q5_0', 'Q5_1', 'Q8_0']

async function compareGguf(file: string): Promise<readonly Check[]> {
  if (!existsSync(file)) return []
  const expected = readSafetensors(file)
  const types = [...expected.keys()]
    .filter((name) => name.endsWith('.blocks'))
    .map((name) => name.slice(0, -7))
  const input = floats(tensorOf(expected, 'input'))
  const checks: Check[] = []
  for (const type of types) {
    const blocks = tensorOf(expected, `${type}.blocks`).bytes
    const values = await engine().dequantizeBlocks(type, Int32Array.from(blocks))
    const wanted = floats(tensorOf(expected, `${type}.dequantised`))
    checks.push({ name: `${type}: values`, error: tensorError(values, wanted), tolerance: 1e-7 })
    if (!madeAlike.includes(type)) continue
    const made = await engine().quantizeBlocks(type, input)
    checks.push(sequenceCheck(`${type}: bytes`, made, blocks))
  }
  return checks
}
