// How to try synthetic examples is said by the names that the controls have, and by the words that the values have there.
import { expect, test } from 'vitest'
import { effectOf } from '../../main/words/augment'
import { settingsWords } from '../../main/words/settings'
import { sweepWords } from '../../main/words/sweep'

test.each(['ja', 'en'] as const)('%s', (language) => {
  const said = effectOf(language)
  for (const name of [sweepWords[language].title, sweepWords[language].add])
    expect(said).toMatch(new RegExp(`[「“]${name}[」”]`))
  expect(said).toContain(settingsWords[language].synthetic.label)
  const { choices } = settingsWords[language].synthetic
  for (const word of [choices.learn, choices['leave-out']])
    expect(said).toMatch(new RegExp(`[「“]${word}[」”]`))
  // nobody is told to type what a recipe calls them
  expect(said).not.toMatch(/leave-out|learn,/)
})
