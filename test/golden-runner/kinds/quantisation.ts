// Blocks of bitsandbytes on awkward tensors: odd tails, a block of zeros, heavy tails. FP4 and GGUF blocks
// come with later issues.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import type { KindResult } from '../run-case'
import { compareNf4 } from './nf4-file'

export async function runQuantisation(item: Case): Promise<KindResult> {
  const partsNotYet = existsSync(join(item.dir, 'gguf.safetensors')) ? ['GGUF blocks'] : []
  const file = join(item.dir, 'bitsandbytes.safetensors')
  if (!existsSync(file)) return { checks: [], partsNotYet }
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
  return { checks, partsNotYet }
}
