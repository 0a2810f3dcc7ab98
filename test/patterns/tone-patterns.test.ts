// The patterns of the sample's tone come with the app, and are tried on what a model writes: none goes back more than
// linearly over it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseTone } from '../../main/services/evaluation/tone'
import { sampleDir } from '../fixtures/places'
import { slowText } from './slow-text'

test('the tone of the sample is told in no time', () => {
  const file = join(sampleDir, 'tone.json')
  const { ja, en } = parseTone(readFileSync(file, 'utf8'), file)
  const slow = [...ja, ...en].flatMap((source) => {
    const text = slowText({ place: file, source, flags: 'u' })
    return text === null ? [] : [`${source} on ${JSON.stringify(text)}`]
  })
  expect(slow).toEqual([])
})
