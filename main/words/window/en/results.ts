// Words of compare and export.
import type { CompareWords, ExportWords } from '../ja/results'
import { plural } from '../../plural'

export const compare: CompareWords = {
  title: 'Read before and after, side by side',
  lead: 'The base model and the tuned one answer questions they were not trained on.',
  noRun: 'There is no finished training yet. When one ends, you can read its answers here.',
  toTrain: 'Go to Train',
  run: 'Run',
  tabsLabel: 'Ways to compare',
  tabs: { pairs: 'Side by side', chat: 'Talk to it' },
  start: 'Let both answer',
  goOn: 'Go on answering',
  paused: (done, total) => `Stopped at ${done} of ${total} questions.`,
  pausedEarly: 'Stopped before the first answer.',
  answering: 'Answering',
  answered: (done, total) => `${done} / ${total} questions`,
  cancel: 'Stop here',
  question: (n, all) => `${n} / ${all}`,
  reference: 'Your reply (example)',
  showReference: 'Show the example too',
  scores: 'Scores',
  scoresOn: (n) => `on ${n} held-out pairs`,
  loss: 'Distance',
  lossTerm: 'loss',
  perplexity: 'Hesitation',
  perplexityTerm: 'perplexity',
  tone: 'In the tone',
  facts: 'Facts kept',
  of: (n, all) => `${n} / ${all}`,
  better: 'The tuned model answers more like your replies.',
  worse: 'The tuned model is further from your replies. Repeat less, or look at the examples again.',
  chatLead: 'Base on the left, tuned on the right: the same question, the same settings.',
  ask: 'Ask something',
  askExample: 'e.g. My parcel arrived broken. Can I exchange it?',
  send: 'Send',
  clear: 'Start over',
  stop: 'Stop',
  waits: {
    evaluation: 'Answers as soon as one answer of the comparison is done.',
    export: 'Answers as soon as the export is done.',
    chat: 'Answers as soon as the question before is answered.'
  },
  afterBase: 'Answers after the base model.',
  stopped: 'Stopped here.',
  stoppedEarly: 'Stopped before it answered.',
  failedHere: 'It broke off here.',
  failedEarly: 'No answer arrived.',
  saidNothing: 'It ended without a word.',
  settings: 'How it answers',
  systemPrompt: 'Opening instruction (system prompt)',
  fields: {
    temperature: {
      label: 'Variation',
      help: 'How much the wording varies. 0 is always the same; higher is more varied and misses more often.'
    },
    topP: {
      label: 'Breadth of choice',
      help: 'The likeliest words are candidates until together they make up this share. Smaller is safer; 1 leaves nothing out.'
    },
    topK: {
      label: 'Number of candidates',
      help: 'Only so many of the likeliest words are candidates for the next one. 0 means no limit.'
    },
    repetitionPenalty: {
      label: 'Avoid repeating',
      help: 'How much it avoids words that it has used. 1 does nothing, about 1.1 repeats less, and too much sounds odd.'
    },
    maxNewTokens: {
      label: 'Longest answer',
      help: 'The answer ends at this length, even in the middle. It is counted in tokens, pieces of words: about three quarters of an English word each.'
    },
    seed: {
      label: 'Random seed',
      help: 'The number that decides how the variation falls. The same number gives the same answer to the same question.'
    }
  },
  wrong: {
    empty: () => 'This is empty.',
    'no-number': (typed) => `“${typed}” cannot be read as a number.`,
    fraction: (typed) => `${typed} is not a whole number.`,
    small: (typed) => `${typed} is too small.`,
    large: (typed) => `${typed} is too large.`
  },
  enter: (min, max) => `Enter a number from ${min} to ${max}.`,
  enterWhole: (min, max) => `Enter a whole number from ${min} to ${max}.`,
  settingsWrong: 'Something under “How it answers” needs another value. Then you can send.',
  defaults: 'Back to the defaults',
  next: 'Next: export',
  help: [
    {
      word: 'Held-out pairs',
      text: 'Questions and replies that were not used in training. They show whether the tone was learnt, not memorised.'
    },
    {
      word: 'Perplexity',
      text: 'How much it hesitates over the next word. Smaller means that your replies come naturally.'
    },
    {
      word: 'Temperature',
      text: 'How much the wording varies. At 0 the same question always gets the same answer.'
    }
  ]
}

export const exporting: ExportWords = {
  title: 'Where will you use it?',
  lead: 'Every file is read back and compared with the model you tried before it is called done.',
  noRun: 'There is no training to export yet.',
  kinds: {
    merged: {
      title: 'All in one',
      text: 'A Hugging Face folder with the learnt part mixed in. Other apps open it as it is.'
    },
    peft: {
      title: 'Only the difference',
      text: 'A PEFT adapter: small, handy for developers. It is used together with the base model.'
    }
  },
  precision: 'Precision',
  write: 'Export',
  again: 'Export again',
  elsewhere: 'Choose where',
  writing: 'Writing',
  checking: 'Reading back',
  waiting: 'Waiting for its turn',
  waits: {
    evaluation: 'begins after one answer of the comparison',
    chat: 'begins after the answer in the chat',
    export: 'begins after the export before it'
  },
  part: (done, total) => `${done} of ${total}`,
  partPrompts: (done, total) => `${done} of ${plural(total, 'prompt')}`,
  keptDone: 'What was verified before is still there, unchanged.',
  cancel: 'Cancel',
  verified: 'Read back and verified',
  stamp: 'verified',
  read: 'Read back',
  same: 'Same question, same result',
  prompts: (n) => plural(n, 'prompt'),
  largest: 'Largest difference',
  show: 'Open the folder',
  path: 'Saved at',
  copyPath: 'Copy the path',
  copied: 'The path was copied.',
  copiedInstead: 'The folder could not be opened, so its path was copied.',
  copyRefused: 'It could not be copied. Mark the path above and copy it by hand.',
  home: 'Back home',
  help: [
    {
      word: 'Adapter',
      term: 'PEFT / LoRA',
      text: 'A file with the learnt difference alone. It is small, and needs the base model beside it.'
    },
    {
      word: 'Hugging Face folder',
      text: 'The usual form in which models are shared. Many apps and tools open it as it is.'
    },
    {
      word: 'Reading back',
      text: 'The written file is opened again and compared on the same questions. If it differs, it is not called done.'
    }
  ]
}
