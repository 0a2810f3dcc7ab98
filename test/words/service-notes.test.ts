// Where scores are shown it is said of each model at a service where its answers came from, and what cannot be had of it.
import { expect, test } from 'vitest'
import { serviceNotes } from '../../main/words/evaluation/service-notes'

const base = { candidate: { id: 'base', kind: 'base' as const } }
const at = (place: string, refused = 0) => ({
  candidate: { id: place, kind: 'service' as const, service: { place, model: 'office' } },
  refused
})

test('each service by its name and address, and what it refused', () => {
  const notes = serviceNotes([base, at('azure:https://x.openai.azure.com', 2), at('openai')], 'en')
  expect(notes).toHaveLength(4)
  expect(notes[0]).toMatch(/office.* from Azure OpenAI \(https:\/\/x\.openai\.azure\.com\)\.$/)
  expect(notes[1]).toMatch(/office.* from OpenAI\.$/)
  expect(notes[3]).toMatch(/office.*2 questions were refused/)
  expect(serviceNotes([at('azure:https://x')], 'ja')[0]).toContain('Azure OpenAI（https://x）')
})

test('nothing where all answer on this PC', () => {
  expect(serviceNotes([base], 'en')).toEqual([])
})
