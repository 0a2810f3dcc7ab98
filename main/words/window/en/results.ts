// Words of compare and export.
import type { CompareWords, ExportWords } from '../ja/results'
import { calledBaseEn, firstBaseEn } from '../../called-base'
import { plural } from '../../plural'

export const compare: CompareWords = {
  title: 'Compare the answers before and after',
  result: {
    tone: (base, tuned, all) => `Of ${all} answers, ${base} were in your tone before and ${tuned} are now`,
    fell: (from, to) => `The loss on held-out questions fell from ${from} to ${to}`,
    rose: (from, to) => `The loss on held-out questions rose from ${from} to ${to}`,
    still: (at) => `The loss on held-out questions is still ${at}`,
    measured: (sentence) => `${sentence}.`,
    lead: (n) => `Read the answers to ${plural(n, 'question')} and judge for yourself.`,
    doubtful: (n) => `${plural(n, 'answer')} of the tuned model should be looked at closely.`
  },
  troubles: {
    title: 'Look closely',
    broken: 'Some characters are broken.',
    repeated: (phrase) => `It says the same thing over and over: ${phrase}`,
    lost: (facts) => `In the example for this question, but not in this answer: ${facts}`,
    invented: (numbers) => `Numbers that are neither in the question nor in its example: ${numbers}`,
    foreign: (words) => `Another language in it: ${words}`,
    otherTopic: (lacks, says) =>
      `Perhaps about something else: the question’s “${lacks}” is missing, “${says}” is there.`,
    missed: {
      tone: 'It is not in the tone of the sample.',
      facts: 'A fact that the sample expects in this answer is missing.'
    },
    and: ', ',
    next: 'Next answer to look at'
  },
  lead: (base) => `${firstBaseEn(base)} and the tuned one answer the questions that were held out.`,
  toCome: (name) => `Once “${name}” has finished training, its answers can be compared here.`,
  noRun: 'There is nothing to compare yet. When a training run finishes, you can compare its answers here.',
  toTrain: 'Go to Train',
  run: 'Run',
  tabsLabel: 'Ways to compare',
  tabs: { pairs: 'Side by side', vote: 'Blind vote', scores: 'Scores', chat: 'Chat' },
  answeringGeneral: 'Answering general questions',
  counted: {
    counting: 'Counting…',
    nothing: 'There are no answers yet. Scores come once both have answered under “Side by side”.',
    basis: 'What this verdict rests on (intervals of 95 % for the three together)',
    measuredAgain: (base, tuned) =>
      `Loss and perplexity were measured again here, one question at a time. The training calculates in other numbers, so its own figures (loss ${base} → ${tuned}) may differ a little; so do they where fewer questions were compared.`,
    all: 'All scores',
    seconds: 'Seconds',
    memory: 'Memory',
    questions: (n) => `on ${n} questions`,
    strip: (score) => `95 % interval of ${score}`,
    facts: 'Facts',
    factsOf: (kept, missing, invented) => `kept ${kept}, missing ${missing}, made up ${invented}`,
    forbidden: 'Words you never use',
    forbiddenHint:
      'One a line: the same list as “Words not to use” in the check-up of your data. An answer that has one of them scores lower in tone.',
    count: 'Count again',
    missed: (terms) => `House words that your example has and an answer lacks, at least once: ${terms}`,
    report: 'Report',
    reportLead:
      'The first page is for a boss who reads one page; the details follow. With your name, it says who signed it off and when.',
    saveReport: 'Save as HTML',
    savePdf: 'Save as PDF',
    printing: 'Making the PDF…'
  },
  ways: {
    open: 'Compare with other ways',
    title: 'Compare with other ways',
    lead: 'Ways that need no training, and models of other runs, answer the same questions. Answers that are there already are kept.',
    prompt: 'Give it a good instruction',
    promptText: 'The instruction',
    promptHint: (base) =>
      `${firstBaseEn(base)} gets it instead of the usual instruction. This draft comes from your examples; change it.`,
    examples: 'Show it the nearest examples',
    retrieval: 'Search documents and show what is found',
    count: 'How many',
    documents: 'Documents to search',
    fromExamples: 'the examples that were learnt',
    chooseFiles: 'Choose files',
    files: (n) => `${n} files`,
    otherRuns: 'Other runs',
    sampling: 'The tuned model at another temperature',
    temperature: 'Temperature',
    temperatureHint:
      'At 0 it always takes the likeliest word. The higher, the more its wording changes from one time to the next.',
    kept: 'Ways compared now',
    questions: 'Number of questions',
    most: (n) => `${n} questions`,
    all: (n) => `all (${n} questions)`,
    begin: 'Let them answer',
    nothing: 'Choose a way to compare with, or more questions.',
    close: 'Close',
    sources: (names) => `Shown to it: ${names}`,
    example: (n) => `example ${n}`
  },
  vote: {
    size: 'Number of questions',
    sizes: (n, minutes) => `${plural(n, 'question')} (about ${minutes} min)`,
    left: (n) => `${n} to go`,
    title: 'Which sounds like your company?',
    lead: 'Which answer is whose stays hidden. Sides are drawn by lot for each question.',
    another: 'Ask somebody else',
    anotherLead:
      'Somebody without Neiro votes on a ballot that opens in any browser. Put the file of votes that comes back in here.',
    chooseReturned: 'Put in returned votes',
    again: 'Another voter',
    voter: 'Name of the voter',
    voterFirst: 'Give a name to begin.',
    voterOfFile: 'Write the name of whoever will vote above, and the ballot can be saved.',
    allSame: (n) =>
      `Both models gave the same answer, word for word, to ${plural(n, 'question')}: there is nothing to vote on.`,
    someSame: (n, all) => `${n} of ${all} answers are the same, word for word, and are not put to the vote.`,
    begin: 'Begin to vote',
    ballotFile: 'Hand over a ballot as a file',
    progress: (n, all) => `${n} / ${all}`,
    back: 'One back',
    keys: 'On the keyboard: ← ↓ →, Enter for the next',
    send: 'Vote, next',
    allFour: 'Choose in all four to vote.',
    withheld:
      'The result is shown once you have voted to the end. You can stop at any time and go on under the same name.',
    open: (n) => `Begun to vote and not finished: ${n}. The result comes when all have finished.`,
    counted: (n) => `Finished their vote: ${n}. The votes are kept.`,
    unfinished: (voter, done, total) => `${voter}: ${done} of ${plural(total, 'question')}`,
    resume: 'Go on with it',
    drop: 'Leave this ballot out',
    dropSure: (voter, done) => `${voter}’s votes on ${plural(done, 'question')} are thrown away for good.`,
    dropNow: 'Throw away'
  },
  reading: 'Opening the answers',
  start: 'Get the answers',
  goOn: 'Get the rest',
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
  loss: 'Loss',
  lossTerm: 'loss',
  perplexity: 'Perplexity',
  perplexityTerm: 'perplexity',
  tone: 'Tone matches',
  facts: 'Facts match',
  toneAnswers: 'Answers in the tone',
  factsAnswers: 'Answers with all facts',
  of: (n, all) => `${n} / ${all}`,
  better: 'The loss became smaller. Whether the facts are right and the text reads well, it cannot say.',
  worse: 'The loss became larger. Use fewer epochs, or check the examples.',
  kept: 'yes',
  missed: 'no',
  chatLead: (base) =>
    `${firstBaseEn(base)} on the left, the tuned one on the right: the same question, the same settings.`,
  askedWith: (text) => `Asked with the opening instruction: “${text}”`,
  ask: 'Ask something',
  askExample: 'e.g. My parcel arrived broken. Can I exchange it?',
  send: 'Send',
  clear: 'Start over',
  stop: 'Stop',
  waits: {
    evaluation: 'It will answer once the current comparison answers are done.',
    export: 'It will answer once the export is done.',
    chat: 'It will answer once the previous question is answered.',
    api: 'It will answer once other programs have their answers.'
  },
  afterBase: (base) => `Answers after ${calledBaseEn(base)}.`,
  stopped: 'Stopped here.',
  stoppedEarly: 'Stopped before it answered.',
  failedHere: 'The answer was cut off here.',
  failedEarly: 'No answer arrived.',
  saidNothing: 'It finished without answering.',
  thought: 'What it thought first',
  settings: 'Answer settings',
  systemPrompt: 'Opening instruction (system prompt)',
  fields: {
    temperature: {
      label: 'Variation',
      help: 'How much the wording varies. 0 always gives the same answer; higher values vary more but go wrong more often.'
    },
    topP: {
      label: 'Range of candidates',
      help: 'The likeliest words are candidates until together they make up this share. Smaller is safer; 1 leaves nothing out.'
    },
    topK: {
      label: 'Number of candidates',
      help: 'Only this many of the likeliest words are candidates for the next one. 0 means no limit.'
    },
    repetitionPenalty: {
      label: 'Avoid repetition',
      help: 'How strongly it avoids words it has already used. 1 does nothing, about 1.1 repeats less, and too high sounds unnatural.'
    },
    maxNewTokens: {
      label: 'Longest answer',
      help: 'The answer ends at this length, even mid-sentence. It is counted in tokens, or pieces of words: about three quarters of an English word each.'
    },
    seed: {
      label: 'Random seed',
      help: 'The number that decides how the wording varies. The same number gives the same answer to the same question.'
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
  settingsWrong: 'Correct the value under “Answer settings” to send.',
  defaults: 'Restore defaults',
  next: 'Next: export',
  help: [
    {
      word: 'Held-out pairs',
      text: 'Questions and replies that were not used in training. Where they do not overlap with training examples, they show whether the tone was learnt rather than memorised.'
    },
    {
      word: 'Perplexity',
      text: 'How unsure the model is about the next word. Smaller means your replies come more naturally to it.'
    },
    {
      word: 'Temperature',
      text: 'How much the wording varies. At 0 the same question always gets the same answer.'
    }
  ]
}

export const exporting: ExportWords = {
  title: 'Where will you use it?',
  lead: 'Every file is read back, and where it can be run it is checked against the tuned model, before it is called done.',
  toCome: (name) => `Once “${name}” has finished training, it can be exported here.`,
  goesOn: (name) =>
    `“${name}” was made to go on training. Once it has ended, it can be exported here as it is then. What was exported before is below.`,
  noRun: 'There is nothing to export yet.',
  run: 'Run to export',
  doubts: {
    early: (share) => `This training was ended early, at ${share}.`,
    notCompared: (base) => `It has not been compared with ${calledBaseEn(base)} yet.`,
    notToTheEnd: (n) => `The comparison was left after ${plural(n, 'question')}, before its end.`,
    doubtful: (n, of) => `${n} of the ${of} answers of the tuned model have something to look at.`,
    repeated: (n) => `The tuned model said ${plural(n, 'piece')} of personal data word for word.`,
    inRun: (n) =>
      `${plural(n, 'piece')} of personal data ${n === '1' ? 'stands' : 'stand'} unmasked in the files of the training.`,
    few: (n, least) =>
      `It was compared on ${plural(n, 'question')}: too few to say whether it is better (${least} are needed).`
  },
  earlier: 'Earlier exports',
  before: (step) =>
    `Exported before this run went on${step === null ? '' : ` (after ${plural(String(step), 'update')})`}: see “Earlier exports” below. A new export is put beside it.`,
  older: (step) =>
    `This is the run as it was before it went on${step === null ? '' : ` (after ${step} updates)`}. Export it again above to have it as it is now.`,
  kinds: {
    ollama: {
      title: 'Use it in Ollama',
      text: 'Creates the model in Ollama on this PC, so that you can talk to it there. Writes the model file and its description for Ollama (a Modelfile).'
    },
    'lm-studio': {
      title: 'Use it in LM Studio',
      text: 'One file that the chat app LM Studio can open.'
    },
    gguf: {
      title: 'One file (GGUF)',
      text: 'Opens in any app built on llama.cpp. Share it on a USB stick or in a shared folder.'
    },
    'gguf-adapter': {
      title: 'The adapter as one file (GGUF adapter)',
      text: 'A small file that llama.cpp applies on top of the base model’s GGUF. For developers.'
    },
    merged: {
      title: 'Save the whole model',
      text: 'A Hugging Face folder with the learnt part merged in. Other apps can open it as it is.'
    },
    peft: {
      title: 'Hand to developers (difference only)',
      text: 'A PEFT adapter: small, and handy for developers. It is used together with the base model.'
    }
  },
  besides: {
    peft: (base) =>
      `It cannot be used alone. It belongs on the whole model that “${base}” has learnt, which is on this PC only. Export “${base}” with “Save the whole model” and hand that over, too; or export this run with “Save the whole model”, and that one is enough.`,
    'gguf-adapter': (base) =>
      `It cannot be used alone. It belongs on the whole model that “${base}” has learnt, which is on this PC only. Export “${base}” with “One file (GGUF)” and hand that over, too; or export this run with “One file (GGUF)”, and that one is enough.`
  },
  precision: 'Format',
  formats: {
    Q4_K_M: 'Small (Q4_K_M)',
    Q8_0: 'Nearly original (Q8_0)',
    F16: '16 bits (F16)',
    BF16: '16 bits (BF16)',
    Q4_0: 'Small, older format (Q4_0)',
    F32: 'Largest (F32)'
  },
  recommended: 'Recommended',
  others: 'Other formats',
  foundOllama: (version) => `Ollama ${version} is running on this PC`,
  foundLmStudio: 'LM Studio is on this PC',
  values: (difference) => `All weights were read back (largest difference ${difference})`,
  text: {
    same: 'Text is split into tokens exactly as here',
    composed: 'Text is split into tokens as here (except for marks typed apart from their letters)',
    near: 'A GGUF file can only approximate how this model splits text, so an answer may differ. To keep that exact, use “Save the whole model”'
  },
  next: {
    ollama: 'Create it in Ollama to talk to it at once. For another PC, copy the whole folder.',
    'lm-studio':
      'Add it to LM Studio and it appears in its list of models. For another PC, copy the .gguf file in this folder.',
    gguf: 'Next, open the .gguf file in this folder in LM Studio or a similar app. If you share it, include the README.md next to it.',
    'gguf-adapter':
      'Next, open it in llama.cpp together with the base model’s GGUF (llama-cli -m BASE.gguf --lora the .gguf file in this folder).',
    merged: 'Next, open this folder in the app you use. If you share it, share the whole folder.',
    points: 'Next, give this folder to your developers. Its README.md explains how to use it.',
    sorts:
      'In Neiro it sorts whole files at any time: Compare, “Sort a file”. To use it in a system of your company, give this folder to your developers.',
    peft: 'Next, give this folder to your developers. Its README.md explains how to use it.'
  },
  nextBesides: (base) =>
    `Next, hand over this folder together with what you export of “${base}”. Its README.md explains how to use them.`,
  chat: 'Talk to it in the chat',
  ollama: {
    create: 'Create in Ollama',
    notRunning:
      'No running Ollama was found on this PC. Install it if it is not there; if it is, start it, then look again.',
    lookAgain: 'Look again',
    isElsewhere: 'OLLAMA_HOST points to another machine, so the model cannot be created from here.',
    name: 'Name in Ollama',
    shown: 'This is what Ollama will be given',
    noTemplate: 'Ollama uses the chat template inside the file.',
    send: 'Create',
    close: 'Cancel',
    states: {
      hash: 'Reading the file',
      send: 'Sending it to Ollama',
      create: 'Ollama is creating the model'
    },
    done: (name) => `Created. Choose "${name}" in Ollama’s window, or type ollama run ${name} in a terminal.`
  },
  lmStudio: {
    put: 'Add to LM Studio',
    notFound: 'LM Studio was not found. You can open the exported file from its “My Models”.',
    linked: 'Added to LM Studio (using no extra space). It appears in its list of models under “neiro”.',
    copied: 'A copy was added to LM Studio. It appears in its list of models under “neiro”.'
  },
  write: 'Export',
  again: 'Export again',
  elsewhere: 'Save elsewhere',
  writing: 'Writing',
  checking: 'Reading back',
  waiting: 'Waiting for its turn',
  waits: {
    evaluation: 'starts after the current comparison answers',
    chat: 'starts after the current chat answer',
    export: 'starts after the export before it',
    api: 'starts once other programs have their answers'
  },
  part: (done, total) => `${done} of ${total}`,
  partPrompts: (done, total) => `${done} of ${plural(total, 'prompt')}`,
  keptDone: 'What was verified earlier is still there, unchanged.',
  cancel: 'Cancel',
  verified: 'Read back and verified',
  stamp: 'verified',
  read: 'Read back',
  same: (counted) => `Same computation confirmed on ${counted}`,
  sameRounded: (counted) => `Compared on ${counted}: it differs no more than rounding its numbers does`,
  comparedOn: { prompts: (n) => plural(n, 'prompt'), texts: (n) => plural(n, 'text') },
  sameAnswers: (n) =>
    n === '1'
      ? 'The answer is identical word for word and ends where it should'
      : `${n} answers are identical word for word and end where they should`,
  changedAnswers: (changed, n) =>
    `Rounding changed the wording of ${changed} of ${plural(n, 'answer')} that were tried. If that matters, export in a larger format`,
  secondSame: 'Recalculated independently from the files alone, with the same numbers',
  notSecond: {
    size: 'Not recalculated independently: the model is too large for that',
    rounded: 'Not recalculated independently: the base is open in fewer bits than its files have',
    form: 'Not recalculated independently: the base is not stored as Transformers stores one',
    sorts: 'Recalculating from the files alone is done only for models that write',
    unknown: 'Not recalculated independently: this kind of model is not known there'
  },
  largest: 'Largest numerical difference',
  show: 'Open the folder',
  path: 'Saved at',
  copyPath: 'Copy the path',
  copied: 'The path was copied.',
  copiedInstead: 'The folder could not be opened, so its path was copied.',
  copyRefused: 'It could not be copied. Select the path above and copy it yourself.',
  home: 'Back to home',
  help: [
    {
      word: 'Adapter',
      term: 'PEFT / LoRA',
      text: 'A file with only the learnt difference. It is small, and needs the base model beside it.'
    },
    {
      word: 'Hugging Face folder',
      text: 'The usual form in which models are shared. Many apps and tools open it as it is.'
    },
    {
      word: 'Reading back',
      text: 'The exported file is opened again and compared on the same questions. If it differs, it is not called done.'
    }
  ]
}
