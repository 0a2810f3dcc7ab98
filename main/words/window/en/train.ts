// Words of the train room.
import type { TrainWords } from '../ja/train'
import { plural } from '../../plural'

/** so often, examples are likely to be learnt by heart */
const manyEpochs = 8
const examples = (n: string): string => plural(n, 'example')

export const train: TrainWords = {
  title: 'How thoroughly should it learn?',
  lead: 'Three options, chosen for your data, your model and the speed measured on this PC.',
  measuring: 'Measuring your examples and the speed of this PC',
  presetsWay: (usual) =>
    `The three levels below are for “${usual}”: choosing one changes the kind of training, too. What is chosen now trains as “Own settings”.`,
  presetsLabel: 'How to train',
  recommended: 'Recommended',
  custom: 'Own settings',
  customText: 'Set everything yourself, below under detailed settings.',
  presets: {
    quick: { title: 'Quick try', text: 'Uses some of the examples to see first whether the tone changes.' },
    balanced: { title: 'Balanced', text: 'A standard run that makes the tone stick.' },
    quality: {
      title: 'Quality',
      text: 'More epochs and a larger learnt part. For when you use many set phrases.'
    }
  },
  quickOfAll: 'A short run, to see first whether the tone changes.',
  reasons: {
    MINUTES: () => 'Fewer epochs and checks, so that it takes only minutes with this model on this PC.',
    PART: (d, counted = examples) => `Uses only ${d['examples'] ?? ''} of ${counted(d['all'] ?? '')}.`,
    EPOCHS: (d, counted = examples) =>
      `Goes through ${counted(d['examples'] ?? '')} ${d['epochs'] ?? ''} times.${
        Number(d['epochs']) > manyEpochs
          ? ''
          : ' With this many, it sticks before the model learns them by heart.'
      }`,
    ROUNDS: (d, counted = examples) =>
      `Goes through ${counted(d['examples'] ?? '')} ${plural(d['epochs'] ?? '', 'time')}.`,
    HELD_OUT: (d, counted = examples) =>
      `${counted(d['examples'] ?? '')} ${d['examples'] === '1' ? 'is' : 'are'} kept out of training to check the result.`,
    EARLY_STOP: () => 'It stops by itself when it no longer improves, and keeps the best state.',
    WHOLE_MODEL: () => 'The whole model is trained, not just a part beside it.',
    RANK: (d) => `The learnt part has rank ${d['rank'] ?? ''}, to suit the number of examples.`,
    LENGTH: (d) => `Examples of up to ${d['tokens'] ?? ''} tokens, to suit their lengths.`,
    CHECKPOINTING: () => 'Recomputes intermediate results to fit into memory; a little slower.',
    NF4: () => 'Packs the base model into 4 bits (NF4) to fit into memory.',
    SMALL_DATA: () => 'There are few examples, so they are repeated more often.',
    PARTS: (d) =>
      `Reads ${plural(d['examples'] ?? '', 'part')} ${plural(d['epochs'] ?? '', 'time')}. Read too often, it learns the sentences by heart instead of how they are written.`,
    PART_OF_PARTS: (d) => `Uses only ${d['examples'] ?? ''} of ${plural(d['all'] ?? '', 'part')}.`,
    PACKED: (d) =>
      `Short parts are packed into rows of ${d['tokens'] ?? ''} tokens: no room stays empty, and it ends sooner.`,
    PARTS_HELD_OUT: (d) =>
      `${plural(d['examples'] ?? '', 'part')} ${d['examples'] === '1' ? 'is' : 'are'} kept out of training, to see how well it goes on with them.`,
    KEEPS_TALKING: () => 'A lower learning rate, so that it does not forget how it talks.',
    GOES_ON: () => 'It starts where the tone was learnt, and keeps that tone.',
    FROM_BASE: () => 'It starts from the base model. Teaching it your tone first works better.',
    SMALL_STRIDES: () =>
      'A low learning rate and few epochs, so that it does not drift away from how it answers.',
    SMALL_MODEL: () => 'The model is small, so the learning rate is higher.',
    MICRO_BATCH: (d, counted = examples) =>
      `Reads ${counted(d['batch'] ?? '')} at a time and combines ${d['steps'] ?? ''} passes into each update.`
  },
  memoryTitle: 'Memory',
  gpuMemoryTitle: 'Memory of the GPU',
  pcMemory: (need, have) => `Uses ${need} of the ${have} free memory of the PC`,
  onGpu: (name) => `Calculated on the GPU (${name})`,
  gpuTooSmall: (name, need, have) =>
    `Calculated on the CPU: ${need} do not fit into the ${have} free memory of the GPU (${name}). A smaller batch size may make it fit.`,
  ranOnGpu: (name) => `GPU: ${name}`,
  ranOnCpu: 'CPU (did not fit into the free memory of the GPU)',
  memoryOf: (need, have) => `Uses ${need} of the ${have} free`,
  spare: (size) => `Spare ${size}`,
  over: (size) => `${size} short`,
  fit: { fits: 'Plenty of room', tight: 'Fits if other apps are closed', 'too-large': 'Not enough' },
  parts: { weights: 'Model', learnt: 'Learnt part', activations: 'Work in progress', other: 'Other' },
  makeItFit: 'Make it fit',
  makeItFitShorter: 'Shorten the examples to fit',
  remedyTitle: 'To make it fit, this would change:',
  remedies: {
    cpu: 'calculate on the CPU instead of the GPU (takes longer)',
    batch: (n) => `${plural(n, 'example')} at a time. The result stays the same.`,
    recompute: 'Intermediate results are recomputed instead of kept. A little slower.',
    nf4: 'The base model is packed into 4 bits (NF4). Answers may differ slightly.',
    shorter: (n, cut) =>
      `Examples are cut at ${n} tokens. The end of ${plural(cut, 'example')} is not learnt.`
  },
  cutTitle: (cut, all, limit) =>
    `${cut} of ${plural(all, 'example')} lose the end of the answer (longest example: ${limit} tokens).`,
  cutText: (longest) =>
    `From an answer that is cut, the model cannot learn where to stop. Your longest one has ${longest} tokens.`,
  cutRun:
    'From an answer that is cut, the model cannot learn where to stop. Train again with a larger “Longest example” to have it learn the ends too.',
  cutMend: (longest) => `Allow ${longest} tokens`,
  planning: 'Estimating again…',
  wrongSetting: (names) => `Detailed settings: “${names}” has a value that cannot be used.`,
  ends: (clock) => `If you start now, it finishes at about ${clock}.`,
  endsAfter: (clock) => `It starts after the current run and finishes at about ${clock}.`,
  endsInTurn: (time) => `Once its turn comes, it takes ${time}.`,
  endsWhy: ' An estimate from the speed measured on this PC.',
  queued: 'It starts when the current run has finished.',
  questionsTitle: 'Questions to ask while it trains',
  questionsUnasked: (n) => `Lines beyond the fifth are not asked (${n}).`,
  questionsHint: 'One per line, up to five. At every check you see how the model answers them at that point.',
  questionsExample: 'e.g. My parcel arrived broken. Can I exchange it?',
  drawer: 'Detailed settings (for experts)',
  drawerSummary: {
    rank: (rank) => `rank ${rank}`,
    rate: (rate) => `learning rate ${rate}`,
    batch: (batch) => `${plural(batch, 'example')} at a time`,
    and: ', '
  },
  groups: {
    adapter: 'Learnt part',
    training: 'Training',
    schedule: 'Learning rate schedule',
    memory: 'Memory',
    evaluation: 'Checks and saves',
    places: 'Which layers learn'
  },
  judges: {
    title: 'Who gives marks besides the rules',
    run: 'A run that gives points',
    none: 'None',
    fromRun: (name) => `The model of “${name}”`,
    runHint: 'Its points count as they stand. It must have been trained on the same base model.',
    noRuns: 'Once a run has learnt to give replies points (goal: teach preferences), it can be chosen here.',
    program: 'A program of your own',
    programHint:
      'Reads one line of JSON (prompt, answer, reference) and answers with a number on one line. It is averaged with rules and points.',
    choose: 'Choose a program…',
    remove: (name) => `Do not use ${name}`,
    askTitle: (name) => `May “${name}” run on this PC?`,
    askText:
      'A page in a browser cannot be where you agree: somebody else, or another page, might click for you. Look at what the program does, enter this in a terminal on this PC, and then choose “Check again”.',
    command: (file) => `neiro agree "${file}"`,
    look: 'Check again',
    notYet: 'This program has not been agreed to yet.'
  },
  fileWeights: {
    title: 'How often each file is read',
    text: 'In one epoch. 1 is usual, 2 reads it twice, 0.5 reads half of it, and 0 none. What is held out stays as it is.',
    notTried: 'Each file is read once an epoch while settings are compared.',
    ofRun: (parts) => `Read in one epoch: ${parts}`,
    times: (file, times) => `${file} ${times} times`
  },
  outOfRange: (min, max) => `Enter a number from ${min} to ${max}.`,
  outOfRangeWhole: (min, max) => `Enter a whole number from ${min} to ${max}.`,
  notThisForm: (example) => `Write it like this: ${example}`,
  noneLeft: 'Keep at least one selected.',
  toCorrect: 'Something to correct',
  wordAndTerm: (word, term) => `${word} (${term})`,
  zero: { automatic: 'automatic', none: 'off' },
  on: 'On',
  off: 'Off',
  everywhere: 'all',
  start: 'Start training',
  tooLarge: 'With these settings it does not fit into memory.',
  expertWays: 'For experts',
  again: 'Set up another run',
  sameAgain: 'Train again with the same settings',
  shorterAgain: 'Train again with shorter examples',
  queuePlace: (n) => `Number ${n} in the queue. It starts by itself when the current run has finished.`,
  queueRests: 'The queue is on hold while another run is paused. You can start this one now.',
  startNow: 'Start now',
  leaveQueue: 'Leave the queue',
  otherGoal: (learnt, now, again) => ({
    title: `This run was for “${learnt}”`,
    text: `The goal is “${now}” now. To train for it, choose “${again}”.`
  }),
  otherGoalHas: (now, run) => `The goal is “${now}” now, and “${run}” was trained for it.`,
  toOfToday: 'Open that run',
  othersWait: 'Queued runs keep waiting. To start one, open it.',
  live: {
    learning: {
      tone: 'It is learning your tone',
      sort: 'Learning to sort texts',
      prefer: 'Learning what you prefer',
      documents: 'Learning how your documents are written'
    },
    preparing: 'Preparing to train',
    paused: 'Training is paused',
    waiting: 'Waiting for its turn',
    finished: 'Training has finished',
    stopped: 'Training was ended early',
    interrupted: 'Training was interrupted',
    failed: 'Training could not continue'
  },
  past: {
    OVERFITTING: {
      message: 'It began to learn its examples by heart (over-fitting).',
      hint: 'The best state before that was kept, so the result is not affected. Next time, more examples or fewer epochs may do better.'
    },
    DIVERGENCE: {
      message: 'The loss jumped up while it trained.',
      hint: 'Next time, try half the learning rate.'
    },
    NOT_FINITE: {
      message: 'A value could not be calculated, and that update was taken back.',
      hint: 'The rest of the training is sound. Next time, lower the learning rate.'
    },
    NOTHING_LEARNT: {
      message: 'Hardly anything was learnt.',
      hint: 'Next time, raise the learning rate, train for more epochs, or look at the examples again.'
    }
  },
  result: {
    sentence: (course, kept) => `${course}. ${kept}`,
    reached: (what, at) => `${what} is ${at}`,
    keptBest: (step) => `The best state, at step ${step}, is kept.`,
    keptLast: (step) => `The last state, at step ${step}, was the best and is kept.`,
    keptBestBy: (step, by, at) => `The state with the best ${by} (${at}), at step ${step}, is kept.`,
    keptLastBy: (step, by, at) => `The last state, at step ${step}, had the best ${by} (${at}) and is kept.`,
    untold: (step) => `There is no held-out figure. The last state, at step ${step}, is kept.`,
    unchecked: (step) => `No examples were held out to check it. The last state, at step ${step}, is kept.`,
    uncheckedSince: (value, at, step) =>
      `The last state, at step ${step}, is kept. That state was not checked (the only check, at step ${at}, gave ${value}).`
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
  endsAt: (time) => `Ends at about ${time}`,
  endedAt: (time) => `Ended ${time}`,
  chart: {
    views: 'What to show',
    smooth: 'Smooth',
    log: 'Log scale',
    table: 'As table',
    train: (counted) => `Training (${counted})`,
    heldOut: (counted) => `Held out (${counted})`,
    trainShort: 'Training',
    heldOutShort: 'Held out',
    best: (loss) => `Best ${loss}`,
    step: 'Step',
    epochs: 'Epochs',
    epoch: (n) => n,
    beginning: '0',
    atStep: (step) => `Step ${step}`,
    atEpoch: 'Epoch',
    since: (value, step) => `${value} (step ${step})`,
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
    title: 'Its answers now',
    titleOver: 'Its answers',
    at: (step) => `At step ${step}`,
    askedWith: (text) => `Asked with the opening instruction that it learns with: “${text}”`,
    notKept: 'The model of that step was not kept. Compare shows what the kept one says.',
    waiting: 'Answers appear here after the next check.',
    onceResumed: 'Once it is resumed, answers appear here after the next check.',
    reading: 'Opening the answers',
    never: 'It ended before a check of what it had learnt, so the tuned model has no answers.',
    none: 'Add a question before training to see its answers here.'
  },
  interruptedText: (step) => `Everything up to step ${step} is saved. You can resume from there.`,
  interruptedEarly:
    'It was interrupted before the first save, so it starts from the beginning. Data and settings are unchanged.',
  windowCloses: 'Training goes on with the window closed.',
  pause: 'Pause',
  resume: 'Resume',
  resumeKeeps:
    'What was compared, voted on and exported is of the run as it is now. If it goes on learning, compare and export it again.',
  stop: 'End here and compare',
  compare: 'Next: compare',
  others: 'Runs of this project',
  help: [
    {
      word: 'Loss',
      text: 'How far the model is from your examples. Smaller means closer.'
    },
    {
      word: 'Over-fitting',
      text: 'Learning the examples by heart and getting worse at new questions. More epochs make it likelier.'
    },
    {
      word: 'Learning rate',
      text: 'How far each update moves the model. Higher learns sooner; too high makes it unstable.'
    },
    {
      word: 'Held out',
      text: 'Examples that are kept out of training, to check the result. What is only learnt by heart does not improve there.'
    },
    {
      word: 'Step',
      text: 'One correction of the model, made after reading a few examples.'
    },
    {
      word: 'Gradient norm',
      text: 'How large a correction each step asks for. A sudden rise means that the training is unsettled.'
    },
    {
      word: 'Log scale',
      text: 'An axis on which each doubling is equally high, so that differences between small values show.'
    },
    {
      word: 'Epoch',
      text: 'One pass through all the examples. With more of them it learns more, and takes longer.'
    }
  ]
}
