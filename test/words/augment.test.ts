// How to try synthetic examples is said by the names that the controls have, and by values that the form takes.
import { expect, test } from 'vitest'
import { effectOf } from '../../main/words/augment'
import { settingsWords } from '../../main/words/settings'
import { sweepWords } from '../../main/words/sweep'
import { valuesIn } from '../../renderer/lib/sweep-form'

test.each(['ja', 'en'] as const)('%s', (language) => {
  const said = effectOf(language)
  for (const name of [sweepWords[language].title, sweepWords[language].add])
    expect(said).toMatch(new RegExp(`[「“]${name}[」”]`))
  expect(said).toContain(settingsWords[language].synthetic.label)
  expect(said).toContain('learn, leave-out')
  expect(valuesIn({ key: 'synthetic', text: 'learn, leave-out' })).toEqual(['learn', 'leave-out'])
})
