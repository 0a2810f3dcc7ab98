// Words of home and goal.
import type { Goal, Home } from '../ja/home'

export const home: Home = {
  welcome: 'Teach AI the way you write.',
  welcomeLead:
    "Neiro learns your company's tone from past emails and FAQs. Everything happens on this PC; nothing is sent anywhere.",
  example: 'Example',
  sameQuestion: 'The same question, in a different tone.',
  after: 'After training',
  trySample: 'Try it with the sample',
  ownFiles: 'Start with my files',
  sampleTakes: 'The sample takes about 2 minutes. No download.',
  three: [
    { title: 'Drop your files', text: 'Excel, CSV, Word or text, just as they are.' },
    {
      title: 'Let it learn',
      text: 'The suggested settings are a good start. Training goes on with the window closed.'
    },
    { title: 'Compare, then export', text: 'When you are happy with it, export it for use in other apps.' }
  ],
  back: 'Welcome back',
  newProject: 'New project',
  openFolder: 'Open a project',
  handed: {
    title: 'Add these files as examples?',
    text: 'The files themselves stay as they are.',
    more: (n) => `and ${n} more`,
    into: 'Add to project',
    fresh: (name) => `A new project, “${name}”`,
    leave: 'Do not add',
    add: 'Add as examples'
  },
  other: 'Other projects',
  runs: 'Runs',
  compareRuns: 'Compare runs',
  stepOf: (step, all) => `Step ${step} of ${all}`,
  headlineRead: 'Check what was read from your files.',
  headline: {
    goal: 'Start with what it should learn.',
    data: 'Add the files to learn from.',
    model: 'Choose the model to build on.',
    train: 'Ready to train.',
    waiting: 'Training is waiting for its turn.',
    awaited: 'Awaiting the result of a training elsewhere. Once it is done, take it back here.',
    paused: 'Training is paused.',
    interrupted: 'Training was interrupted. You can resume it.',
    failed: 'Training did not succeed. See why, and try again.',
    compare: 'Read the answers side by side and see how it turned out.',
    export: 'Choose how to export it.'
  },
  headlineTraining: {
    tone: 'It is learning your tone.',
    sort: 'It is learning to sort texts.',
    prefer: 'It is learning what you prefer.',
    documents: 'It is learning how your documents are written.'
  },
  headlineExported: {
    tone: 'The model that learnt your tone is exported.',
    sort: 'The model that learnt to sort is exported.',
    prefer: 'The model that learnt what you prefer is exported.',
    documents: 'The model that learnt from your documents is exported.'
  },
  headlineExportedPoints: 'The model that gives replies points is exported.',
  headlineExportedNothing: 'A model that learnt hardly anything is exported.',
  headlineExportedEarly: (share) => `A model whose training was ended early, at ${share}, is exported.`,
  ofRun: (name, said) => `${name}: ${said}`,
  nextRun: {
    compare: (name) => `How “${name}” turned out has not been looked at yet.`,
    export: (name) => `“${name}” is not exported yet.`
  },
  awaits: (names) => `Awaiting the result of ${names}, trained elsewhere.`,
  since: {
    exported: 'Exported',
    ended: 'Training ended',
    started: 'Training started',
    opened: 'Last worked on'
  },
  exportsOf: (run) => `Open the exports of ${run}`,
  go: {
    goal: 'Choose the goal',
    data: 'Go to Data',
    model: 'Go to Model',
    train: 'Go to Train',
    training: 'Watch it train',
    waiting: 'See the queue',
    awaited: 'Go to take it back',
    paused: 'Open training',
    interrupted: 'Open training',
    failed: 'See why',
    compare: 'Compare',
    export: 'Go to Export',
    exported: 'Open the exports'
  },
  state: {
    goal: 'Choosing the goal',
    data: 'Preparing data',
    model: 'Choosing a model',
    train: 'Ready to train',
    training: 'Training',
    waiting: 'Waiting for its turn',
    awaited: 'Awaiting a result from elsewhere',
    paused: 'Paused',
    interrupted: 'Training was interrupted',
    failed: 'Training failed',
    compare: 'Trained, ready to compare',
    export: 'Compared, ready to export',
    exported: 'Exported'
  },
  name: 'Name of the project',
  nameExample: 'e.g. Support replies',
  nameTaken: (name, free) =>
    `There is a project called “${name}” already. This one will be called “${free}”.`,
  inFolder: (folder) => `folder: ${folder}`,
  company: 'Company or department',
  companyExample: 'e.g. Komorebi Stationery',
  create: 'Start',
  createTitle: 'New project',
  sampleName: 'Sample tone',
  remove: 'Move to bin',
  removed: (name) => `“${name}” was moved to the bin. You can restore it for 30 days.`,
  lost: {
    title: 'Projects that cannot be opened right now',
    relocate: 'Find its folder',
    relocateNamed: (name) => `Find the folder of “${name}”`,
    forget: 'Remove from the list',
    forgetNamed: (name) => `Remove “${name}” from the list`,
    removeNamed: (name) => `Move “${name}” to the bin`,
    forgotten: (name) => `“${name}” was removed from the list. Its folder is unchanged.`
  },
  rename: 'Rename',
  folder: 'Project folder (you can move or copy it)',
  moreFor: (name) => `Actions for “${name}”`
}

export const goal: Goal = {
  title: 'What should it learn?',
  lead: 'Choose one to begin with. You can change it later.',
  goals: 'Goal',
  kinds: {
    tone: {
      title: 'Answer in our tone',
      amount: '500–\u20602,000 question–answer pairs',
      text: 'It learns from past replies: how polite you are, how you greet, the phrases you always use.'
    },
    sort: {
      title: 'Sort texts',
      amount: '100–\u2060500 per label',
      text: 'It sorts enquiries into delivery, returns and so on. You need a table with a column of texts and a column of labels.'
    },
    prefer: {
      title: 'Teach a preference',
      amount: '100–\u2060500 choices',
      text: 'It moves towards the reply that was chosen out of two. You need columns for the question, the reply you prefer and the other one.'
    },
    documents: {
      title: 'Write like our documents',
      amount: 'about 100 pages of one kind',
      text: 'It reads rules, reports and manuals and learns their terms and how they are written. To look facts up, search serves better.'
    }
  },
  sortAdvice: {
    title: 'Training suits this where you have about 100 sorted examples of each label.',
    text: 'With two or three labels that certain words give away, a rule in your spreadsheet may be enough.'
  },
  asksTitle: 'Four questions first',
  asksNote: 'If you do not need training, we will say so',
  about: { useCase: 'Use case', alternatives: 'Alternatives', benefit: 'Benefit', cost: 'Cost' },
  costs: 'Time and memory of an answer',
  costsUnknown: 'Known once it is measured below',
  costsMeasured: (seconds, memory) => `${seconds} s · ${memory} (among the ways measured)`,
  onlyAnswers: {
    title: 'By your answers, training suits this.',
    text: 'Too few examples could be measured to say so yet.'
  },
  byMeasure: 'That was measured on your own examples.',
  measured: {
    title: 'Measure whether you need training',
    note: 'with your own examples',
    notYet:
      'Choose data and a model, and it can be measured here: whether an instruction or search is enough.',
    lead: 'The base model, an instruction, near examples and search of documents answer held-out examples of yours (at most 30); the advice follows. Without documents of yours, the other examples are searched.',
    start: 'Measure',
    again: 'Measure again',
    running: 'Measuring',
    answers: (n, all) => `${n} / ${all} answers`,
    cancel: 'Stop here',
    documents: 'Choose documents to search',
    chosen: (n) => `Documents to search: ${n}`,
    promptUsed: 'See the instruction that was used'
  },
  asks: {
    useCase: {
      text: 'What is it mainly for?',
      answers: { reply: 'Drafting replies', internal: 'Internal questions', other: 'Other' }
    },
    tried: {
      text: 'Have you tried using instructions alone (a prompt)?',
      answers: { yes: 'Yes, it was not enough', no: 'Not yet' }
    },
    newFacts: { text: 'Should it learn new facts?', answers: { no: 'No, only the tone', yes: 'Yes' } },
    volume: {
      text: 'About how many replies do you write each month?',
      answers: { few: 'Under 100', some: '100–\u20601,000', many: 'More' }
    }
  },
  advice: {
    none: { title: 'Answer all four to see whether training suits you.', text: '' },
    facts: {
      title: 'For new facts, searching your documents (RAG) works better.',
      text: 'Teach only the tone here and supply the facts from your documents. You can still continue.'
    },
    prompt: {
      title: 'First try a prompt with two or three sample replies.',
      text: 'If that is not enough, come back. You can also continue now and compare.'
    },
    few: {
      title: 'Under 100 a month, a prompt alone may be enough.',
      text: 'If the tone must be right every time, training suits it better. You can continue.'
    },
    good: {
      title: 'Training suits this well.',
      text: 'A trained tone is steadier than one given by instructions.'
    }
  },
  help: [
    {
      word: 'Training',
      text: 'Showing your examples to a model that already exists, so that its way of answering shifts a little. The original model stays.'
    },
    {
      word: 'Fine-tuning',
      text: 'The technical name for training. The original stays as it is; only a small difference is made.'
    },
    {
      word: 'Prompt',
      text: 'The instructions given to a model. Quick to try, but you repeat them every time and the tone tends to drift.'
    }
  ],
  next: 'Next: add data'
}
