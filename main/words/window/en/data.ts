// Words of data and model.
import type { DataWords, ModelWords } from '../ja/data'
import { plural } from '../../plural'

export const data: DataWords = {
  titleEmpty: 'Add the files to learn from',
  title: 'Check what was read',
  titleLoading: 'Opening your examples',
  titleFailed: 'Your examples could not be opened',
  loading: 'Reading the files again',
  opening: 'Opening the list',
  openAgain: 'Open again',
  lead: 'Your files stay as they are.',
  tabsLabel: 'Views of the data',
  tabs: { files: 'Files and columns', check: 'Check-up', rows: 'All examples', refused: 'Not read' },
  drop: 'Drop files or a folder here, or ',
  dropMore: 'Drop more here, or ',
  chooseFiles: 'choose files',
  chooseFolder: 'choose a folder',
  formats:
    'Excel (xlsx), CSV, TSV, JSON, JSONL, Parquet, Word (docx), LibreOffice (ods, odt), mails (eml, mbox), text and Markdown. The encoding is detected for you.',
  reading: (file) => `Reading ${file}`,
  readingCount: (done, total) => (total === '' ? plural(done, 'row') : `${done} / ${total}`),
  cancelReading: 'Stop reading',
  receiving: (file) => `Adding ${file} (it stays on this PC)`,
  cancelReceiving: 'Stop adding',
  moreFailed: (n) => `${n} more ${n === '1' ? 'file' : 'files'} could not be added.`,
  leftOut: (n) =>
    `${n} ${n === '1' ? 'file' : 'files'} of other kinds in the folder ${n === '1' ? 'was' : 'were'} left out.`,
  files: 'Files',
  pairs: (n) => plural(n, 'example'),
  refusedParts: (n) => `${n} not read`,
  remove: 'Remove',
  removed: (file) => `${file} was removed. The original file is unchanged.`,
  select: (file) => `Show the columns of ${file}`,
  shapes: {
    instruction: 'instruction, input, output',
    'prompt-completion': 'prompt and completion',
    'question-answer': 'question and answer columns',
    messages: 'conversations (messages)',
    conversations: 'conversations (ShareGPT)',
    text: 'text',
    preference: 'a preferred reply and another',
    rated: 'answers, liked or not',
    'text-label': 'text and label columns'
  },
  pairsByLayout: 'questions and answers',
  sheets: (name, more) => `Sheet "${name}"${more > 0 ? ` and ${more} more` : ''}`,
  languages: { ja: 'Japanese', en: 'English', mixed: 'Japanese and English', other: 'another language' },
  titles: (row, above) =>
    `Row ${row} was read as the header row. ${above === 1 ? 'Row 1 is' : `Rows 1–\u2060${above} are`} not used.`,
  unsure: 'Detected with low confidence. Please check the columns below.',
  because: (reason) => `: ${reason}`,
  fields: {
    'not-learnt': (field, n) => `${plural(n, 'answer')} not learnt (marked by ${field})`,
    thinking: (field, n) =>
      `${plural(n, 'answer')} with reasoning (${field}): learnt where the model’s chat template has a place for it, otherwise left out`,
    'not-read': (field, n) =>
      `“${field}” is not used (${plural(n, 'time')}): please check that this does not change the meaning`,
    escapes: (field, n) =>
      `${plural(n, 'example')} with ${field} as two characters instead of a line break: learnt as written`,
    encoded: (field, n) =>
      `${plural(n, 'example')} in the notation of another program (${field}): learnt as written. Save it from there as plain text`,
    template: (field, n) =>
      `${plural(n, 'example')} with marks of a template (${field}): learnt as written. Save the conversations themselves, with their places filled in`,
    questions: (_, n) =>
      `${plural(n, 'question')} within one text: it is learnt as a text, not as questions and answers. To learn the answers, put Q: and A: before them`,
    quoted: (field, n) => `${plural(n, 'example')} with a quoted mail (${field}…): learnt as written`,
    cut: (field, n) =>
      `${plural(n, 'answer')} may be cut off (${field === '…' ? 'they end in …' : `all ${field} characters long`}): learnt as written. Check them in the program they came from`,
    subtitles: (field, n) =>
      `${plural(n, 'example')} with times of subtitles (${field}): learnt as written. Save the transcript without times`,
    table: (field, n) =>
      `${plural(n, 'table')} inside the text (${field}…): learnt as text, not row by row. To learn its rows, save the table alone as a file`,
    choices: (field, n) => `${plural(n, 'example')} with boxes (${field}): only what is ticked is learnt`,
    boxes: (field, n) =>
      `${plural(n, 'example')} with boxes to tick (${field}): learnt as written, ticked or not`,
    swapped: (field, n) =>
      `Questions and answers seem to have changed places (${field}; ${plural(n, 'answer')} that ask): please check which column is which`,
    bare: (field, n) =>
      `${plural(n, 'answer')} nothing but a number or an address (${field}): learnt as written. Please check that the column holds the answers themselves`,
    'second-table': (field, n) =>
      `Another table seems to begin in row ${field}: its ${plural(n, 'row')} are learnt like those above. Take them out and save again if they are not wanted`,
    speaker: (field, n) =>
      `${plural(n, 'answer')} begin with a name or word of the same kind (“${field}”): learnt too. Take it out and save again if it is not wanted`,
    several: (field, n) =>
      `${plural(n, 'example')} with several questions in one cell (${field}…): learnt as one question. If they are ways to ask the same, give each a row of its own`,
    marked: (field, n) =>
      `${plural(n, 'example')} whose question and answer begin with marks (${field}…): they are learnt too. Take them out and save again if they are not wanted`,
    'old-sheet': (field, n) =>
      `Sheet “${field}” is an older one or a copy, by its name (${plural(n, 'example')}): it is learnt together with the others. Leave it out if it is not wanted`,
    'old-file': (field, n) =>
      `“${field}” is an older file or a copy, by its name (${plural(n, 'example')}): it is learnt together with the others. Remove it if it is not wanted`,
    'checking-file': (field, n) =>
      `“${field}” was made for checking, by its name (${plural(n, 'example')}): it is learnt together with the others. Remove it here and check with it (--held-out) if that is what it is for`,
    apart: (field, n) =>
      `${plural(n, 'text')} with letters and marks kept apart (${field}…), as some Macs write them: they are put together`,
    'label-forms': (field, n) =>
      `${field} are learnt as different labels (${plural(n, 'example')} in the rarer form). Write them alike if they are one`,
    comments: (_, n) => `${plural(n, 'comment')} in the margin: not learnt`,
    aside: (field) => `not learnt: ${field}`,
    pair: (field, n) =>
      `${plural(n, 'text')} with a question and its answer in one cell (${field}…): learnt as a text. Put them into two columns to learn the answers`,
    styles: (field, n) =>
      `${plural(n, 'style')} of this page are not followed (such as ${field}): text that the page hides may be learnt. Opening it in a spreadsheet and saving it there is safe`,
    invisible: (field, n) =>
      `${plural(n, 'example')} with invisible characters (${field}): learnt as written`,
    formula: (field, n) =>
      `${plural(n, 'example')} with a formula (${field}…) instead of what its cell shows: learnt as written. Save the table from Excel with its values`,
    markup: (field, n) => `${plural(n, 'example')} with web page codes such as ${field}: learnt as written`
  },
  doubtfulWords: (words: string) => ` (“${words}”)`,
  sure: { high: 'certain', fair: 'fairly certain', low: 'please check' },
  doubts: {
    'two-encodings': 'It can also be read in another encoding: look for garbled characters.',
    'damaged-text': 'A few characters cannot be read.',
    'misread-before':
      'It seems to have been opened in the wrong encoding once and saved with garbled characters.',
    'several-delimiters': 'More than one character could be the delimiter.',
    'mended-quotes': 'Some quotation marks did not match; the rows were read by their number of columns.',
    'no-delimiter': 'No delimiter was found in the header row.',
    'unknown-names': 'None of the usual column names were found; this row looks like a header.',
    'no-names': 'There seems to be no header row: check which column is the question and which the answer.',
    'guessed-columns': 'Worked out from the column names.',
    'guessed-pairs': 'Questions and answers were worked out from the layout of the document.',
    'mixed-languages': 'It also contains other languages.',
    'little-text': 'There is very little text to go by.'
  },
  parts: {
    encoding: 'Encoding',
    delimiter: 'Delimiter',
    header: 'Header row',
    shape: 'Read as',
    language: 'Language'
  },
  delimiters: {
    ',': 'Comma (,)',
    '\t': 'Tab',
    ';': 'Semicolon (;)',
    '|': 'Pipe (|)',
    '~': 'Tilde (~)',
    '^': 'Caret (^)',
    '\u0001': 'Control-A (of databases)',
    '\u001f': 'Unit separator (of databases)'
  },
  headerAt: (row) => `row ${row}`,
  headerNone: 'No header row',
  headerChosen: 'Choose the row',
  headerRow: 'Header row',
  headerNumber: (name) => `${name}, number`,
  sheetsTitle: 'Sheets',
  sheetHeader: (sheet) => `Header row of “${sheet}”`,
  sheetRows: (n) => plural(n, 'row'),
  sheetUse: {
    unusable: 'Not used: no questions and answers found',
    'left-out': 'Not used',
    hidden: 'Not used: hidden in Excel'
  },
  lastSheet: 'At least one sheet is needed',
  mappingBack: 'Assign columns automatically again',
  amount: {
    none: 'No examples yet',
    few: (n) => `${plural(n, 'example')}. About 500 make a tone reliable`,
    enough: (n) => `${n} examples: enough for a tone`,
    many: (n) => `${n} examples: plenty`,
    repeated: (size, all) => `${size} (without repeats; ${all} in all)`,
    made: (size, made) => `${size} (without the ${made} made from others)`
  },
  mapTitle: 'Which columns are the question and the answer?',
  mapTitleLabels: 'Which columns are the text and the label?',
  mapTitleText: 'Check how it was read',
  textAlone:
    'This is text without questions: its wording is learnt, but not how to answer. To teach answers too, add a table with a column of questions and one of answers.',
  mapFrom: (file) => `This is how ${file} was read.`,
  askedMessages: 'Conversation (up to the question)',
  roles: {
    question: 'Question',
    answer: 'Answer (learnt)',
    subject: 'Subject (before the question)',
    instruction: 'Instruction',
    input: 'Extra context (after the question)',
    system: 'Opening instruction',
    history: 'Earlier turns',
    messages: 'Conversation (answers learnt)',
    text: 'Text (learnt)',
    label: 'Label (what it is sorted as)',
    chosen: 'Preferred reply',
    rejected: 'Other reply',
    verdict: 'Rating',
    none: 'Not used'
  },
  rolesBehind: {
    'question+': 'Joined to the question',
    'answer+': 'Joined to the answer (learnt)',
    'instruction+': 'Joined to the instruction',
    'text+': 'Joined to the text (learnt)'
  },
  moveUp: (column) => `Join “${column}” one place earlier`,
  splitTitle: 'Split',
  splitNone: 'Not split: one text',
  splitWays: {
    questions: 'By marks (Q and A) or headings',
    mails: 'By mails and their replies',
    dates: 'By speaker, with or without dates'
  },
  splitCount: (way, n) => `${way}: ${plural(n, 'pair')} near the beginning`,
  splitFound: {
    questions: 'This text has questions and answers (marked Q and A, or as headings).',
    mails: 'This text looks like mails and their replies.',
    dates: 'This text looks like a record of who said what.'
  },
  splitOffer: (n) => `It can be split into pairs of question and answer (${n} near the beginning alone).`,
  splitDo: 'Split into pairs',
  noColumns: 'Questions and answers were read from the headings, tables and layout of the document.',
  encoding: 'Encoding',
  shape: 'Read as',
  automatic: (found) => `Automatic (${found})`,
  automaticAgain: 'Back to automatic',
  previewTitle: 'What the model will see',
  previewOf: (n, all) => `${n} / ${all}`,
  user: 'The person asking',
  assistant: 'Your reply',
  system: 'Opening instruction',
  learnt: 'Only the coloured part is learnt.',
  notLearnt: (goal) => `This row is not learnt for the goal “${goal}”.`,
  tokens: (n) => plural(n, 'token'),
  cut: (n) => `${plural(n, 'token')} beyond the length limit ${n === '1' ? 'is' : 'are'} cut off.`,
  previewOpening: 'Opening the preview',
  noPreview: 'No row could be read as an example. Try assigning the columns differently.',
  raw: 'Show the actual text',
  normaliseTitle: 'Inconsistent characters',
  normaliseLead:
    'Making characters consistent lets the model learn the same word as one. Nothing changes unless you choose it.',
  normalise: {
    'half-width-kana': 'Half-width kana to full width',
    'full-width-ascii': 'Full-width letters and digits to half width',
    nfkc: 'Unify characters such as ① and ㎏ (NFKC)',
    'trailing-space': 'Remove spaces at line ends'
  },
  places: (n) => plural(n, 'place'),
  split: (train, heldOut, share) =>
    `${train} to learn from, ${heldOut} held out (${share} of all). You can change the share under Train, in the details.`,
  lengthTitle: 'Lengths',
  lengthAxes: { x: 'Length (tokens)', y: 'Examples' },
  lengthLimit: (n) => `Limit ${n}`,
  lengthRange: (from, to) => `${from}–${to} tokens`,
  lengthLead: (median, longest) => `Median ${median}, longest ${longest} tokens`,
  lengthCut: (counted, limit) => `${counted} over the limit of ${limit} tokens; the end is cut off.`,
  lengthFits: (limit) => `All fit within the limit of ${limit} tokens.`,
  lengthParted: (limit) => `Texts over the limit of ${limit} tokens are learnt in parts; nothing is cut off.`,
  counting: 'Counting lengths…',
  asRead: 'See the original table',
  asReadLead:
    'From the heading row down, exactly as in the file. Rows above it and empty columns are left out.',
  asReadMail: 'Questions and answers as they were read from the mails, one pair in a row.',
  asReadFile: 'File to show',
  noSource: 'No row can be read this way.',
  search: 'Search the examples',
  vanished: (word) => `The example you edited no longer contains “${word}”, so this search does not show it.`,
  searchNothing: 'Clear the search',
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
    mending: 'What was done',
    inFile: 'In the file',
    taken: 'Read as',
    acts: 'Actions'
  },
  many: {
    filter: 'Filter',
    filterBy: 'Filter by what the check-up finds',
    checking: 'Checking…',
    all: 'All rows',
    finding: (title, rows) => `${title} (${rows})`,
    order: 'Order',
    orders: {
      file: 'As in the files',
      question: 'By question',
      shortest: 'Shortest answers first',
      longest: 'Longest answers first'
    },
    select: 'Select this row',
    selected: (rows) => `Rows selected: ${rows}`,
    selectAll: (rows) => `Select all ${rows} that were found`,
    allSelected: (rows) => `All ${rows} that were found are selected`,
    clear: 'Clear selection',
    drop: 'Leave out the selected',
    dropped: (rows) => `Left out: ${rows} rows.`,
    replace: 'Replace words',
    replaceText: 'In all texts of the selected rows. The files stay as they are, and it can be undone later.',
    from: 'Words to find',
    to: 'Replace with',
    replaced: (rows) => `Words were replaced in ${rows} rows.`,
    apply: 'Replace',
    none: 'No row meets these conditions.'
  },
  heldOutTag: 'held out',
  unusedTag: 'not used for this goal',
  editedTag: 'edited',
  edit: 'Edit',
  drop1: 'Leave out',
  dropped: 'One example was left out.',
  emptyPair: 'Fill in both the question and the answer to save.',
  emptyText: 'Fill in the text to save.',
  saveEdit: 'Save changes',
  page: (from, to, all) => (from === to ? `${from} of ${all}` : `${from}–\u2060${to} of ${all}`),
  noRefused: 'Everything was read.',
  refusedLead:
    'These rows and sheets are not used for training yet. Where there is one, choose “Fix” to write what is missing here, or save the list, fill it in with Excel and add that file.',
  saveRefused: 'Save the list',
  mendedTitle: 'Rows read with a correction',
  mendedLead: (n) =>
    `${plural(n, 'row')} could not be read as written and were read by their number of columns. They are used for training, so check that they are right.`,
  mendedFirst: (n) => ` The first ${n} are shown.`,
  mendings: {
    backslash: 'quotation marks with a backslash were read as part of the text',
    'own-line': 'an open quotation mark was read as text, and the row ends with its line',
    'inner-mark': 'the text behind a quotation mark was kept in its cell',
    nul: 'characters that cannot be shown (NUL) were removed'
  },
  wholeSheet: 'Whole sheet',
  wholeFile: 'Whole file',
  putRight: 'Fix',
  putRightLead:
    'With every field below filled in, this row becomes an example too. Your file stays as it is.',
  putRightLeadText: 'With some text, this row becomes an example too. Your file stays as it is.',
  putRightPlace: (file, row) => `${file}, row ${row}`,
  asItStands: 'The row as it is in the file',
  putRightSave: 'Use as an example',
  putRightDone: 'The row is now an example. You will find it under “All examples”.',
  copies: (n, size) =>
    `${n === '1' ? 'A copy of a file that is not in use now is' : `Copies of ${n} files that are not in use now are`} kept (${size}).`,
  copiesWhy: 'That is for Undo and Redo. Your own files are not touched by it.',
  emptyCopies: 'Delete the copies',
  copiesEmptied: (n, size) => `${n === '1' ? 'The copy was' : `${n} copies were`} deleted (${size}).`,
  changes: {
    add: (file, more) => `adding ${file}${more > 0 ? ` and ${more} more` : ''}`,
    remove: (file) => `removing ${file}`,
    overrides: (file) => `how ${file} is read`,
    'as-meant': (file) => `reading ${file} to suit the goal`,
    normalisation: () => 'making characters consistent',
    edit: (file) => `an edit in ${file}`,
    'put-right': (file) => `a row fixed in ${file}`,
    'leave-out': (file) => `leaving out an example from ${file}`,
    rows: () => 'the change of several rows',
    repair: () => 'a repair of the check-up',
    check: () => 'what the check-up allows'
  },
  undo: (change) => `Undo: ${change}`,
  redo: (change) => `Redo: ${change}`,
  undoTitle: (n) => `Undo adding ${n} files?`,
  undoText: 'These files will leave the list. The originals stay where they are.',
  undoNot: 'Keep them',
  undoFiles: 'Undo',
  unchanged: 'Your files stay as they are.',
  next: 'Next: choose a model',
  needMore: 'Add at least two examples to continue.',
  otherKinds: (n, goal) =>
    `${plural(n, 'row')} will not be used for the goal “${goal}”: made for another one (rows with labels or ratings, for instance). Change the goal, or choose other parts for the columns.`,
  otherKindsStay: (n, goal) =>
    `${plural(n, 'row')} will not be used for the goal “${goal}”. ${n === '1' ? 'It' : 'They'} can stay where ${n === '1' ? 'it is' : 'they are'}.`,
  madeAnswers: {
    preference:
      'To use the preferred answers as examples, set their column to “Answer (learnt)” and the other one to “Not used”.',
    rated: 'To use only the answers that are rated good, set the column of ratings to “Not used”.'
  },
  notUsed: 'not used',
  forExperts: 'used only where answers and sorted texts are learnt at once',
  toGoal: 'Change the goal',
  help: [
    {
      word: 'Examples',
      term: 'training data',
      text: 'Pairs of a question and your reply, shown to the model. The more there are, and the more consistent their style, the steadier the tone.'
    },
    {
      word: 'Held out',
      term: 'held-out part',
      text: 'Examples kept out of training. The model answers them to show that it learnt the tone rather than the texts by heart.'
    },
    {
      word: 'Token',
      text: 'The small unit in which a model reads text. Longer examples have more tokens and need more time and memory.'
    },
    {
      word: 'Encoding',
      text: 'The rule by which a file stores its characters. With the wrong one the text is garbled: if you cannot read the preview, choose another.'
    },
    {
      word: 'Read as',
      term: 'shape',
      text: 'Where in the file the questions and the answers are. In a table the columns tell; in a record of conversations, the speakers.'
    },
    {
      word: 'Unifying characters',
      term: 'NFKC',
      text: 'A rule that replaces special characters, such as ① or ㎏, with ordinary ones of the same meaning. The same word is then learnt as one, but replies no longer use the special character.'
    }
  ]
}

export const model: ModelWords = {
  title: 'Choose the model to build on',
  lead: 'Size and time are estimated for this PC. The base model stays as it is; only a small difference is learnt.',
  listLabel: 'Models',
  builtIn: 'Practice model',
  builtInText:
    'A small model that comes with Neiro, for trying things out. For real work, choose a larger one.',
  add: 'Choose a model folder',
  addFile: 'Choose a GGUF file',
  addText: 'A model of your own (a folder or a GGUF file) can be dropped here or chosen.',
  forget: 'Remove from the list',
  forgotten: (name) => `${name} was removed from the list. Its folder is unchanged.`,
  onlySorts: 'This model sorts texts. It cannot learn a tone.',
  facts: {
    sorts: 'for sorting (writes no texts)',
    size: (size, parameters) => `Size ${size} (${parameters} parameters)`,
    family: (family) => `Kind ${family}`,
    licence: (licence, commercial) => `Licence ${licence}${commercial ? ' (commercial use allowed)' : ''}`,
    noLicence: 'No licence stated',
    languages: (list) => `Languages ${list}`,
    precision: (dtype) => `Numbers as ${dtype}`,
    template: 'Supports chat',
    noTemplate: 'No chat support'
  },
  loses: (characters) =>
    `This model cannot read characters such as ${characters}. Training with it would lose them.`,
  fits: 'Fits this PC',
  tight: 'Fits if other apps are closed',
  tooLarge: 'Too large for this PC',
  packed: 'To fit into memory, the model is packed into 4 bits for training. Answers may differ slightly.',
  memory: (need, have) => `Memory ${need} / ${have}`,
  time: (time) => `Training ${time}`,
  missing: (size) => `${size} more memory is needed. Close other apps or choose a smaller model.`,
  measuring: 'Measuring…',
  measureAgain: 'Measure again',
  looking: 'Checking the models',
  next: 'Next: prepare training',
  chooseFirst: 'Choose a model to continue.',
  modelsTitle: 'Models',
  modelsLead: 'The models on this PC, and those you can download.',
  help: [
    {
      word: 'Base model',
      text: 'A published model that can already write. Larger ones answer better but need more memory and time.'
    },
    {
      word: 'B',
      term: 'parameters',
      text: 'The size of a model: 1B is a billion numbers. Larger models answer better and run slower.'
    },
    {
      word: 'Licence',
      text: "The author's terms of use. Before using a model at work, check that they allow commercial use."
    }
  ]
}
