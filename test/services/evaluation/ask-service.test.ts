// Consent to what a service is asked: a text that was not agreed to never reaches it.
import { expect, test } from 'vitest'
import { agreedServices } from '../../../main/services/evaluation/ask-service'

const candidate = { id: 'tuned', kind: 'service' } as const
const how = { maxNewTokens: 4, signal: new AbortController().signal }
const ask = (content: string) => [{ role: 'user', content }] as const

test('only the texts that were agreed to are asked, whatever stands before them as instruction', async () => {
  const asked: string[] = []
  const services = await agreedServices([{ candidate, texts: ['送料は'] }], async () => async (messages) => {
    asked.push(messages.at(-1)?.content ?? '')
    return { text: '', promptTokens: 0 }
  })
  await services(candidate)([{ role: 'system', content: '丁寧に' }, ...ask('送料は')], how)
  expect(() => services(candidate)(ask('返品は'), how)).toThrow('ASKED_OTHERWISE')
  await expect(services({ id: 'other', kind: 'service' })(ask('送料は'), how)).rejects.toThrow(
    'CONSENT_NEEDED'
  )
  expect(asked).toEqual(['送料は'])
})
