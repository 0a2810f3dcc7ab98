// Words of a check-up.
import type { CheckUpWords } from './form'

export const en: CheckUpWords = {
  findings: {
    'personal-data': {
      title: 'Personal data',
      why: 'A model that learns it may say it to somebody else. Some names and numbers are not recognised: read the examples once more after masking.'
    },
    contradictions: {
      title: 'One question, different answers',
      why: 'The model cannot know which one is right. Keep the right one.'
    },
    'other-labels': {
      title: 'One text, different labels',
      why: 'The model cannot know which label is right. Keep the right one.'
    },
    leakage: {
      title: 'Held-out examples are in the training part too',
      why: 'It is a test whose answers were shown before: the scores come out too high.'
    },
    mojibake: { title: 'Garbled characters', why: 'Broken characters are learnt as they are.' },
    'forbidden-words': { title: 'Words that you do not want', why: 'What is learnt is used in answers.' },
    'empty-answers': { title: 'Answers without content', why: 'The model learns to answer with nothing.' },
    placeholders: {
      title: 'Places that were never filled in',
      why: '“{{name}}” and “TBD” are learnt as they are, unfinished.'
    },
    repeating: { title: 'Answers that repeat themselves', why: 'The model picks up the habit.' },
    'too-long': {
      title: 'Too long: the end is cut off',
      why: 'The model does not learn how such an answer ends.'
    },
    duplicates: {
      title: 'The same pair more than once',
      why: 'What is there twice is learnt more strongly than the rest.'
    },
    'near-duplicates': {
      title: 'Nearly the same pair more than once',
      why: 'A small difference teaches nothing new.'
    },
    'mail-rests': { title: 'Quoted mails and signatures', why: 'The model will put them under its answers.' },
    markup: { title: 'Codes of HTML or Markdown', why: '“<br>” and “**” will stand in answers as they are.' },
    'machine-phrases': { title: 'Phrases of chat programs', why: 'Their tone is learnt instead of yours.' },
    'only-greeting': { title: 'Answers that only greet or agree', why: 'The model learns not to answer.' },
    'too-short': { title: 'Very short answers', why: 'There is no tone to learn from them.' },
    politeness: { title: 'Polite and plain forms are mixed', why: 'The answers will waver between the two.' },
    languages: { title: 'Answers in another language', why: 'The model may answer in the wrong language.' },
    notation: {
      title: 'Words written in more than one way',
      why: 'They can be made the way most rows have them.'
    },
    labels: { title: 'Labels with few examples', why: 'A rare label is seldom chosen. Add examples of it.' },
    topics: { title: 'One topic is most of it', why: 'Other topics may be answered less well.' },
    'few-of-topic': {
      title: 'Topics with few examples',
      why: 'Questions about them may be answered less well. If they come often, add examples.'
    },
    'too-few': {
      title: 'Few examples',
      why: 'There are fewer than what this goal usually wants. More make it steadier.'
    },
    knowledge: {
      title: 'Looking things up would serve better',
      why: 'Training on numbers and dates makes mistakes that cannot be corrected later. Searching your documents and handing them to the model is surer.'
    }
  },
  personal: {
    'secret-url': 'URLs with a key',
    secret: 'keys and passwords',
    mail: 'mail addresses',
    licence: 'driving licences',
    passport: 'passports',
    'bank-account': 'bank accounts',
    card: 'card numbers',
    'my-number': 'personal ID numbers',
    'corporate-number': 'company numbers',
    phone: 'phone numbers',
    'birth-date': 'birth dates',
    postcode: 'postcodes',
    address: 'addresses',
    ip: 'IP addresses',
    mac: 'MAC addresses',
    'own-number': 'numbers of your own',
    name: 'names'
  },
  personalOne: {
    'secret-url': 'URL with a key',
    secret: 'key or password',
    mail: 'mail address',
    licence: 'driving licence',
    passport: 'passport',
    'bank-account': 'bank account',
    card: 'card number',
    'my-number': 'personal ID number',
    'corporate-number': 'company number',
    phone: 'phone number',
    'birth-date': 'birth date',
    postcode: 'postcode',
    address: 'address',
    ip: 'IP address',
    mac: 'MAC address',
    'own-number': 'number of your own',
    name: 'name'
  },
  repairs: {
    mask: 'Mask',
    strip: 'Take out',
    'keep-one': 'Keep one',
    'leave-out': 'Leave out',
    unify: 'Make the same'
  },
  parts: {
    exact: 'identical',
    near: 'nearly so',
    polite: 'polite',
    plain: 'plain',
    mixed: 'mixed',
    ja: 'Japanese',
    en: 'English',
    other: 'other',
    sort: 'advised for sorting, 100 for each label',
    prefer: 'advised for a preference',
    documents: 'advised for documents',
    tone: 'advised for a tone',
    reasoning: 'advised for reasoning'
  },
  part: (name, count) => `${count} ${name}`,
  between: ', ',
  room: {
    checking: (counted) => `Looking at ${counted}`,
    stop: 'Stop',
    lead: (counted) => `We looked at ${counted}. Every repair can be undone.`,
    noExamples: 'There are no examples to check yet.',
    allFine: (counted) => `We looked at ${counted}. Nothing needs a repair.`,
    nothing: 'Nothing to worry about',
    done: {
      mask: 'Masked',
      strip: 'Taken out',
      'keep-one': 'One of each kept',
      'leave-out': 'Left out',
      unify: 'Made the same'
    },
    doneOf: (title) => `(it was: ${title})`,
    undo: 'Undo',
    examplesOf: (title) => `${title}: show examples`,
    willChange: (counted) => `A repair changes ${counted}. Your files stay as they are.`,
    willDrop: (counted) => `A repair leaves out ${counted}. Your files stay as they are.`,
    willDropLearnt: (counted) =>
      `A repair leaves out ${counted}, so that nothing in the training part is the same as a held-out one, or nearly. The same share of what remains is then held out. Your files stay as they are.`,
    choosePairs: 'Choose',
    keepThis: 'Keep this answer',
    keepThisLabel: 'Keep this label',
    keptThis: 'Your choice was kept, what contradicts it was left out.',
    moreToChoose: 'There are more. The next question appears as you choose.',
    keepAll: 'Decide all the rest at once',
    keepLabel: 'Which one stays (of copies and of contradictions alike)',
    keep: { first: 'Keep the first', last: 'Keep the last', longest: 'Keep the longest answer' },
    columns: { kind: 'Kind', words: 'What was found', times: 'Times' },
    allow: 'Do not mask',
    allowed: (values) => `Values that are not masked: ${values}.`,
    allowNone: 'Mask all of them',
    listed: (shown, all) => `${shown} of ${all}`,
    saveList: 'Save the list',
    choices: { forbidden: 'Words not to use', own: 'An example of your own numbers' },
    hints: { forbidden: 'For example: lowest price', own: 'For example: KM-2024-00123' },
    add: 'Add',
    drop: (word) => `Drop “${word}”`,
    topics: {
      title: 'What the questions are about',
      lead: 'Words that many questions share, and how many questions have each. A question may count for several. Their meaning is not looked at.',
      typical: 'Typical question',
      rest: (count) => `Questions with none of these words: ${count}.`
    }
  }
}
