// Words about synthetic examples.
import type { AugmentWords } from './form'

export const en: AugmentWords = {
  title: 'Make more examples',
  lead: 'Makes pairs from your examples in which only the question is put otherwise. Answers stay as they are. What is made is marked, is never used as a test, and can be undone at any time.',
  kinds: {
    synonyms: {
      label: 'Other words for the same',
      help: 'One word of the question becomes another: “Can you tell me” becomes “Could you tell me”.'
    },
    order: {
      label: 'Another order',
      help: 'A reason or a condition and the sentence that asks change places.'
    },
    typing: {
      label: 'Typing mistakes',
      help: 'So that questions with slips of the fingers are answered too. Numbers and codes are not touched.'
    },
    paraphrase: {
      label: 'Ask the model to rephrase',
      help: 'The model that you chose rephrases questions on this computer. It takes time, and makes 200 at once at most.'
    }
  },
  ofRows: {
    lead: 'Makes rows from your examples in which only the text is put otherwise. Labels stay as they are. What is made is marked, is never used as a test, and can be undone at any time.',
    help: {
      synonyms: 'One word of the text becomes another: “Can you tell me” becomes “Could you tell me”.',
      typing: 'So that texts with slips of the fingers are sorted too. Numbers and codes are not touched.',
      paraphrase:
        'The model that you chose rephrases texts on this computer. It takes time, and makes 200 at once at most.'
    },
    share: 'How many to make, at most (as a share of the rows that somebody wrote)',
    would: (count, written, there) =>
      `From ${written} rows that somebody wrote and that are learnt, ${count} can be made; none from rows that are held out.${there === '0' ? '' : ` There are ${there} already.`}`,
    none: 'No text fits this way. Choose other ways as well.',
    from: 'Text',
    becomes: 'Becomes',
    make: (count) => `Make ${count}`,
    made: (count) => `${count} made`
  },
  share: 'How many to make, at most (as a share of those that somebody wrote)',
  shareOf: (percent) => percent,
  words: 'Words that mean the same, divided by commas',
  wordsHint: 'For example: membership card, member card',
  addWords: 'Add',
  dropWords: (words) => `Drop “${words}”`,
  look: 'Look before making them',
  looking: 'Trying',
  stop: 'Stop',
  would: (count, written, there) =>
    `From ${written} pairs that somebody wrote and that are learnt, ${count} can be made; none from pairs that are held out.${there === '0' ? '' : ` There are ${there} already.`}`,
  wouldAsk: 'How many the model rephrases shows when they are made.',
  none: 'No question fits this way. Choose other ways as well.',
  full: 'As many as this share allows are there already. A larger share makes more.',
  from: 'Question',
  becomes: 'Becomes',
  how: 'How',
  make: (count) => `Make ${count}`,
  makeSome: 'Make them',
  made: (count) => `${count} made`,
  effect: ({ train, sweep, add, setting, values }) =>
    `What they are worth shows when one run learns them and one does not, measured on the same held-out questions: under “${train}”, “${sweep}”, “${add}”, choose “${setting}” and tick ${values.map((value) => `“${value}”`).join(' and ')}.`,
  tag: (kind) => `synthetic: ${kind}`,
  fileName: 'Synthetic examples'
}
