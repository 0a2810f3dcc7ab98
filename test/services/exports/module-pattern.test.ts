// Expressions for names of modules against JavaScript's own, on names and patterns of a small alphabet; what is not known
// is said; time grows with the name alone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endsAs } from '../../../main/services/exports/plain/module-pattern'

describe('an expression for names of modules', () => {
  test('means what a regular expression means', () => {
    const piece = fc.tuple(
      fc.constantFrom('a', 'b', '\\.', '.', '\\d', '1'),
      fc.constantFrom('', '', '*', '+', '?')
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.', '1'), maxLength: 10 }),
        (pieces, name) => {
          const pattern = pieces.map((one) => one.join('')).join('')
          const wanted = name !== '' && new RegExp(`^(?:.*\\.)?(?:${pattern})$`).test(name)
          // a name that ends in a dot has nothing behind it: no module is called so
          fc.pre(name !== '' && !name.endsWith('.'))
          expect(endsAs(name, pattern), `${pattern} on ${name}`).toBe(wanted)
        }
      ),
      { numRuns: 3000 }
    )
  })

  test('of PEFT’s documents are known', () => {
    expect(endsAs('model.layers.1.mlp.down_proj', '.*layers\\.1\\.mlp\\.down_proj')).toBe(true)
    expect(endsAs('model.layers.11.mlp.down_proj', '.*layers\\.1\\.mlp\\.down_proj')).toBe(false)
    expect(endsAs('model.layers.0.self_attn.v_proj', 'v_proj')).toBe(true)
    expect(endsAs('model.layers.0.self_attn.kv_proj', 'v_proj')).toBe(false)
  })

  test('that says more is not known', () => {
    for (const pattern of ['(a|b)', 'a{2}', '[ab]', '^a', 'a$', 'a\\b', 'a**', '\\w'])
      expect(endsAs('model.a', pattern), pattern).toBeNull()
  })

  test('that would go back does not: its work is signs times pieces', () => {
    expect(endsAs('a'.repeat(20_000), `${'a*'.repeat(40)}b`)).toBe(false)
  })
})
