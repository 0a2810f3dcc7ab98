// Phrases of streamed text, names of exported folders.
import { describe, expect, test } from 'vitest'
import { exportName } from '../../../main/services/exports/export-name'
import { Phrases } from '../../../main/services/chat/phrases'
import { Chance } from '../random'

describe('phrases', () => {
  test('end where a reader takes breath', () => {
    const phrases = new Phrases()
    const shown = [...'はい、550円です。全国へ'].map((character) => phrases.push(character))
    expect([...shown, phrases.end()].filter(Boolean)).toEqual(['はい、', '550円です。', '全国へ'])
  })

  test('never wait long, lose nothing, and are far fewer than characters', () => {
    const chance = new Chance(11)
    const signs = [...'あいうえおかきくけこ漢字abcdef0123。、 \n']
    for (let round = 0; round < 200; round++) {
      const pieces = chance.list(80, () =>
        Array.from({ length: 1 + chance.below(6) }, () => chance.pick(signs)).join('')
      )
      const phrases = new Phrases()
      let shown = ''
      let sent = ''
      for (const piece of pieces) {
        sent += piece
        shown += phrases.push(piece)
        expect(sent.startsWith(shown)).toBe(true)
        expect(sent.length - shown.length).toBeLessThanOrEqual(24)
      }
      expect(shown + phrases.end()).toBe(sent)
      expect(phrases.end()).toBe('')
    }
  })
})

describe('the name of an exported folder', () => {
  test('says what it is, in signs that every system accepts', () => {
    expect(exportName('サポート返信', 'お試し 2', 'peft')).toBe('サポート返信-お試し-2-adapter')
    expect(exportName('a/b:c*?"<>|\\', '..', 'merged')).toBe('a-b-c-merged')
    expect(exportName('...', ' ', 'merged')).toBe('neiro-merged')
    expect([...exportName('長'.repeat(300), '名', 'merged')].length).toBeLessThan(80)
  })
})
