// What stands beside an export, in English: the model card and the audit sheet.
import type { LicenceDuty } from '../../contract/window/models'
import type { CardWords } from './ja'

export const card: CardWords = {
  whatItIs: {
    peft: (base, kind) =>
      `An adapter (${kind}) for ${base}, made with Neiro. Load it with \`peft\` on top of that base.`,
    'gguf-adapter': (base, kind) =>
      `An adapter (${kind}) for ${base} as a GGUF file, made with Neiro. llama.cpp lays it over that base (\`--lora\`).`,
    merged: (base) => `${base} with what an adapter learnt merged into its weights, made with Neiro.`,
    full: (base) => `${base} trained further in all its weights, made with Neiro.`,
    gguf: (base, format) => `${base}, tuned, as one GGUF file (${format}), made with Neiro.`
  },
  combined: (base, how) =>
    `Several LoRA adapters for ${base} in one (PEFT's \`${how}\`), made with Neiro. Load it with \`peft\` on top of that base. What it is made of, and how much each counts:`,
  builtOn: (run, model) => `${run} is ${model}, trained further in all its weights with Neiro.`,
  besides: {
    peft: (run) =>
      `**This folder cannot be used alone.** Hand over the whole model of ${run}, too (exported with “Save the whole model” of Neiro). \`base_model_name_or_path\` in \`adapter_config.json\` is its place on the PC that trained it: put the place of the received model there, or open that model first and lay this over it with \`PeftModel.from_pretrained(model, THIS_FOLDER)\`.`,
    'gguf-adapter': (run) =>
      `**This file cannot be used alone.** Hand over ${run} as GGUF, too (exported with “One file (GGUF)” of Neiro).`
  },
  use: 'Use',
  plainTemplate:
    '- The base has no chat template. `chat_template.jinja` is the plain one that this was taught with: a line for each question, the answer, the end token.',
  template:
    '- Prompts are made with the chat template that it was taught with (`tokenizer.apply_chat_template`).',
  insideTemplate: '- The chat template that it was taught with is in the file (`tokenizer.chat_template`).',
  ollama: '- In Ollama: open a terminal in this folder and type `ollama create NAME -f Modelfile`.',
  lmStudio: '- In LM Studio: the file lies below `models/neiro`, once it was put there.',
  textCut: {
    composed:
      '- Text is cut into tokens as by the tokenizer itself, but for letters whose marks were typed apart from them: those are not composed.',
    near: '- Note: a GGUF file can say only nearly how this model cuts text into tokens. The same text may be cut otherwise, and the answer may change.'
  },
  rates: {
    merged:
      '- A reward model: open it with `AutoModelForSequenceClassification` of Transformers (`num_labels` is 1). It reads a question with its reply as a conversation, made with the chat template, and gives the reply one number. The number means nothing by itself; it compares replies to one question.',
    peft: '- A reward model: open the base with `AutoModelForSequenceClassification` (`num_labels=1`), and lay this over it with `peft`. It reads a question with its reply as a conversation, made with the chat template, and gives the reply one number. The number means nothing by itself; it compares replies to one question.'
  },
  sorts: {
    merged:
      '- Open it with `AutoModelForSequenceClassification` of Transformers. A text is cut into tokens as it stands, without a chat template.',
    peft: '- Open the base with `AutoModelForSequenceClassification`, and lay this over it with `peft`. A text is cut into tokens as it stands, without a chat template.'
  },
  labels: (shown, all) => `- Its scores in their order are of these labels (${all} in all): ${shown}`,
  end: (end, ids) => `- An answer ends with ${end} (\`eos_token_id\`: ${ids}).`,
  noEnd: 'no token of its own',
  none: 'none',
  system: '- It was taught with this system prompt, which the template adds where a conversation has none:',
  licence: (licence) => `The licence of the base (${licence}) applies to what is derived from it.`,
  noLicence: 'not stated in its folder',
  duties: 'What the licence asks for',
  dutyTexts: {
    'built-with-llama':
      'Built with Llama. A tuned model that is passed on has a name that begins with "Llama", shows "Built with Llama" and comes with a copy of the licence.',
    'gemma-terms':
      'Gemma is provided under and subject to the Gemma Terms of Use. Whoever gets this model is bound by the same use restrictions; pass the terms on.',
    lfm: 'LFM Open License: free for companies below 10 million US dollars of yearly revenue, tuned models included. Name the source.',
    plamo: 'Built with PLaMo. Commercial use needs an application to the maker.',
    nemotron: 'NVIDIA Nemotron Open Model License: pass the licence and the notice on.',
    'non-commercial': 'Not for commercial use.',
    research: 'For research only.'
  } satisfies Record<LicenceDuty, string>,
  from: (model, revision) => `- Base: ${model}, revision \`${revision}\``,
  training: 'Training',
  comma: ', ',
  kept: 'state that is in it: ',
  onGpu: (name) => `- calculated on a GPU (${name})`,
  examples: (count, tokens, heldOut) =>
    `- ${count} examples (${tokens} tokens) learnt from, ${heldOut} held out`,
  pruned: ({ zeros, weights, share, loss }) =>
    `- pruned: ${zeros} of the ${weights} weights of the linear layers (${share} %), the smallest by magnitude, were set to zero and stayed so while it was trained${loss === null ? '' : ` (loss right after that: ${loss})`}. A zero takes the room of any number, so files are no smaller for it, and usual programs answer no faster`,
  synthetic: (count) =>
    `- ${count} of them synthetic: made from others by rewording the question; none of the held-out ones`,
  scores: 'Scores on the held-out part',
  shrunk: (format) =>
    `These scores were measured before the numbers were rounded. This file, rounded to ${format}, was not measured itself; AUDIT.md says how far its calculation differs.`,
  loss: 'loss',
  perplexity: 'perplexity',
  base: 'base',
  tuned: 'tuned',
  settings: 'Settings',
  setting: 'setting',
  value: 'value',
  audit: {
    title: 'Audit sheet',
    about:
      'How this model came about and how the export was checked. Written by Neiro together with the export.',
    item: 'item',
    made: 'Exported',
    kind: 'Form',
    base: 'Base',
    begunWith: 'Run that it continued from',
    revision: 'Revision of the base',
    licence: 'Licence of the base',
    agreed: 'Licence agreed to on',
    trained: 'Trained on',
    updates: 'Length of the training',
    kept: 'State that is in it',
    data: 'Fingerprint of the examples learnt from (SHA-256)',
    heldOut: 'Fingerprint of the examples held out (SHA-256)',
    prompts: 'Prompts compared with the model in memory',
    largest: 'Largest difference of the calculation (relative)',
    answers: 'Answers that rounding changed',
    values: 'Weights read back: largest difference of a tensor',
    second: 'Second calculation, from the exported files alone',
    secondSame: 'the same numbers',
    notSecond: 'not done',
    whyNot: {
      size: 'the model is too large for it',
      rounded: 'the base is open in fewer bits than its files have',
      form: 'the base is not stored as Transformers stores one',
      sorts: 'it knows only models that write, not those that sort',
      unknown: 'it does not know this kind of model'
    },
    text: 'Cutting of text into tokens',
    same: 'as here',
    composed: 'as here, but for marks typed apart from their letters',
    near: 'near to here: the same text may be cut otherwise',
    versions: 'Versions',
    left: 'Sent away: when, where to, by whom',
    leftWhat: 'What was sent',
    leftPersonal: 'Examples sent with personal data in them',
    connection: 'Network',
    noConnection: 'Training and export use no network. Nothing was sent.',
    fetched: 'The base model was downloaded by its name above.'
  }
}
