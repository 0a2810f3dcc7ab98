// Words of home and goal.
import type { Goal, Home } from '../ja/home'

export const home: Home = {
  welcome: 'Teach it the way you write.',
  welcomeLead:
    "Neiro learns your company's tone from past mails and FAQs. All of it happens on this PC; nothing is sent anywhere.",
  example: 'Example',
  sameQuestion: 'The same question, in a different tone.',
  after: 'After training',
  trySample: 'Try it with the sample',
  ownFiles: 'Start with my files',
  sampleTakes: 'The sample takes about 2 minutes. No download.',
  three: [
    { title: 'Drop your files', text: 'Excel, CSV, Word or text, just as they are.' },
    { title: 'Let it learn', text: 'Our settings are a good start. It goes on with the window closed.' },
    { title: 'Compare, then take it with you', text: 'When you are happy, export it for other apps.' }
  ],
  back: 'Welcome back',
  newProject: 'New project',
  openFolder: 'Open a project',
  other: 'Other projects',
  runs: 'Runs',
  compareRuns: 'Compare runs',
  stepOf: (step, all) => `Step ${step} of ${all}`,
  headlineRead: 'Check what was read from your files.',
  headline: {
    goal: 'Begin with what it should learn.',
    data: 'Add the files to learn from.',
    model: 'Choose the model to build on.',
    train: 'Ready to train.',
    training: 'It is learning your tone.',
    waiting: 'The training waits for its turn.',
    paused: 'The training is paused.',
    interrupted: 'The training was cut off. It can go on from there.',
    failed: 'The training did not work out. See why, and try again.',
    compare: 'Read the replies side by side and see how it turned out.',
    export: 'Choose the form to take home.'
  },
  go: {
    goal: 'Choose the goal',
    data: 'Go to Data',
    model: 'Go to Model',
    train: 'Go to Train',
    training: 'Watch it train',
    waiting: 'See the queue',
    paused: 'Open the training',
    interrupted: 'Open the training',
    failed: 'See why',
    compare: 'Compare',
    export: 'Go to Export'
  },
  state: {
    goal: 'Choosing the goal',
    data: 'Preparing data',
    model: 'Choosing a model',
    train: 'Before training',
    training: 'Training',
    waiting: 'Waiting for its turn',
    paused: 'Paused',
    interrupted: 'Training was cut off',
    failed: 'Training failed',
    compare: 'Training finished',
    export: 'Ready to export'
  },
  name: 'Name of the project',
  nameExample: 'e.g. Support replies',
  company: 'Company or department',
  companyExample: 'e.g. Komorebi Stationery',
  create: 'Begin',
  createTitle: 'New project',
  sampleName: 'Sample tone',
  remove: 'Put away',
  removed: (name) => `"${name}" was put away. It can be brought back for 30 days.`,
  lost: {
    title: 'Projects that cannot be opened now',
    relocate: 'Choose its place again',
    relocateNamed: (name) => `Choose the place of “${name}” again`,
    forget: 'Remove from the list',
    forgetNamed: (name) => `Remove “${name}” from the list`,
    removeNamed: (name) => `Put away “${name}”`,
    forgotten: (name) => `“${name}” is off the list. Its folder stays as it is.`
  },
  rename: 'Rename',
  folder: 'The folder of the project (it can be moved and copied)',
  moreFor: (name) => `Actions for “${name}”`
}

export const goal: Goal = {
  title: 'What should it learn?',
  lead: 'First, let us make sure that learning a tone is what you need.',
  goals: 'Goal',
  tone: {
    title: 'Answer in our tone',
    amount: '500–2,000 question–answer pairs',
    text: 'Past replies are its model: how polite you are, how you greet, the phrases you always use.'
  },
  asksTitle: 'Four questions first',
  asksNote: 'If you need no training, we say so',
  asks: {
    useCase: {
      text: 'What is it mainly for?',
      answers: { reply: 'Drafting replies', internal: 'Internal questions', other: 'Other' }
    },
    tried: {
      text: 'Have you tried instructions alone (a prompt)?',
      answers: { yes: 'Yes, not enough', no: 'Not yet' }
    },
    newFacts: { text: 'Should it learn new facts?', answers: { no: 'No, only the tone', yes: 'Yes' } },
    volume: {
      text: 'How many do you write a month?',
      answers: { few: 'Under 100', some: '100–1,000', many: 'More' }
    }
  },
  advice: {
    none: { title: 'Answer the four and we say whether training suits you.', text: '' },
    facts: {
      title: 'For new facts, searching your documents (RAG) serves better.',
      text: 'Teach the tone here and hand over the facts from documents. You can go on all the same.'
    },
    prompt: {
      title: 'First try a prompt with two or three sample replies.',
      text: 'If that is not enough, come back. You can also go on now, to compare.'
    },
    few: {
      title: 'That is not many: consider whether it is worth the effort.',
      text: 'A prompt may be enough. If the tone must always be right, training is the way.'
    },
    good: {
      title: 'Training suits this.',
      text: 'A tone is held more steadily by training than by instructions.'
    }
  },
  help: [
    {
      word: 'Training',
      text: 'Showing your examples to a model that already exists, so that its way of answering shifts a little. The original model stays.'
    },
    {
      word: 'Fine-tuning',
      text: 'The technical name for it. The original stays as it is; only a small difference is made.'
    },
    {
      word: 'Prompt',
      text: 'The instructions you give each time. Quick, but you repeat it every time and the tone tends to drift.'
    }
  ],
  next: 'Next: add data'
}
