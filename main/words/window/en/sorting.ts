// Words of the pages about sorting texts.
import { plural } from '../../plural'
import type { WindowWords } from '../ja'

export const sorting: WindowWords['sorting'] = {
  tabs: { labels: 'How well it sorts', try: 'Try it', file: 'Sort a file' },
  title: 'See how well it sorts',
  lead: 'Rows that were not learnt are sorted and compared with their own labels.',
  resultTitle: (right, rows) => `${right} of ${plural(rows, 'held-out row')} were sorted right`,
  fewRows: (rows) =>
    `Only ${plural(rows, 'row')} were held out, so that one of them turns the result. It is too early to say how good it is.`,
  counted: (rows) => plural(rows, 'row'),
  data: {
    title: 'Labels',
    one: (labels) => `One of ${labels} labels for each text`,
    several: (labels) => `Any number of ${labels} labels for each text`,
    number: 'A number for each text',
    sortedText: 'Text (what is sorted)',
    joinedText: 'Joined to the text (what is sorted)',
    label: 'Label',
    orders: {
      file: 'As in the files',
      question: 'By text',
      shortest: 'Shortest labels first',
      longest: 'Longest labels first'
    },
    empty: 'Fill in both the text and the label to save.',
    rows: 'Rows',
    rare: (labels) =>
      `Some labels have few rows and will easily be missed (${labels}). Add rows, or use “Weight of rare labels” in the train room.`,
    even: 'Every label has the 100 rows that are advised, or more.',
    equal: (rows) =>
      `Every label has ${plural(rows, 'row')}. About 100 rows for each label make sorting steady.`,
    fewest: (labels, rows) =>
      `The fewest rows of a label: ${rows} (${labels}). About 100 rows for each label make sorting steady.`,
    none: 'No column of texts and column of labels has been found yet. Choose “Text” and “Label” in the list of columns above.',
    needLabels: 'Choose the columns that are “Text” and “Label” to continue.',
    needRows: 'Add at least two rows of texts with labels to continue.',
    others: (count) => `The other ${count} rows are not used for sorting.`
  },
  presets: {
    quick: 'A part of the rows shows first whether the labels can be told apart.',
    quickOfAll: 'A short run shows first whether the labels can be told apart.',
    balanced: 'The usual training: a part beside the model learns, the model itself stays.',
    quality: 'More is trained and it takes longer: for many labels that are alike.'
  },
  home: { headline: 'See how well it sorts.', seen: 'Looked at. Ready to export' },
  working: 'Sorting the held-out rows.',
  scores: 'How well',
  scoresOn: (rows) => `on ${rows} held-out rows`,
  leftOut: (rows) => `${rows} rows could not be sorted, or have a label that was not learnt.`,
  threshold: 'Least probability of a label',
  thresholdHint: 'Lower gives more labels; higher gives only those that are sure.',
  classes: 'By label',
  classesHelp: 'Choose a label to see its rows below.',
  label: 'Label',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  rows: 'Rows',
  confusion: 'What was taken for what',
  confusionHelp: 'Down: what it is. Across: what was said. Choose a number to see its rows below.',
  is: 'What it is',
  confused: 'Most often confused',
  cell: (is, said, rows) => `${rows} rows: ${is} taken for ${said}`,
  behind: 'Rows',
  wrong: 'Rows that are wrong',
  ofLabel: (label) => `Rows that are “${label}”`,
  ofCell: (is, said) => `Rows that are “${is}” and were called “${said}”`,
  all: 'Back to the rows that are wrong',
  noRows: 'There are no such rows.',
  text: 'Text',
  expected: 'What it is',
  said: 'What was said',
  probability: 'Probability',
  nothingSaid: 'none',
  tryTitle: 'Try a text',
  tryExample: 'e.g. My parcel has not arrived yet.',
  tryAct: 'Sort it',
  tryResult: 'What was said',
  fileTitle: 'Sort every row of a file',
  fileText:
    'Choose a table (CSV, Excel and others): every row is sorted, and a CSV file with all its columns, a label and a probability is saved. Nothing is sent anywhere.',
  fileAct: 'Choose a file',
  fileColumn: 'Column of the texts',
  fileRows: (rows) => `${rows} rows. The other columns stay as they are.`,
  fileStart: (rows) => `Sort ${rows} rows`,
  fileOther: 'Choose another file',
  fileStop: 'Stop',
  fileStopped: 'Stopped. Nothing was saved.',
  fileLooking: 'Reading the file.',
  fileWorking: 'Sorting.',
  fileSoFar: (done, total) => `${done} / ${total} rows`,
  fileDone: (rows, name) => `${rows} rows were sorted and saved as “${name}”.`,
  fileUnread: (rows) => `${rows} rows have no label; their last column says why.`,
  help: [
    {
      word: 'Accuracy',
      text: 'The share of rows that were sorted right. Labels with many rows count most in it.'
    },
    {
      word: 'Precision',
      text: 'Of the rows that were given this label, the share that really have it. Low: it is given too often.'
    },
    {
      word: 'Recall',
      text: 'Of the rows that really have this label, the share that was found. Low: they are missed.'
    },
    {
      word: 'F1',
      text: 'Precision and recall in one number. Macro counts every label the same, micro pools all decisions, weighted counts labels by their rows.'
    }
  ],
  exampleHelp: {
    word: 'Examples',
    term: 'training data',
    text: 'A row of a text and its label. The more rows each label has, the better labels are told apart.'
  }
}
