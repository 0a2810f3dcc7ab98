// Which files may be weighed: what the method learns from, and what is weighed and gone.
import { expect, test } from 'vitest'
import { weighedFiles } from '../../../renderer/lib/weighed-files'

const file = (name: string, shape: 'question-answer' | 'text-label', examples = 3) => ({
  ...{ file: name, shape, examples, error: null }
})
const files = [file('faq.csv', 'question-answer'), file('mails.csv', 'text-label')]

test('those that the method learns from', () => {
  expect(weighedFiles(files, 'sft', {})).toEqual(['faq.csv'])
  expect(weighedFiles(files, 'multi-task', {})).toEqual(['faq.csv', 'mails.csv'])
  expect(weighedFiles([...files, file('empty.csv', 'text-label', 0)], 'multi-task', {})).toHaveLength(2)
})

test('one that is weighed and gone can be unweighed', () => {
  expect(weighedFiles(files, 'sft', { 'gone.csv': 2 })).toEqual(['faq.csv', 'gone.csv'])
})
