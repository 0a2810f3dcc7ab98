// Words of the train room.
import type { TrainWords } from '../ja/train'
import { plural } from '../../plural'

export const train: TrainWords = {
  title: 'How thoroughly should it learn?',
  lead: 'Three ways, made for your data, the model and the speed measured on this PC.',
  measuring: 'Counting the examples and measuring the speed of this PC',
  presetsLabel: 'Ways to train',
  recommended: 'Recommended',
  custom: 'Your own settings',
  presets: {
    quick: { title: 'Quick try', text: 'Uses a part of the examples to see first whether the tone changes.' },
    balanced: { title: 'Balanced', text: 'An ordinary training that makes the tone stick.' },
    quality: { title: 'Quality', text: 'More repetition and a larger learnt part. For many set phrases.' }
  },
  reasons: {
    PART: (d) => `Uses only ${d['examples'] ?? ''} pairs.`,
    EPOCHS: (d) =>
      `Reads ${d['examples'] ?? ''} pairs ${d['epochs'] ?? ''} times. With this many, the tone sticks before it learns by heart.`,
    HELD_OUT: (d) => `${d['examples'] ?? ''} pairs are kept out of training to check the result.`,
    EARLY_STOP: () => 'It stops by itself when it no longer improves and keeps the best state.',
    RANK: (d) => `The learnt part has rank ${d['rank'] ?? ''}, chosen for the number of examples.`,
    LENGTH: (d) => `Examples of up to ${d['tokens'] ?? ''} tokens, chosen for their lengths.`,
    CHECKPOINTING: () => 'Recomputes to stay within memory; a little slower.',
    NF4: () => 'Holds the base model small (NF4) to stay within memory.',
    SMALL_DATA: () => 'There are few examples, so they are repeated more often.',
    SMALL_MODEL: () => 'The model is small, so the stride is larger.',
    MICRO_BATCH: (d) =>
      `Reads ${d['batch'] ?? ''} at a time and gathers ${d['steps'] ?? ''} passes per update.`
  },
  memoryTitle: 'Memory',
  memoryOf: (need, have) => `${need} of ${have} free`,
  spare: (size) => `Spare ${size}`,
  over: (size) => `${size} too little`,
  fit: { fits: 'Plenty of room', tight: 'Fits when other programs are closed', 'too-large': 'Not enough' },
  parts: { weights: 'Model', learnt: 'Learnt part', activations: 'Work in progress', other: 'Other' },
  makeItFit: 'Make it fit',
  makeItFitShorter: 'Shorten the examples to fit',
  remedyTitle: 'To make it fit, this would change:',
  remedies: {
    batch: (n) => `${plural(n, 'pair')} at a time. The result stays the same.`,
    recompute: 'Steps in between are computed again instead of kept. A little slower.',
    nf4: 'The base model is kept smaller (NF4). Answers may differ slightly.',
    shorter: (n, cut) => `Examples are cut at ${n} tokens. Of ${plural(cut, 'pair')}, the end is not learnt.`
  },
  planning: 'Estimating again…',
  wrongSetting: 'One of the detailed settings has a value that cannot be used.',
  ends: (clock) => `Started now, it ends at about ${clock}.`,
  endsAfter: (clock) => `It starts after the other training and ends at about ${clock}.`,
  endsInTurn: (time) => `When its turn comes, it takes ${time}.`,
  endsWhy: ' An estimate from the speed measured on this PC.',
  queued: 'It starts when the other training has ended.',
  questionsTitle: 'Questions to ask while it trains',
  questionsHint: 'One a line, up to five. At every check you see what the model answers now.',
  sampleQuestions:
    'What temperature should the water be for Mikazuki?\nMy parcel arrived broken. Can I exchange it?',
  questionsExample: 'e.g. My parcel arrived broken. Can I exchange it?',
  drawer: 'Detailed settings (for experts)',
  drawerSummary: {
    rank: (rank) => `rank ${rank}`,
    rate: (rate) => `learning rate ${rate}`,
    batch: (batch) => `${plural(batch, 'pair')} at once`,
    and: ', '
  },
  groups: {
    adapter: 'Learnt part',
    training: 'Training',
    schedule: 'Schedule',
    memory: 'Memory',
    evaluation: 'Checks and saves'
  },
  outOfRange: (min, max) => `Enter a number from ${min} to ${max}.`,
  outOfRangeWhole: (min, max) => `Enter a whole number from ${min} to ${max}.`,
  noneLeft: 'Keep at least one of them.',
  toCorrect: 'Something to correct',
  wordAndTerm: (word, term) => `${word} (${term})`,
  on: 'On',
  off: 'Off',
  everywhere: 'all',
  start: 'Start training',
  tooLarge: 'As it is, it does not fit into memory.',
  again: 'Prepare another training',
  sameAgain: 'Anew with these settings',
  shorterAgain: 'Shorten the examples, start again',
  queuePlace: (n) => `Number ${n} in the queue. It starts by itself when the other training has ended.`,
  queueRests: 'The queue rests while a training is paused. You can start this one now.',
  startNow: 'Start now',
  leaveQueue: 'Leave the queue',
  othersWait: 'Trainings in the queue keep waiting. To start one, open it.',
  live: {
    title: 'It is learning your tone',
    preparing: 'Preparing the training',
    paused: 'Training is paused',
    waiting: 'Waiting for its turn',
    finished: 'Training has finished',
    stopped: 'Training was ended here',
    interrupted: 'Training was cut off',
    failed: 'Training could not go on'
  },
  left: 'Time left',
  speed: 'Tokens/s (speed)',
  memory: 'Memory',
  progress: (epoch, epochs, step, total) => `Epoch ${epoch} of ${epochs}, step ${step} / ${total}`,
  spoken: {
    left: (time) => `${time} left`,
    and: ', '
  },
  startedAt: (time) => `Started ${time}`,
  endsAt: (time) => `Ends about ${time}`,
  endedAt: (time) => `Ended ${time}`,
  chart: {
    views: 'What to see',
    smooth: 'Smooth',
    log: 'Log scale',
    table: 'As table',
    train: (n) => `Training (${plural(n, 'pair')})`,
    heldOut: (n) => `Held out (${plural(n, 'pair')})`,
    trainShort: 'Training',
    heldOutShort: 'Held out',
    best: (loss) => `Best ${loss}`,
    step: 'Step',
    smoothed: (what) => `${what} (smoothed)`,
    course: {
      still: (what, at) => `${what} has stayed at ${at}`,
      fell: (what, from, to) => `${what} fell from ${from} to ${to}`,
      rose: (what, from, to) => `${what} rose from ${from} to ${to}`,
      dipped: (what, from, low, to) => `${what} fell from ${from} to ${low}, then rose to ${to}`,
      peaked: (what, from, high, to) => `${what} rose from ${from} to ${high}, then fell to ${to}`
    },
    nextSentence: '. ',
    empty: 'Waiting for the first figures.'
  },
  now: {
    title: 'Asked right now',
    at: (step) => `At step ${step}`,
    waiting: 'Answers appear here after the first check.',
    none: 'Start with a question to see its answers while it trains.'
  },
  interruptedText: (step) => `Everything up to step ${step} is saved. You can go on from there.`,
  interruptedEarly:
    'It was cut off before the first save, so it starts from the beginning. Data and settings are as they were.',
  windowCloses: 'It goes on with the window closed.',
  pause: 'Pause',
  resume: 'Go on',
  stop: 'End here and compare',
  compare: 'Next: compare',
  others: 'Runs of this project',
  help: [
    {
      word: 'Loss',
      text: 'How far the answers are from your examples. Smaller means closer.'
    },
    {
      word: 'Over-fitting',
      text: 'Learning the examples by heart and growing weak on new questions. More repetition makes it likelier.'
    },
    {
      word: 'Epoch',
      text: 'One reading of all examples. More epochs deepen the tone and take longer.'
    }
  ]
}
