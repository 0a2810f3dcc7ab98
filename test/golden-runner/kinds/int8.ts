// Rows in INT8 with one scale each, as bitsandbytes makes them and takes them back: scales and values to the bit, codes but
// for those exactly between two.
import { join } from 'node:path'
import { floats, integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { exactCheck, type Check } from '../compare'
import { engine } from '../engine'
import type { KindResult } from '../run-case'

export async function runInt8(item: Case): Promise<KindResult> {
  const file = readSafetensors(join(item.dir, 'int8.safetensors'))
  const input = tensorOf(file, 'input')
  const rows = input.shape[0] ?? 0
  const made = await engine().quantizeInt8(floats(input), rows)
  const codes = Int8Array.from(made.codes)
  const wanted = integers(tensorOf(file, 'quantised'))
  const off = wanted.filter((code, at) => code !== codes[at]).length
  // the golden set's rule for codes: a value between two may go either way, at most 1 in 10,000
  const between: Check = { name: 'codes', error: off / wanted.length, tolerance: 1e-4 }
  return {
    checks: [
      between,
      sameBits('scales', made.absmax, floats(tensorOf(file, 'absmax'))),
      sameBits('values', made.dequantised, floats(tensorOf(file, 'dequantised')))
    ]
  }
}

function sameBits(name: string, actual: Float32Array, expected: Float32Array): Check {
  const at = expected.findIndex((value, i) => !Object.is(Math.abs(value), Math.abs(actual[i] ?? NaN)))
  const same = at < 0 && actual.length === expected.length
  return exactCheck(name, same, `at ${at}: expected ${expected[at]}, got ${actual[at]}`)
}
