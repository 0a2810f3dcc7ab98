// Words of data and model.
import type { DataWords, ModelWords } from '../ja/data'
import { plural } from '../../plural'

export const data: DataWords = {
  titleEmpty: 'Add the files to learn from',
  title: 'Check what was read',
  titleLoading: 'Opening your examples',
  titleFailed: 'The examples could not be opened',
  loading: 'Reading the files again',
  openAgain: 'Open again',
  lead: 'Your files stay as they are.',
  tabsLabel: 'Views of the data',
  tabs: { files: 'Files and columns', rows: 'All pairs', refused: 'Unread rows' },
  drop: 'Drop files or a folder here, or ',
  dropMore: 'Drop more here, or ',
  chooseFiles: 'choose files',
  chooseFolder: 'choose a folder',
  formats: 'Excel (xlsx), CSV, TSV, JSON, JSONL, Word (docx), text and Markdown. Encodings are recognised.',
  reading: (file) => `Reading ${file}`,
  readingCount: (done, total) => (total === '' ? plural(done, 'row') : `${done} / ${total}`),
  cancelReading: 'Stop reading',
  receiving: (file) => `Taking in ${file} (it stays on this PC)`,
  cancelReceiving: 'Stop taking in',
  moreFailed: (n) => `${n} more ${n === '1' ? 'file was' : 'files were'} not taken in.`,
  leftOut: (n) =>
    `${n} ${n === '1' ? 'file' : 'files'} of other kinds in the folder ${n === '1' ? 'was' : 'were'} left out.`,
  files: 'Files',
  pairs: (n) => plural(n, 'pair'),
  refusedRows: (n) => plural(n, 'unread row'),
  remove: 'Remove',
  removed: (file) => `${file} was removed. The file itself is untouched.`,
  select: (file) => `Show the columns of ${file}`,
  shapes: {
    instruction: 'instruction, input, output',
    'prompt-completion': 'prompt and completion',
    'question-answer': 'Q and A columns',
    messages: 'conversations (messages)',
    conversations: 'conversations',
    text: 'text'
  },
  sheets: (name, more) => `Sheet "${name}"${more > 0 ? ` and ${more} more` : ''}`,
  languages: { ja: 'Japanese', en: 'English', mixed: 'Japanese and English', other: 'another language' },
  titles: (row: string, list: string) =>
    `Row ${row} names the columns; what stands above it (${list}) is left out.`,
  unsure: 'Not certain: please check below how it was read.',
  because: (reason) => `: ${reason}`,
  sure: { high: 'certain', fair: 'fairly certain', low: 'please check' },
  doubts: {
    'two-encodings': 'It can be read in another encoding too: look for garbled characters.',
    'damaged-text': 'A few characters cannot be read.',
    'several-delimiters': 'More than one sign could divide the cells.',
    'no-delimiter': 'Nothing divides the row of names.',
    'unknown-names': 'No name is a known one; the row was taken because it looks like names.',
    'no-names': 'The columns seem to have no names: check which is question and answer.',
    'guessed-columns': 'Guessed from the names of the columns.',
    'guessed-pairs': 'Questions and answers were guessed from the form of the document.',
    'mixed-languages': 'Other languages are mixed in.',
    'little-text': 'There is little text to tell by.'
  },
  parts: {
    encoding: 'Encoding',
    delimiter: 'Delimiter',
    header: 'Column names',
    shape: 'How to read it',
    language: 'Language'
  },
  delimiters: { ',': 'Comma (,)', '\t': 'Tab', ';': 'Semicolon (;)', '|': 'Upright line (|)' },
  headerAt: (row) => `row ${row}`,
  headerNone: 'No row of names',
  headerChosen: 'Choose the row',
  headerRow: 'Row of column names',
  headerNumber: (name) => `${name}, number`,
  sheetsTitle: 'Sheets',
  sheetHeader: (sheet) => `Row of column names in "${sheet}"`,
  sheetRows: (n) => plural(n, 'row'),
  sheetUse: {
    unusable: 'Not used: no questions and answers found',
    'left-out': 'Not used',
    hidden: 'Not used: hidden in Excel'
  },
  lastSheet: 'One sheet stays',
  mappingBack: 'Choose columns automatically again',
  amount: {
    none: 'No examples yet',
    few: (n) => `${plural(n, 'pair')}. About 500 make a tone reliable`,
    enough: (n) => `${n} pairs. Enough for a tone`,
    many: (n) => `${n} pairs. Plenty`
  },
  mapTitle: 'Which columns are question and answer?',
  mapFrom: (file) => `This is how ${file} was read.`,
  roles: {
    question: 'Question',
    answer: 'Answer (learnt)',
    instruction: 'Instruction',
    input: 'Extra input',
    system: 'Opening instruction',
    text: 'Text (learnt)',
    none: 'Not used'
  },
  noColumns: 'There are no columns to choose in this file; its form was read as it is.',
  encoding: 'Encoding',
  shape: 'How to read it',
  automatic: (found) => `Automatic (${found})`,
  automaticAgain: 'Automatic again',
  previewTitle: 'What the model will see',
  previewOf: (n, all) => `${n} / ${all}`,
  user: 'Person asking',
  assistant: 'Your reply',
  system: 'Opening instruction',
  learnt: 'Only the indigo part is learnt.',
  tokens: (n) => plural(n, 'token'),
  cut: (n) => `${plural(n, 'token')} beyond the limit cut off.`,
  noPreview: 'No row could be read as an example. Try another choice of columns.',
  raw: 'Show the actual text',
  normaliseTitle: 'Differences of writing',
  normaliseLead:
    'Making them even lets the same word be learnt as the same. Nothing is changed unless you choose it.',
  normalise: {
    'half-width-kana': 'Half-width kana to full width',
    'full-width-ascii': 'Full-width letters and digits to half width',
    nfkc: 'Other forms of characters (NFKC)',
    'trailing-space': 'Remove spaces at line ends'
  },
  places: (n) => plural(n, 'place'),
  split: (train, heldOut) => `${plural(train, 'pair')} to learn, ${heldOut} held out`,
  lengthTitle: 'How long they are',
  lengthLead: (median, longest) => `Median ${median}, longest ${longest} tokens`,
  lengthCut: (n, limit) => `${plural(n, 'pair')} beyond the limit of ${limit} tokens: the end is cut off.`,
  lengthFits: (limit) => `All fit within the limit of ${limit} tokens.`,
  counting: 'Counting lengths…',
  asRead: 'As read',
  asReadLead: 'Columns and rows as they stand in the file.',
  asReadFile: 'File to look at',
  noSource: 'No row can be read in this form.',
  search: 'Search the pairs',
  noRows: (word) => `No row contains "${word}".`,
  columns: {
    row: 'Row',
    sheet: 'Sheet',
    text: 'Text',
    question: 'Question',
    answer: 'Answer',
    file: 'File',
    reason: 'Reason',
    excerpt: 'Beginning',
    acts: 'Actions'
  },
  heldOutTag: 'held out',
  editedTag: 'edited',
  edit: 'Edit',
  drop1: 'Leave out',
  dropped: 'One pair was left out.',
  emptyPair: 'Write both question and answer to save.',
  emptyText: 'Write the text to save.',
  saveEdit: 'Save the edit',
  page: (from, to, all) => `${from}–${to} of ${all}`,
  noRefused: 'Every row could be read.',
  refusedLead: 'These rows are not used. See the reason, correct the file and add it again.',
  saveRefused: 'Save the list',
  undo: {
    add: (file) => `Undo: adding ${file}`,
    remove: (file) => `Undo: removing ${file}`,
    overrides: (file) => `Undo: how ${file} is read`,
    normalisation: () => 'Undo: evening out the writing',
    edit: (file) => `Undo: an edit in ${file}`,
    'leave-out': (file) => `Undo: leaving out a pair of ${file}`
  },
  unchanged: 'Your files stay as they are.',
  next: 'Next: choose a model',
  needMore: 'Add two or more pairs to go on.',
  help: [
    {
      word: 'Examples',
      term: 'training data',
      text: 'Pairs of a question and your reply, shown to the model. The more there are and the more alike their style, the steadier the tone.'
    },
    {
      word: 'Held out',
      term: 'held-out part',
      text: 'Examples kept out of training. The model answers them to show that it learnt the tone and not the texts by heart.'
    },
    {
      word: 'Token',
      text: 'The small unit in which a model reads text. Longer pairs have more tokens and take more time and memory.'
    },
    {
      word: 'Encoding',
      text: 'The convention by which a file writes down its characters. With the wrong one the text is garbled: when the preview cannot be read, choose another.'
    },
    {
      word: 'How to read it',
      term: 'shape',
      text: 'The form of the file: where the question stands and where the answer. In a table the columns tell, in a record of conversations the speakers.'
    },
    {
      word: 'Forms of characters',
      term: 'NFKC',
      text: 'A rule that rewrites characters of the same meaning, such as ① or ㎏, in their ordinary form. The same word is then learnt as the same, but the replies no longer use the special form.'
    }
  ]
}

export const model: ModelWords = {
  title: 'Choose the model to build on',
  lead: 'The base model is not rewritten; only a small difference is learnt.',
  listLabel: 'Models',
  builtIn: 'Practice model, built in',
  builtInText: 'A small model to try the path with. For real work choose the folder of a larger one.',
  add: 'Choose a model folder',
  addText: 'A folder in Hugging Face form (config.json and safetensors).',
  forget: 'Remove from the list',
  forgotten: (name) => `${name} was removed from the list. Its folder is untouched.`,
  facts: {
    size: (size, parameters) => `${size} (${parameters})`,
    licence: (licence) => `Licence ${licence}`,
    noLicence: 'No licence stated',
    languages: (list) => `Languages ${list}`,
    precision: (dtype) => `Precision ${dtype}`,
    template: 'Chat template',
    noTemplate: 'No chat template'
  },
  loses: (characters) =>
    `This model cannot read characters such as ${characters}. They would be lost in training.`,
  fits: 'Fits this PC',
  tight: 'Fits when other programs are closed',
  tooLarge: 'Too large for this PC',
  memory: (need, have) => `${need} / ${have}`,
  time: (time) => `Training ${time}`,
  missing: (size) => `${size} of memory are missing. Close other programs or choose a smaller model.`,
  measuring: 'Measuring…',
  measureAgain: 'Measure again',
  looking: 'Looking at the models',
  next: 'Next: prepare training',
  chooseFirst: 'Choose a model to go on.',
  modelsTitle: 'Models',
  modelsLead: 'Models you can use on this PC.',
  help: [
    {
      word: 'Base model',
      text: 'A published model that can already write. Larger ones answer better but take more memory and time.'
    },
    {
      word: 'B',
      term: 'parameters',
      text: 'The size of a model: 1B is a billion numbers. Larger is better and slower.'
    },
    {
      word: 'Licence',
      text: "The author's terms of use. Check that they allow commercial use before you work with it."
    }
  ]
}
