// The words of the rooms where it goes on with documents.
import type { WindowWords } from '../ja'
import { plural } from '../../plural'

export const documents: WindowWords['documents'] = {
  advice: {
    title:
      'It learns how your documents are written and their terms. For looking up facts, a search of the documents serves better.',
    text: 'About 100 pages of one kind suit this. Where rules and figures must be right, use search rather than training.'
  },
  honest:
    'What it learns is wording and terms; it does not look facts up. Check rules and figures by a search of the documents, or in them.',
  counted: (n) => plural(n, 'part'),
  scoresOn: (n) => `on ${n} held-out parts`,
  now: {
    title: 'How the model goes on now',
    titleOver: 'How the model went on',
    at: (step) => `At step ${step}`
  },
  data: {
    titleEmpty: 'Add the documents to learn from',
    formats: 'Word, text, Markdown, HTML and OpenDocument files are read as they are.',
    mapTitle: 'The document is learnt as running text',
    mapText: 'There are no columns to assign. A long document was divided between paragraphs.',
    mapTitleTable: 'Which column is learnt as text?',
    few: (n) => `${plural(n, 'part')}. About 100 would be safer`,
    enough: (n) => `${plural(n, 'part')}. Enough to learn how they are written`,
    many: (n) => `${plural(n, 'part')}. Plenty`,
    none: 'No documents yet',
    needMore: 'Add documents of at least two parts to continue.',
    text: 'Text',
    orders: {
      file: 'As in the files',
      question: 'By text',
      shortest: 'Shortest texts first',
      longest: 'Longest texts first'
    },
    title: 'Check the documents as read',
    heldOut: (n) =>
      `${plural(n, 'part')} ${n === '1' ? 'is' : 'are'} kept out of training: whole documents where possible, stretches of a large one.`,
    notLearnt: (n) =>
      `${plural(n, 'row')} of questions, answers and the like ${n === '1' ? 'is' : 'are'} not learnt as documents. To learn them as text, make their columns “text”.`
  },
  presets: {
    quick: 'A part of it only, to see first whether it comes closer to how you write.',
    quickOfAll: 'A short run, to see first whether it comes closer to how you write.',
    balanced: 'The added part alone reads the documents a few times.',
    quality: 'A larger learnt part and more epochs.'
  },
  ways: {
    continued: 'The added part alone learns. The model mostly keeps the way it talks.',
    'continued-full':
      'The whole model learns. It suits small models and many documents; the model forgets more of how it talked.'
  },
  beginnings: 'Beginnings to watch while it trains',
  beginningsHint: 'One a line. You see how their continuations change during training.',
  beginningsExample: 'e.g. These rules govern how travel expenses are',
  tabs: { pages: 'Compare continuations', try: 'Continue a text', chat: 'Talk' },
  result: {
    title: 'See how it goes on with pages it has not seen',
    lead: 'Both are given how parts that were kept out of training begin, before and after training.',
    better: (before, after) =>
      `On pages it has not seen, it now hesitates between ${after} next words, before between ${before}`,
    same: (value) => `On pages it has not seen, it still hesitates between ${value} next words`,
    worse: (before, after) =>
      `On pages it has not seen, it hesitates more: between ${after} next words, before between ${before}`,
    few: (n) => `Only ${plural(n, 'part')} ${n === '1' ? 'was' : 'were'} kept out, so the figures are rough.`
  },
  beginning: 'Beginning',
  real: 'How the document really goes on',
  showReal: 'Show how it really goes on',
  try: {
    label: 'Beginning',
    hint: 'Write the first words, and both go on with them under the same conditions. It is no conversation.',
    example: 'e.g. These rules govern how travel expenses are',
    act: 'Continue it'
  },
  help: [
    {
      word: 'Learning from documents',
      term: 'continued pretraining',
      text: 'Instead of questions and answers it reads the documents themselves and learns which word comes next: terms, style, forms.'
    },
    {
      word: 'Hesitation',
      term: 'perplexity',
      text: 'Among how many next words it hesitates. The fewer, the more used it is to how the documents are written.'
    },
    {
      word: 'Search',
      term: 'RAG',
      text: 'Looks through your documents at each question and hands what it finds to the model. For rules and figures it is the surer way.'
    }
  ]
}
