// What the command line says in English; the shape is that of ja.ts, by type.
import { findingKinds } from '../../contract/findings'
import { dataShapes } from '../../contract/records'
import { calledBaseEn } from '../called-base'
import { plural } from '../plural'
import type { Words } from './ja'

const apiReasons = {
  base: 'another base model',
  precision: 'its base is packed otherwise',
  whole: 'all of the model was trained: it is a model of its own',
  sorts: 'it sorts texts and writes none',
  damaged: 'its files cannot be read',
  most: 'only the newest 32 fit'
}

export const en: Words = {
  help: {
    tagline:
      "Neiro (音色) teaches a language model your company's tone of voice. Everything stays on this PC.",
    usage: 'Usage:',
    commandWord: 'COMMAND [flags]',
    commands: 'Commands',
    firstSteps: 'First steps',
    firstExamples: [
      ['neiro demo', 'try everything in a few minutes with what is built in'],
      ['neiro data faq.csv', 'see how your own file is read'],
      ['neiro tune --model DIR --data faq.csv', 'train'],
      ['neiro chat --run latest', 'talk to the tuned model']
    ],
    moreHelp: 'More on a command, with examples: neiro COMMAND --help',
    examples: 'Examples',
    flags: 'Flags',
    commonFlags: 'Flags of every command',
    events: 'Output with --json ("event", then its fields)',
    default: 'default',
    unset: 'none',
    groups: {
      adapter: 'Settings: the learnt part',
      training: 'Settings: training',
      schedule: 'Settings: learning rate schedule',
      memory: 'Settings: memory and speed',
      evaluation: 'Settings: checks and saves',
      places: "Settings: which layers learn, in PEFT's names"
    }
  },
  fit: {
    fits: 'fits',
    tight: 'fits if other apps are closed',
    'too-large': 'does not fit this PC'
  },
  data: {
    shapes: {
      instruction: 'instruction, input, output',
      'prompt-completion': 'prompt and completion',
      'question-answer': 'question and answer',
      messages: 'messages (OpenAI)',
      conversations: 'conversations (ShareGPT)',
      text: 'plain text',
      preference: 'a preferred reply and another',
      rated: 'rated answers',
      'text-label': 'a text and its label'
    },
    file: (name, format, encoding, shape, sure, examples, rows) =>
      `  ${name}  ${[format, encoding, shape].filter(Boolean).join(', ')} (${sure} sure)  ${examples} examples from ${rows} rows`,
    couldSplit: (kind, pairs) =>
      `learnt as one text; it could be ${pairs} questions with answers: --split ${kind}`,
    titles: (row, list) => `row ${row} was read as the header row; not used above it: ${list}`,
    refused: (count) => `${count} ${count === 1 ? 'row' : 'rows'} cannot be used.`,
    moreRefused: (count) => `${count} more; save the list with neiro data FILE --save-refused refused.csv`,
    total: (examples, refused) =>
      `${examples} examples, ${refused} ${refused === '1' ? 'row' : 'rows'} not used`,
    tokens: (tokens, learnt, longest) =>
      `${tokens} tokens (${learnt} of them learnt); the longest example has ${longest}`,
    example: (number, file, row) => `Example ${number} (${file}:${row})`,
    asSeen: (number) => `Example ${number} as the model sees it (what is learnt is in «»)`,
    savedRefused: (file) => `The list of rows that cannot be used was saved: ${file}`,
    checked: (examples, findings) => `Check-up: ${findings} findings in ${examples} examples`,
    repaired: (title, rows) => `Repaired: ${title} (${rows} rows)`,
    notOfForm: (count) => `${count} examples were not saved: this form has no place for them.`,
    savedExamples: (file, examples) => `${examples} examples were saved: ${file}`
  },
  progress: {
    step: 'step',
    epoch: 'epoch',
    heldOut: 'held-out',
    tokensPerSecond: 'tokens/s',
    left: 'left',
    memory: 'memory'
  },
  tune: {
    model: (name, dtype, size) => `Model: ${name} (${dtype}, ${size})`,
    start: (place) => `Goes on from ${place}; the adapter stays of its size and places`,
    prepared: (train, heldOut, tokens, learnt) =>
      `${train} examples to learn from (${tokens} tokens, ${learnt} of them learnt), ${heldOut} held out`,
    notListed: (dir) =>
      `Neiro's data folder cannot be written to, so this run will not be in the list. It is here: ${dir}`,
    cutAnswers: (of, longest) =>
      `${of.examples} of ${of.all} examples lose the end of their answer at the length limit (${of.tokens} tokens with those held out), so the model cannot learn where to stop. --max-seq-length ${longest} or more keeps them all.`,
    cut: (tokens) => `${tokens} tokens were cut off at the length limit; a higher max_seq_length keeps them.`,
    unknown: (rows) =>
      `${rows} ${rows === '1' ? 'example contains' : 'examples contain'} characters that the model does not know (emoji, rare letters): it sees the same mark for all of them.`,
    memory: (needed, free, verdict) => `Memory: about ${needed} needed, ${free} free → ${verdict}`,
    run: (dir) => `Run folder: ${dir}`,
    sample: (step, question) => `Answer at step ${step}: ${question}`,
    pausing: 'Pausing with a checkpoint. Ctrl-C once more ends at once, without saving.',
    paused: (step) => `Paused at step ${step}. Resume with:`,
    killed: 'Ended at once. Everything up to the last checkpoint is kept. Resume with:',
    finished: (step, loss, best) =>
      best === null
        ? `Training has finished (${step} steps, loss ${loss}).`
        : `Training has finished (${step} steps, loss ${loss}, best held-out ${best.name} ${best.value}).`,
    result: (dir) => `Result: ${dir}`,
    next: 'What to try next:',
    nextCommands: {
      language: (run, kind) => [
        [`neiro chat --run ${run}`, 'talk to the tuned model'],
        [`neiro eval --run ${run}`, 'compare it with the base on the same questions'],
        [`neiro export ${kind} --run ${run} --out our-tone`, 'export it for other tools']
      ],
      score: (run) => [
        [`neiro classify --run ${run} "My parcel has not arrived"`, 'sort one text'],
        [
          `neiro classify --run ${run} --data mails.csv --out sorted.csv`,
          'sort every row of a table into a CSV file'
        ],
        [`neiro eval --run ${run}`, 'see how well each label is found, on held-out rows'],
        [`neiro export merged --run ${run} --out our-sorter`, 'export it for Transformers']
      ],
      points: (run) => [
        [`neiro eval --run ${run}`, 'see how well its points fit, on held-out pairs'],
        [`neiro export merged --run ${run} --out our-judge`, 'export it for Transformers']
      ]
    }
  },
  program: {
    about: (file) => [
      'A training runs this program of your own to give answers marks:',
      `  ${file}`,
      '  It runs with your rights and may do whatever you may: read and write files, use the network. Neiro does not look at what it does.',
      '  It is given each question, the answer and the answer of the data.'
    ],
    seconds: (seconds) => `  It has ${plural(seconds, 'second')} for one answer.`,
    agree: 'Run it? Asked once for this version of the program. [y/N]',
    agreed: 'Agreed. This version of the program can be used from the window and the command line.'
  },
  elsewhere: {
    agree: 'May this be sent? [y/N]',
    unmasked:
      'Something that looks like personal data is still there. To mask it: neiro data FILE --check --repair personal-data --save NEW, then train on that file.',
    written: (dir) =>
      `The training was written: ${dir}\n  Its README.md says how to run it. When it has ended, carry the whole folder back, and:`,
    trains: (place) => `Trained at: ${place}`,
    pausing: 'It saves and stops there. Ctrl-C once more leaves it to go on there by itself.',
    leftAlone: 'It goes on there. To watch it again and to take its result:'
  },
  plan: {
    model: (family, parameters, trained, held) =>
      `Model: ${family}, ${parameters} parameters (precision of the base model: ${held}), ${trained} trained`,
    memoryTitle: (tokens) => `Memory (at most ${tokens} tokens at once)`,
    categories: {
      weights: 'base model',
      adapter: 'adapter',
      gradients: 'gradients',
      optimizer: 'optimizer state',
      activations: 'activations',
      workspace: 'workspace',
      runtime: 'the program itself'
    },
    total: 'total',
    machine: 'this PC',
    where: { pc: 'memory of the PC', gpu: 'memory of the GPU' },
    free: (size) => `${size} free`,
    onThisGpu: (name) => `Calculated on: the GPU (${name})`,
    notOnGpu: (name, needed, free) =>
      `Calculated on: the CPU (it does not fit into the free memory of the GPU ${name}: ${needed} needed, ${free} free). A smaller --batch-size or --gradient-checkpointing may make it fit`,
    onCpu: (why) => `Calculated on: the CPU (${why})`,
    timeTitle: 'Time (an estimate from the speed measured on this PC)',
    speed: (tokens) => `about ${tokens} tokens a second`,
    time: (steps, tokens, time) => `${steps} steps, ${tokens} tokens: about ${time}`,
    onGpus: (gpus, time) =>
      `on ${gpus === 1 ? 'one NVIDIA H100' : `${gpus} NVIDIA H100`} about ${time} (calculated from published speeds; Neiro has not measured it); --on trains on another machine`,
    noGpus: 'It does not fit 8 NVIDIA H100 either, as it is set.',
    noData: 'Add --data to estimate the whole time.'
  },
  eval: {
    progress: {
      loss: (done, total) => `computing the loss ${done}/${total}`,
      answers: (done, total) => `answering ${done}/${total}`
    },
    ballot: (voter, file) => `The ballot of ${voter} was written: ${file}`,
    votesOpen: (n) => `${n} have begun to vote and not finished. The result comes when all have.`,
    report: (file) => `The report was written: ${file}`,
    preferencesSaved: (file, pairs) =>
      `${pairs} pairs of answers from the votes were written: ${file}. Train on them with neiro tune --method dpo --start RUN --data FILE`,
    sources: (list) => `shown: ${list}`,
    question: (number, text) => `Question ${number}: ${text}`,
    base: 'base model',
    tuned: 'tuned model',
    expected: 'expected',
    scoresTitle: (examples) => `Scores on ${examples} held-out examples`,
    scoresOfNamed: (examples) => `Scores on ${examples} examples of the data you gave`,
    tone: 'tone matches',
    facts: 'facts match',
    loss: 'loss',
    perplexity: 'perplexity',
    preference: {
      title: {
        pairs: (count, reference) => `${count} pairs of answers, against ${reference}`,
        answers: (count, reference) => `${count} answers with a verdict, against ${reference}`
      },
      reference: { base: (base) => calledBaseEn(base), start: () => 'the run that this one went on from' },
      accuracy: {
        pairs: 'preferred answer gained more (reward accuracy)',
        answers: 'liked gained, disliked lost (reward accuracy)'
      },
      margin: 'by how much (reward margin)',
      rewards: 'reward of preferred / other answers',
      likelier: 'preferred answer is the likelier',
      interval: (low, high) => `95 %: ${low} to ${high}`
    },
    exact: 'exact match',
    leftOut: (count) => `${count} examples cannot be used and were left out.`,
    turns: { user: 'question:', assistant: 'answer:' }
  },
  sweep: {
    rung: (n, all, runs, steps) => `Rung ${n} of ${all}: ${runs} combinations, ${steps} updates each`,
    failed: 'failed',
    goesOn: 'goes on'
  },
  rating: {
    progress: (done, total) => `giving points ${done}/${total}`,
    title: (pairs) => `On ${pairs} pairs of replies`,
    wrong: (pairs) => `Pairs whose preferred reply (above) has no more points: ${pairs}`,
    leftOut: (pairs) => `${pairs} pairs that could not be read are not counted.`
  },
  sorting: {
    prepared: (train, heldOut, tokens) =>
      `${train} texts to learn from (${tokens} tokens), ${heldOut} held out`,
    problems: {
      single_label_classification: (labels) => `Learns one of ${labels} labels for each text`,
      multi_label_classification: (labels) => `Learns any number of ${labels} labels for each text, or none`,
      regression: () => 'Learns a number for each text'
    },
    toLearn: 'to learn',
    heldOut: 'held out',
    moreLabels: (count) => `${count} more labels`,
    rare: (count, rarest, most) =>
      `${count === 1 ? 'One label has' : `${count} labels have`} few rows and will easily be missed (“${rarest.label}” has ${rarest.rows}, the most frequent “${most.label}” has ${most.rows}).`,
    weightsOffered: '--class-weights balanced makes the rows of rare labels count more.',
    title: (rows) => `Sorted ${rows} held-out rows`,
    progress: (done, total) => `sorting ${done}/${total}`,
    column: (name) => `Sorts the texts of the column “${name}” (--column text=NAME chooses another)`,
    unread: (count) => `${count} rows have no label; their last column says why.`,
    label: 'label',
    precision: 'precision',
    recall: 'recall',
    rows: 'rows',
    confusion: 'What it is (rows) and what was said (columns)',
    confused: 'What was taken for what',
    leftOut: (count) => `${count} rows could not be sorted, or have a label that was not learnt.`,
    written: (rows, file) => `${rows} rows were sorted and written to ${file}`
  },
  leak: {
    progress: (done, total) => `asking ${done}/${total}`,
    nothing: 'These data hold no personal data to ask for, and none of the words that were named.',
    asked: (asked, values) =>
      `Asked for ${asked} of ${values} pieces of personal data, each with the words that stand before it.`,
    none: 'The tuned model said none of them. That it would never say one when asked in another way is not proven.',
    repeated: (count) => `The tuned model said ${count} of them, word for word:`,
    base: (base) => `(${calledBaseEn(base)} says it too: it need not come from these data)`,
    planted: 'planted words',
    clean: 'No file that this run learnt from holds any of them (looked through byte by byte).',
    inRun: (count) =>
      `${count} of them were learnt from as they are. Mask them with neiro data FILE --check --repair personal-data, then train again.`
  },
  mergeAdapters: {
    done: (count, dir, rank, size) =>
      `${count} adapters were combined into one (LoRA, rank ${rank}, ${size}): ${dir}`,
    prompts:
      'They were trained with different system prompts. The new adapter has none of its own: give the one you mean with --system-prompt.',
    next: (dir) => `To try it: neiro chat --adapter ${dir}`
  },
  chat: {
    askedWith: (text) => `Asked with the opening instruction: ${text}`,
    talkingTo: (model, tuned, base) =>
      base === null
        ? `Talking to ${model} (${tuned ? 'tuned model' : 'base model'}).`
        : tuned
          ? `Talking to the model that went on from “${base}”.`
          : `Talking to “${base}”.`,
    help: (base) =>
      `/base ${calledBaseEn(base)}  /tuned the tuned model  /clear new conversation  /exit leave  Ctrl-C stop the answer`,
    cancelled: '(stopped)',
    cutAtLength: '(the length limit; change it with --max-new-tokens)',
    dropped: '(the conversation has grown long: its oldest part was dropped)',
    leaveHint: 'To leave, press Ctrl-C once more or type /exit.'
  },
  export: {
    none: 'Nothing has been exported from this run yet.',
    older: (step) =>
      `(the run as it was before it went on${step === null ? '' : `, after ${plural(String(step), 'update')}`})`,
    cutOff: (kind, dir) =>
      `The last export (${kind}, ${dir}) was not finished, because Neiro ended in the middle of it. What it had left was cleared away. Export once more.`,
    stages: {
      open: 'opening the model',
      write: 'writing',
      'read-back': 'opening what was exported',
      compare: 'comparing with the model in memory'
    },
    done: {
      peft: (dir, size) => `The adapter was exported (PEFT, ${size}): ${dir}`,
      merged: (dir, size, dtype) => `The whole model was exported (${dtype}, ${size}): ${dir}`,
      gguf: (dir, size, dtype) => `The GGUF file was exported (${dtype}, ${size}): ${dir}`
    },
    values: (difference, tensor) =>
      `The file was read back: all weights are those of the model in memory (largest difference ${difference}, ${tensor}).`,
    text: {
      same: 'Text is cut into tokens as by the model in memory.',
      composed:
        'Text is cut into tokens as by the model in memory, but for letters whose marks were typed apart from them: those are not composed.',
      near: 'A GGUF file can say only nearly how this model cuts text into tokens. The same text may be cut otherwise, and the answer may change. To keep the cutting too, export as merged.'
    },
    pruned: (zeros, weights, share) =>
      `${zeros} of the ${weights} weights of its linear layers (${share}%) are zero. A zero takes the room of any number: files get no smaller and usual programs answer no faster for it.`,
    noLmStudio: 'There is no LM Studio folder on this PC, so only the file was exported.',
    put: {
      linked: (path) => `Put into LM Studio (it takes no room of its own): ${path}`,
      copied: (path) => `Put into LM Studio (as a copy): ${path}`
    },
    ollamaByHand: (dir, name) =>
      `To create it in Ollama, type ollama create ${name} -f Modelfile in ${dir}, or export again with --name ${name}.`,
    noOllama: 'Ollama does not answer on this PC.',
    creating: {
      hash: (percent) => `Looking through the file (${percent}%)`,
      send: (percent) => `Handing it to Ollama (${percent}%)`,
      create: () => 'Ollama is creating the model'
    },
    created: (name) => `Created in Ollama. Talk to it with: ollama run ${name}`,
    compared: (prompts, difference, tolerance) =>
      tolerance === '0'
        ? `Opened again and compared on ${prompts} prompts: identical to the model in memory.`
        : `Opened again and compared on ${prompts} prompts: its numbers match those of the model in memory (difference ${difference}, allowed ${tolerance}).`,
    answered: (asked, changed) =>
      changed === 0
        ? `Read by the rules of other programs, it is asked as it was taught, ends where it was taught to, and gives the same ${plural(String(asked), 'answer')}.`
        : `Read by the rules of other programs, it is asked as it was taught and ends where it was taught to. But rounding changed ${changed} of ${plural(String(asked), 'answer')} from those of the model in memory; --dtype f32 keeps them.`,
    second: (tokens, difference) =>
      `Calculated a second time from the files alone, its numbers after ${plural(String(tokens), 'token')} agree (difference ${difference}).`,
    notSecond: {
      size: () => 'Not checked by a second calculation: the model is too large for it.',
      rounded: () =>
        'Not checked by a second calculation: the base is open in fewer bits than its files have.',
      form: () =>
        'Not checked by a second calculation: the base is not stored as Transformers stores one (config.json and safetensors).',
      sorts: () =>
        'Not checked by a second calculation: it knows only models that write, not those that sort.',
      unknown: (what) => `Not checked by a second calculation: it does not know ${what}.`
    }
  },
  runs: {
    torn: (file) =>
      `A list was damaged; what could be read of it is used. The damaged file was kept here: ${file}`,
    none: (dir) => `There are no runs yet (${dir}). Start with neiro demo.`,
    head: ['--run', 'name', 'project', 'state', 'step', 'loss', 'held-out', 'model'],
    queued: 'waiting for its turn in the window',
    states: {
      waiting: 'not begun',
      running: 'running',
      paused: 'paused',
      interrupted: 'interrupted',
      stopped: 'stopped',
      finished: 'finished',
      failed: 'failed'
    },
    name: 'name',
    project: 'project',
    state: 'state',
    model: 'model',
    created: 'created',
    device: 'trained on',
    folder: 'folder',
    result: 'result',
    evaluations: 'Checks (step, held-out loss)',
    best: 'best'
  },
  api: {
    serving: "Other programs can use it in OpenAI's form, until you end it.",
    noKey: '  No key is needed (only your own programs on this PC can use it).',
    models: (places) => `Models (answers up to ${places} requests at once):`,
    leftOut: (name, why) => `  not available: ${name} (${apiReasons[why]})`,
    open: 'Other PCs in the same network can use it too, and nothing is encrypted on the way. Give the key only to those who may use it, and run it in a network that you trust.',
    stop: 'Ctrl-C ends it.',
    stopping: 'Ending…'
  },
  storage: {
    place: 'projects, runs and models',
    models: 'fetched models',
    left: 'still in the old place',
    stages: { copying: 'copying', checking: 'reading the copy back' },
    away: 'The storage folder cannot be found. Connect its drive and try again; if it is lost, neiro storage --standard starts afresh in the standard place.',
    emptyHint: 'To delete what is in the old place: neiro storage --empty-old'
  },
  serve: {
    open: 'Open this address in a browser (on this PC only).',
    another: 'To open it in another browser, use this address (each works once):',
    enter: 'It is open in your browser. To open it in another one as well, press Enter for a new address.',
    allow: (folder) =>
      `The window asks to open this folder: ${folder}\nType y and press Enter to allow it, or just press Enter to refuse.`,
    stop: 'Ctrl-C ends it; a running training is saved first.',
    stopping: 'Ending…'
  },
  log: {
    masked: (count) =>
      `${count} ${count === 1 ? 'place, name or piece of personal data is' : 'places, names and pieces of personal data are'} masked.`
  },
  probe: {
    engine: 'engine',
    processor: 'processor',
    memory: 'memory',
    memoryOf: (free, all) => `${free} free of ${all}`,
    gpu: 'GPU',
    gpuOf: (name, compute, free, all) => `${name} (compute ${compute}), memory ${free} free of ${all}`,
    families: 'models',
    speed: 'speed',
    speedOfGpu: 'speed of the GPU'
  },
  demo: {
    title: 'Teaching a small model the voice of Tsukishiro Tea',
    honest:
      'The built-in model and data are for demonstration: the shop is imaginary, and the model knows nothing else. For real work, use a downloaded model and your own data.',
    marks: (tone, facts) => `tone ${tone} facts ${facts}`,
    nextCommands: (run) => [
      [`neiro chat --run ${run}`, 'talk to the tuned model (/base switches to the base model)'],
      [`neiro export merged --run ${run} --out our-model`, 'export it for Transformers and other tools'],
      ['neiro data YOUR-FILE.csv', 'see how your own file is read'],
      ['neiro tune --model MODEL-FOLDER --data YOUR-FILE.csv', 'train on your own data']
    ]
  },
  models: {
    none: (search) => (search === '' ? 'There are no models.' : `No model matches “${search}”.`),
    head: ['', 'Model', 'Size', 'On disk', 'Licence', 'Business use'],
    coming: 'cannot be trained by this version yet',
    getHint: 'To fetch one: neiro models get owner/name (any other name or address of the hub, too)',
    moving: (done, total) => `Moving (${done} of ${total})`,
    willFetch: (model, size, revision) => `${model} will be fetched (${size}, version ${revision}).`,
    licence: (name) => `Licence: ${name}.`,
    checking: (share) => `${share}  checking what has arrived`,
    left: (time) => `${time} left`,
    retry: (seconds) => `Trying again in ${seconds} s.`,
    paused: (command) => `Paused. What has arrived is kept. To go on: ${command}`,
    here: (dir) => `It is here: ${dir}`,
    removed: (name) => `The files of ${name} are deleted.`,
    where: {
      address: 'From',
      proxy: 'Proxy',
      environment: 'as the environment says',
      certificates: 'Certificates',
      token: 'Access token',
      tokens: { none: 'none', kept: 'kept', environment: 'from the environment (HF_TOKEN)' },
      store: 'Kept in',
      holds: 'Holds',
      models: (count, size) => `${count} model${count === 1 ? '' : 's'} (${size})`,
      inFile: 'The access token is kept in a file that only this user can read; it is not encrypted.'
    },
    noneFound: 'Nothing usable was found in LM Studio, Ollama or the Hugging Face cache.',
    askToken: 'Paste the access token and press Enter (nothing: it is forgotten).',
    tokenKept: 'The access token is kept.',
    tokenForgotten: 'The access token is forgotten.'
  },
  commands: {
    chat: {
      summary: 'talk to a model',
      about:
        'Answers appear word by word. Ctrl-C stops an answer, a second one leaves. In a conversation, /base and /tuned switch between the base model and the tuned model, and /clear starts a new one. Piped input is answered line by line.',
      examples: [
        'talk to the tuned model',
        'ask one question',
        'the base model, always the same answer',
        'let it go on with a text'
      ]
    },
    data: {
      summary: 'see how files are read: what was recognised, what cannot be used',
      about:
        'Encoding and shape are detected. Each row that cannot be used is listed with file, row and reason. With --model, lengths are in tokens of that model, and --show marks what is learnt.',
      examples: [
        'what was read',
        'set the encoding, save the rows that cannot be used',
        'two examples as the model sees them',
        'make more examples by putting questions otherwise, save all',
        'check, mask personal data, leave out duplicates, save'
      ],
      flags: { show: 'show N examples (with --model as the model sees them; what is learnt is in «»)' }
    },
    demo: {
      summary: 'try everything in a few minutes with what is built in',
      about:
        "Teaches a small model the voice of an imaginary tea shop's support desk, then shows answers before and after to questions it was not trained on. The model is for demonstration; it knows nothing else.",
      examples: ['as it is', 'what a change of settings does'],
      flags: { show: 'how many answers to show (default 6)' }
    },
    classify: {
      summary: 'sort texts by labels with what a training learnt',
      about:
        'Sorts a text given on the command line, or every row of a file that neiro data reads (--column text=NAME says which column holds the texts). With --out a CSV file is written: every column that the file has, then label and probability. Of several labels those from --threshold on (usually 0.5) are said. Also takes a folder of Transformers that was made to sort (--model).',
      examples: ['one text', 'a file in, a file out', 'the same as lines of JSON'],
      flags: {
        out: 'the CSV file that is written',
        threshold: 'from which probability on a label of several is said'
      }
    },
    advise: {
      summary: 'measures on your own questions whether you need tuning, and advises',
      about:
        'Keeps a part of the examples as questions and lets the base model, an instruction, near examples and search of documents answer them. Tone and facts with their 95 % intervals stand beside seconds and memory of an answer, and the advice follows from them. With --run the tuned model stands beside them. Without --prompt an instruction is drafted from the examples. Broken off, the same command goes on.',
      examples: ['on your own FAQ, before any training', 'a tuned model beside search of documents at hand'],
      flags: {
        prompt: 'the instruction (else one is drafted from the examples)',
        documents: 'documents to search (else the examples)',
        limit: 'how many questions (30 unless said)'
      }
    },
    sweep: {
      summary: 'tries settings beside each other, and says which differ beyond chance',
      about:
        'Every combination is trained briefly, the better half of them anew for twice as long, and so on (successive halving). What decides is the loss on examples that are not learnt. Broken off, the same command goes on. The trainings stand in neiro runs.',
      examples: ['six combinations of LoRA rank and learning rate', 'three learning rates of a recipe'],
      flags: {
        try: 'a setting and its values, separated by commas; may be repeated',
        steps: 'updates of the first rung (40 unless said); each rung has twice as many'
      }
    },
    eval: {
      summary: 'compare the base model and the tuned model on the same questions',
      about:
        'With --run, the examples that this training held out are used, whether the run was made here or in the window; with --data, any file that neiro data reads (CSV, Excel, Word, JSON, text). Loss and perplexity cover all of them; answers (greedy) are given for the first --limit. Without an adapter, only the base model is evaluated. With --prompt, --examples, --retrieval, --documents and --with-run, ways without training and other runs are compared on the same questions. Scores come with a 95 % interval; a difference within it is never called a win. Interrupted, the same command goes on where it stopped.',
      examples: [
        'the result of the newest training',
        'an adapter from elsewhere, on your own data',
        'this run beside a model that a service made',
        'Against ways without training, and whether anything was forgotten'
      ],
      flags: {
        prompt: 'adds the base model with this instruction (may be repeated)',
        examples: 'adds the base model shown the N examples nearest to each question',
        retrieval: 'adds the base model shown N passages that were searched (standard: 3)',
        documents: 'documents to search (without: the examples that the run has learnt)',
        'with-run': 'adds another run (may be repeated)',
        forbidden: 'a word that must not be used (may be repeated); those of the data check-up count, too',
        report: 'writes a report, one HTML file or a .pdf (with --run)',
        'signed-by': 'who signed the report off',
        remark: 'a remark of theirs in the report',
        ballot: 'writes a ballot of this voter, HTML for any browser, into this folder',
        votes: 'takes in a file of votes that a ballot saved',
        'save-preferences':
          'writes what the blind votes of the run prefer, one pair of answers a line; nothing is asked',
        general: 'asks 120 general questions, to see what was forgotten'
      }
    },
    agree: {
      summary: 'agrees to a program of your own that gives answers marks',
      about:
        'A page in a browser cannot be where that is agreed to: it is agreed to here. The program runs with your rights: look at what it does first. If it changes, you are asked again.',
      examples: ['lets this program run'],
      flags: {}
    },
    leak: {
      summary: 'Asks whether the tuned model repeats personal data of its data',
      about:
        'Each piece of personal data in the data (--data, or what the run learnt from) is asked for: the model is given the words that stand before it and goes on (temperature 0). With the file as it was before masking as --data, what was masked is asked for. --secret names words that were planted to find out. The folder of the run is looked through for them byte by byte, too. Where the model says one of them, the exit status is 1.',
      examples: ['With the file as it was before masking', 'Planted words, too'],
      flags: {
        secret: 'words that were planted to find out (may be repeated)',
        'own-number': 'an example of your own numbers (may be repeated)',
        limit: 'so many of them are asked for (default 100)'
      }
    },
    export: {
      summary: 'export the tuned model for other tools',
      about:
        '"ollama" and "lm-studio" are ready for those programs (ollama with --name creates the model where Ollama runs, lm-studio puts the file into its folder), "gguf" is one file for whatever has llama.cpp in it (--dtype q4_k_m, q8_0, f16 ...), "gguf-adapter" its adapter alone. "peft" is the adapter alone (used with its base in peft, vLLM …), "merged" is the base model with the adapter merged in (opens in Transformers as it is). What was exported is opened again and compared with the model in memory, and only then called done: bit for bit for peft; for merged within 1e-4 in F32, 1e-2 in F16, 5e-2 in BF16, relative to the largest logit.',
      examples: [
        'the adapter',
        'a whole model in BF16',
        'a small file for LM Studio and others',
        'up to a model in Ollama',
        'what was exported from a run, including by the window'
      ],
      flags: {
        out: 'the new folder',
        name: 'name of the model in Ollama (lower-case letters, digits and - _ .)'
      }
    },
    'merge-adapters': {
      summary: 'combine several LoRA adapters of one model into one',
      about:
        'Makes a new PEFT folder out of two or more runs or adapter folders that were trained on the same model. --method cat (the usual one) is their exact sum and has the sum of their ranks; svd keeps of it what an adapter of the largest of the ranks can hold; linear adds A and B of equal ranks apart, as PEFT does, which is smaller but not the sum of what they do. --weights says how much each counts (1 if not said; below 0 takes off, not with linear). What does not belong together (another model, DoRA, other ranks with linear …) is named, and nothing is written.',
      examples: ['both at full strength', 'mixed, no larger than the larger of the two'],
      flags: {
        out: 'the new folder',
        weights: 'how much each counts, in their order, separated by commas',
        method: 'how they are combined (cat if not said)',
        model: 'folder of their base model, where an adapter does not say'
      }
    },
    models: {
      summary: 'Finds published models, fetches them and takes them away again',
      about:
        'Without a word it lists the models that are known, and those on this PC (✓). get goes on where it was cut, and checks what arrived before it is used (Ctrl-C pauses). remove deletes what was fetched. where shows and changes where models come from and where they are kept. found looks for models of LM Studio, Ollama and the Hugging Face cache. token reads an access token from the standard input and keeps it.',
      examples: [
        'the models that are known',
        'find by words',
        'fetch one',
        'delete what was fetched',
        'keep them where Python’s tools do'
      ]
    },
    plan: {
      summary: 'memory and time of a training, before it starts',
      about:
        'Takes the same flags as tune and trains nothing. With data the real lengths are used; without it, examples of max_seq_length. The time is an estimate from the speed of this PC, measured now.',
      examples: ['does it fit this PC?', 'how much less with memory savings', 'how long a recipe will take']
    },
    log: {
      summary: 'write the log so that it can be sent to somebody',
      about:
        'The newest part of the log, with what this Neiro and this PC are. Places on the disk, names of the user and the PC, and personal data stand behind placeholders such as <PATH 1>. Please read it through before you send it.',
      examples: ['show it', 'save it to a file'],
      flags: { out: 'the file to write (.txt)' }
    },
    probe: { summary: 'show what the engine finds on this PC', examples: ['to include in a report'] },
    runs: {
      summary: 'list trainings, or show one of them',
      about:
        'All of them are listed: those of the window with their project, those of this command line, and those that --out put elsewhere. Any of them can be named with --run, by the word in the first column, its name (where only one run has it), its folder or as "latest".',
      examples: ['all of them, newest first', 'how the newest one went']
    },
    storage: {
      summary: 'where projects, runs and models are kept, and moving them',
      about:
        'Copies projects, runs, bins and fetched models to the folder of --to (or, where that is not empty, to a new folder Neiro in it), reads everything back, and only then switches over. Interrupted or killed, everything is as it was. What is in the old place stays until --empty-old. Settings and the log stay in the data folder.',
      examples: ['where they are now', 'move them to another drive', 'delete the old copy after a look'],
      flags: {
        to: 'the folder to keep them in (made if it is not there)',
        'empty-old': 'delete what is left in the old place',
        standard: 'start afresh in the standard place when the storage folder is lost'
      }
    },
    serve: {
      summary: 'open the window in a browser on this PC',
      about:
        'It can be opened from this PC only (127.0.0.1). The address that is shown works once, for the browser that opens it; press Enter for another one. In the window, only your home folder and what --folder allows can be chosen from. Ctrl-C ends it; a running training is saved first.',
      examples: [
        'in the browser',
        'on a PC without a screen (ssh -L 8400:127.0.0.1:8400 from yours)',
        'with data or models outside your home folder'
      ],
      flags: { folder: 'a folder that the window may open (can be repeated)' }
    },
    api: {
      summary: "let other programs use what was tuned (a local server in OpenAI's form)",
      about:
        'One base is opened, and everything tuned on it answers by its name. It can be reached from this PC only (127.0.0.1) and needs a key, which is made the first time and kept as api-key in the data folder. With the openai library, write what is shown as base_url and api_key.',
      examples: ['the newest tuned model', 'a chosen training and port', 'for other PCs too'],
      flags: {
        run: 'a training to serve (can be repeated; default: all on the same base)',
        port: 'the port (default: 8377, or the next free one)',
        host: 'the address to listen on; 0.0.0.0 lets other PCs in (a key is needed, and nothing is encrypted)',
        'key-file': 'a file with the key (made if it is not there)',
        'no-key': 'no key is needed (on this PC only)',
        'allow-origin': 'a page whose scripts may ask (can be repeated)'
      }
    },
    'take-back': {
      summary: 'take the result of a folder that was trained elsewhere',
      about:
        'Brings a folder that neiro tune --on folder:… wrote, and that was trained elsewhere, back to its run. It is checked to be whole and to be of that run. From then on it is like any run that was trained here.',
      examples: ['from the folder that came back']
    },
    tune: {
      summary: 'teach a model a way of writing (train an adapter)',
      about:
        'Starts from a recipe (YAML), or from --model and --data; flags override the recipe. Ctrl-C pauses with a checkpoint and --resume continues from there (a second Ctrl-C ends at once). The result is in the folder "adapter" of the run.',
      shown: 'A complete recipe (recipe.yaml)',
      examples: [
        'try it with the built-in model and data',
        'your own files, with less memory',
        'a recipe with one change, watching one answer',
        'teach the newest result which answers are preferred',
        'learn from its own answers, with points by a model that learnt to give them',
        'learn from its own answers, with marks by a program of your own (you are asked once)',
        'resume the newest run',
        'continue after its model was moved',
        'write a folder that can be trained anywhere',
        'train on a Ray cluster',
        'fine-tune at OpenAI, with what it may cost',
        'train in an Azure resource of the company'
      ],
      flags: {
        out: "folder of the run (default: in the app's data)",
        on: 'where to train instead of this PC: folder:DIR ray:http://… ssh:user@host/DIR openai azure:https://… What would leave is shown, and asked for, first',
        'model-there':
          'the base stays here: this folder there (or this name of the hub) is used; of openai and azure, the model that is trained',
        spread: 'how several GPUs there share it (unsaid: the simplest way that fits them)',
        'api-version': 'of azure, such as 2024-10-21 (unsaid: its v1 API)',
        price:
          'what a million tokens of training cost at openai or azure: the cost is estimated by it before anything is sent',
        end: 'with --resume: ends it here and takes what it has learnt (at openai and azure it is cancelled)'
      }
    }
  },
  /** what a flag means, by its name; where it means another thing, its command says so */
  flags: {
    json: 'for programs: one JSON object per line on standard output',
    lang: 'language of messages (default: the locale)',
    help: 'show this help',
    model: 'model folder in Hugging Face form; "starter" is the small built-in model',
    adapter: 'adapter folder (PEFT)',
    run: 'name or folder of a run, or "latest": model, data and adapter are taken from it',
    data: 'data files or folders (csv tsv xlsx ods docx odt json jsonl parquet txt md html eml mbox); "sample" is the built-in data',
    start: 'go on from this run (or PEFT folder): its adapter learns on, and is the reference of dpo and kto',
    'held-out': 'files used for checking only (without it, part of the data is held out)',
    'system-prompt': 'instruction given to the model before each conversation',
    threads: 'processors to use (default: all)',
    device: 'where it is calculated: auto cpu cuda (default: as the run was trained, else automatic)',
    'base-quantization': 'how the base model is kept: none f32 bf16 int8 nf4 (default: as in training)',
    'max-new-tokens': 'longest answer, in tokens',
    'run-program': 'agree to the program that gives marks being run on this PC (nothing is asked)',
    send: 'agree to what is shown being sent (nothing is asked)',
    unmasked: 'what looks like personal data may leave, too',
    deployment: 'at azure, the name under which the model was deployed (to have it answer)',
    limit: 'how many questions to answer (default 10; 0 = none)',
    name: 'name of the run',
    'reward-run':
      'run whose model gives answers points (of --method reward); for --method grpo, rloo and ppo',
    'reward-program':
      'a program of your own that gives answers marks: reads one line of JSON, answers with a number on one line',
    weight:
      'how much a file counts beside the others: FILE=2 learns from it twice in an epoch, FILE=0.5 from every other example (may be repeated)',
    question: 'a question answered during training (may be repeated)',
    base: 'without the adapter: the base model alone',
    prompt: 'ask one question and leave',
    continue: 'go on with this text as it is, without a conversation around it, and leave',
    temperature: 'temperature (0 = always the same answer; default 0.7)',
    'top-p': 'nucleus: share of probability kept (default 0.9; 1 = all)',
    'top-k': 'how many words to choose from (default 0 = all)',
    'min-p': 'least probability relative to the best (default 0)',
    'repetition-penalty': 'against repetition (default 1 = off)',
    'typical-p': 'probability held by words that surprise as much as is to be expected (default 1 = off)',
    'no-repeat': 'no so many tokens come twice in a row (default 0 = off)',
    'min-new-tokens': 'shortest answer in tokens (default 0)',
    seed: 'random seed (default: another each time)',
    stop: 'end the answer before this text (may be repeated)',
    check: 'looks for personal data, duplicates, contradictions, unfinished places and more',
    repair: `puts right what was found (repeat it, or separate by commas): ${findingKinds.join(' ')}`,
    save: 'saves the repaired examples (.jsonl, .csv, .parquet)',
    as: 'form of the saved file (from its ending where it is not said): openai alpaca sharegpt preference kto csv',
    forbid: 'a word that must not be there (can be repeated)',
    'own-number': 'an example of your own numbers (KM-2024-00123): such numbers count as personal data',
    augment:
      'makes more examples from those of the file: synonyms order typing paraphrase (the last by --model); answers stay as they are',
    'augment-share': 'synthetic examples for each that somebody wrote, at most (0..1, default 0.25)',
    synonym: 'words that mean the same, beside ours: WORD=WORD (may be repeated)',
    'save-refused': 'save the list of refused rows (.csv or .jsonl)',
    encoding: 'encoding, instead of the guess (utf-8 shift_jis euc-jp utf-16le …)',
    delimiter:
      'what divides the cells, instead of the guess: comma tab semicolon pipe tilde caret control-a unit-separator',
    'header-row': 'row of the column names, instead of the guess (0 = none)',
    'leave-out-sheet': 'a sheet that is not read (may be repeated)',
    shape: `shape, instead of the guess: ${dataShapes.join(' ')}`,
    column: 'which column plays a role, e.g. question=Betreff answer=Antwort (may be repeated)',
    split:
      'split a long text into questions and answers: by marks or headings (questions), by mails (mails) or by speakers (dates)',
    dtype:
      'number format: f32 bf16 f16 of merged (default: that of the base), and q8_0 q4_k_m q4_0 of GGUF files (default: q4_k_m)',
    force: 'replace a folder that exists',
    port: 'the port to use (default: a free one)',
    open: 'open the browser',
    agree: 'agree to the conditions of the licence (once, for models that have some)',
    move: 'move what was fetched to this folder (empty: back to its own)',
    shared: 'keep it in the Hugging Face cache, shared with Python’s tools',
    hub: 'address that models come from (empty: the official one)',
    proxy: 'address of the proxy (empty: as the environment says)',
    certificates: 'certificates of one’s own (a PEM file; empty: none)',
    resume: 'resume a paused or interrupted run (name, folder, or "latest")'
  }
}
