// What the command line says in English; the shape is that of ja.ts, by type.
import { dataShapes } from '../../contract/records'
import type { Words } from './ja'

export const en: Words = {
  help: {
    tagline:
      "Neiro (音色) teaches a language model your company's tone of voice. Everything stays on this machine.",
    usage: 'Usage:',
    commandWord: 'COMMAND [flags]',
    commands: 'Commands',
    firstSteps: 'First steps',
    firstExamples: [
      ['neiro demo', 'the whole path in a few minutes, nothing else needed'],
      ['neiro data faq.csv', 'how your own file is read'],
      ['neiro tune --model DIR --data faq.csv', 'train'],
      ['neiro chat --run latest', 'talk with the tuned model']
    ],
    moreHelp: 'More on a command, with examples: neiro COMMAND --help',
    examples: 'Examples',
    flags: 'Flags',
    commonFlags: 'Flags of every command',
    events: 'Output with --json ("event", then its fields)',
    default: 'default',
    groups: {
      adapter: 'Settings: the learnt part',
      training: 'Settings: training',
      schedule: 'Settings: how the stride changes',
      memory: 'Settings: memory and speed',
      evaluation: 'Settings: checks and saves'
    }
  },
  fit: {
    fits: 'fits',
    tight: 'fits once other programs are closed',
    'too-large': 'does not fit this machine'
  },
  data: {
    shapes: {
      instruction: 'instruction, input, output',
      'prompt-completion': 'prompt and completion',
      'question-answer': 'question and answer',
      messages: 'messages (OpenAI)',
      conversations: 'conversations (ShareGPT)',
      text: 'plain text'
    },
    file: (name, format, encoding, shape, sure, examples, rows) =>
      `  ${name}  ${[format, encoding, shape].filter(Boolean).join(', ')} (${sure} sure)  ${examples} examples from ${rows} rows`,
    titles: (row, list) => `row ${row} names the columns; above it, and not data: ${list}`,
    refused: (count) => `${count} ${count === 1 ? 'row' : 'rows'} cannot be used.`,
    moreRefused: (count) => `${count} more; save the list with neiro data FILE --save-refused refused.csv`,
    total: (examples, refused) => `${examples} examples, ${refused} rows refused`,
    tokens: (tokens, learnt, longest) =>
      `${tokens} tokens (${learnt} of them learnt), the longest example has ${longest}`,
    example: (number, file, row) => `Example ${number} (${file}:${row})`,
    asSeen: (number) => `Example ${number} as the model sees it (what is learnt stands in «»)`,
    savedRefused: (file) => `The list of refused rows was saved: ${file}`
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
    prepared: (train, heldOut, tokens, learnt) =>
      `${train} examples to learn from (${tokens} tokens, ${learnt} of them learnt), ${heldOut} held out`,
    cut: (tokens) => `${tokens} tokens were cut off at the length limit; a higher max_seq_length keeps them.`,
    memory: (needed, free, verdict) => `Memory: about ${needed} needed, ${free} free → ${verdict}`,
    run: (dir) => `Run folder: ${dir}`,
    sample: (step, question) => `Answer at step ${step}: ${question}`,
    pausing: 'Pausing with a checkpoint. Ctrl-C once more ends at once, without saving.',
    paused: (step) => `Paused at step ${step}. Go on from here with:`,
    killed: 'Ended at once. Everything up to the last checkpoint is kept; go on from there with:',
    finished: (step, loss, best) =>
      best === null
        ? `Training is done (${step} steps, loss ${loss}).`
        : `Training is done (${step} steps, loss ${loss}, best held-out ${best.name} ${best.value}).`,
    result: (dir) => `Result: ${dir}`,
    next: 'What to try next:',
    nextCommands: (run) => [
      [`neiro chat --run ${run}`, 'talk with the tuned model'],
      [`neiro eval --run ${run}`, 'compare it with the base on the same questions'],
      [`neiro export peft --run ${run} --out our-tone`, 'write it for other tools']
    ]
  },
  plan: {
    model: (family, parameters, trained, held) =>
      `Model: ${family}, ${parameters} parameters (base held as: ${held}), ${trained} trained`,
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
    machine: 'this machine',
    free: (size) => `${size} free`,
    timeTitle: 'Time (an estimate from the speed measured on this machine)',
    speed: (tokens) => `about ${tokens} tokens a second`,
    time: (steps, tokens, time) => `${steps} steps, ${tokens} tokens: about ${time}`,
    noData: 'Add --data to estimate the whole time.'
  },
  eval: {
    progress: {
      loss: (done, total) => `computing the loss ${done}/${total}`,
      answers: (done, total) => `answering ${done}/${total}`
    },
    question: (number, text) => `Question ${number}: ${text}`,
    base: 'base',
    tuned: 'tuned',
    expected: 'expected',
    scoresTitle: (examples) => `Scores on ${examples} held-out examples`,
    scoresOfNamed: (examples) => `Scores on ${examples} examples of the data you named`,
    tone: 'in the tone',
    facts: 'facts right',
    loss: 'loss',
    perplexity: 'perplexity',
    exact: 'exact match',
    leftOut: (count) => `${count} examples cannot be used and were left out.`,
    learnt: (count, of) =>
      `${count} of ${of} examples were learnt in this run: what it scores on them proves nothing.`,
    turns: { user: 'question:', assistant: 'answer:' }
  },
  chat: {
    talkingTo: (model, tuned) => `Talking with ${model} (${tuned ? 'tuned' : 'base'}).`,
    help: '/base without the adapter  /tuned with it  /clear begin anew  /exit leave  Ctrl-C end an answer',
    cancelled: '(stopped)',
    cutAtLength: '(the length limit; change it with --max-new-tokens)',
    dropped: '(the talk has grown long: its oldest part was dropped)',
    leaveHint: 'To leave, press Ctrl-C once more or type /exit.'
  },
  export: {
    none: 'Nothing was written of this run yet.',
    stages: {
      open: 'opening the model',
      write: 'writing',
      'read-back': 'opening what was written',
      compare: 'comparing with the model in memory'
    },
    done: {
      peft: (dir, size) => `The adapter was written (PEFT, ${size}): ${dir}`,
      merged: (dir, size, dtype) => `The whole model was written (${dtype}, ${size}): ${dir}`
    },
    compared: (prompts, difference, tolerance) =>
      tolerance === '0'
        ? `Opened again and compared on ${prompts} inputs: identical to the model in memory.`
        : `Opened again and compared on ${prompts} inputs: as the model in memory (difference ${difference}, allowed ${tolerance}).`
  },
  runs: {
    none: (dir) => `There are no runs yet (${dir}). Begin with neiro demo.`,
    head: ['name', 'project', 'state', 'step', 'loss', 'held-out', 'model'],
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
    folder: 'folder',
    result: 'result',
    evaluations: 'Checks (step, held-out loss)',
    best: 'best'
  },
  serve: {
    open: 'Open this address in a browser (on this machine only).',
    another: 'The window is open. To open another browser, use this address (each works once):',
    stop: 'Ctrl-C ends it; a running training is saved first.',
    stopping: 'Ending…'
  },
  probe: {
    engine: 'engine',
    processor: 'processor',
    memory: 'memory',
    memoryOf: (free, all) => `${free} free of ${all}`,
    families: 'models',
    speed: 'speed'
  },
  demo: {
    title: 'Teaching a small model the voice of Tsukishiro Tea',
    honest:
      'The built-in model and data are for demonstration: the shop is imaginary, and the model knows nothing else. Real work takes a downloaded model and your own data.',
    marks: (tone, facts) => `tone ${tone} facts ${facts}`,
    nextCommands: (run) => [
      [`neiro chat --run ${run}`, 'talk with it (/base switches to the untaught model)'],
      [`neiro export merged --run ${run} --out our-model`, 'write it for Transformers and others'],
      ['neiro data YOUR-FILE.csv', 'see how your own file is read'],
      ['neiro tune --model MODEL-FOLDER --data YOUR-FILE.csv', 'train on your own data']
    ]
  },
  commands: {
    chat: {
      summary: 'talk with a model',
      about:
        'Answers come word by word. Ctrl-C ends an answer, a second one leaves. Within a conversation /base and /tuned switch the adapter off and on, /clear begins anew. Piped input is answered line by line.',
      examples: ['talk with the tuned model', 'one question', 'the base alone, always the same answer']
    },
    data: {
      summary: 'see how files are read: what was recognised, what was refused',
      about:
        'Encoding and shape are recognised. Each refused row is listed with file, row and reason. With --model, lengths are in tokens of that model, and --show marks what is learnt.',
      examples: [
        'what was read',
        'correct the encoding, save what was refused',
        'two examples as the model sees them'
      ],
      flags: { show: 'show N examples (with --model as the model sees them; what is learnt stands in «»)' }
    },
    demo: {
      summary: 'try the whole path in a few minutes with what is built in',
      about:
        "Teaches a small model the voice of an imaginary tea shop's support desk, then shows answers to questions it was not taught, before and after. The model is for demonstration; it knows nothing else.",
      examples: ['as it is', 'what a change of settings does'],
      flags: { show: 'how many answers to show (default 6)' }
    },
    eval: {
      summary: 'compare base and tuned on the same questions',
      about:
        'With --run, the part that this training held out is used. Loss and perplexity are over all examples, answers (greedy) for the first --limit of them. Without an adapter the base alone is evaluated.',
      examples: ['the result of the newest training', 'an adapter from elsewhere, on your own data']
    },
    export: {
      summary: 'write the tuned model for other tools',
      about:
        '"peft" is the adapter alone (used with its base in peft, vLLM …), "merged" is the base with the adapter in it (opens in Transformers as it is). What was written is opened again and compared with the model in memory, and only then called done: to the bit for peft; for merged within 1e-4 in F32, 1e-2 in F16, 5e-2 in BF16, relative to the largest logit.',
      examples: ['the adapter', 'a whole model in BF16', 'what was written of a run, by the window too'],
      flags: { out: 'the new folder' }
    },
    plan: {
      summary: 'memory and time of a training, before it starts',
      about:
        'Takes what tune takes and trains nothing. With data the real lengths are used, without it examples of max_seq_length. The time is an estimate from the speed of this machine, measured now.',
      examples: ['does it fit this machine?', 'and how much less with savings', 'how long a recipe will take']
    },
    probe: { summary: 'what the engine finds on this machine', examples: ['to put into a report'] },
    runs: {
      summary: 'list trainings, or show one of them',
      examples: ['all of them, newest first', 'how the newest one went']
    },
    serve: {
      summary: 'the window, for a browser on this machine',
      about:
        'It can be opened from this machine only (127.0.0.1), by whoever knows the token in the address. Ctrl-C ends it; a running training is saved first.',
      examples: ['in the browser', 'on a machine without a screen (ssh -L 8400:127.0.0.1:8400 from yours)']
    },
    tune: {
      summary: 'teach a model a way of writing (train an adapter)',
      about:
        'Begins from a recipe (YAML), or from --model and --data; flags go before the recipe. Ctrl-C pauses with a checkpoint and --resume goes on from there (a second Ctrl-C ends at once). The result is in the folder "adapter" of the run.',
      shown: 'A complete recipe (recipe.yaml)',
      examples: [
        'try it with the built-in model and data',
        'your own files, with less memory',
        'a recipe with one change, watching one answer',
        'go on with the newest run'
      ],
      flags: { out: "folder of the run (default: among the app's data)" }
    }
  },
  /** what a flag means, by its name; where it means another thing, its command says so */
  flags: {
    json: 'for programs: one JSON object a line on standard output',
    lang: 'language of messages (default: the locale)',
    help: 'show this help',
    model: 'model folder in Hugging Face form; "starter" is the small built-in model',
    adapter: 'adapter folder (PEFT)',
    run: 'name or folder of a run, or "latest": model, data and adapter are taken from it',
    data: 'data files or folders (jsonl json csv tsv txt md); "sample" is the built-in data',
    'held-out': 'files used for checking only (without it, a part of the data is kept aside)',
    'system-prompt': 'instruction given to the model before each conversation',
    threads: 'processors to use (default: all)',
    'base-quantization': 'how the base is held: none f32 bf16 nf4 (default: as in training)',
    'max-new-tokens': 'longest answer, in tokens',
    limit: 'how many questions to answer (default 10; 0 = none)',
    name: 'name of the run',
    question: 'a question answered during training (may be repeated)',
    base: 'without the adapter: the base alone',
    prompt: 'ask one question and leave',
    temperature: 'temperature (0 = always the same answer; default 0.7)',
    'top-p': 'nucleus: share of probability kept (default 0.9; 1 = all)',
    'top-k': 'how many words to choose from (default 0 = all)',
    'min-p': 'least probability relative to the best (default 0)',
    'repetition-penalty': 'against repetition (default 1 = off)',
    seed: 'random seed (default: another each time)',
    stop: 'end the answer before this text (may be repeated)',
    'save-refused': 'save the list of refused rows (.csv or .jsonl)',
    encoding: 'encoding, instead of the guess (utf-8 shift_jis euc-jp utf-16le …)',
    shape: `shape, instead of the guess: ${dataShapes.join(' ')}`,
    column: 'which column plays a role, e.g. question=Betreff answer=Antwort (may be repeated)',
    dtype: 'precision of merged: f32 bf16 f16 (default: that of the base)',
    force: 'replace a folder that exists',
    port: 'the port to use (default: a free one)',
    open: 'open the browser',
    resume: 'go on with a paused or interrupted run (name, folder, or "latest")'
  }
}
