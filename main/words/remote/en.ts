// What is said of trainings elsewhere, in English.
import { cloud } from '../cloud/en'
import type { RemoteWords } from './ja'

const reasons: RemoteWords['reasons'] = {
  one: 'one process: nothing to spread',
  'no-gpu': 'no GPU: each process holds the whole model',
  'fits-whole': 'each GPU has room for all of it; less is sent around than when it is spread',
  'optimizer-spread': 'the model fits, gradients and optimizer beside it do not: those are spread (ZeRO-2)',
  'weights-spread': 'the model does not fit one GPU: its weights are spread, too, and sent around',
  'does-not-fit': 'it does not fit even when all is spread: more or larger GPUs, NF4 or shorter examples'
}

export const remote: RemoteWords = {
  reasons,
  places: {
    folder: (where) => `the folder ${where}`,
    ray: (where) => `the Ray cluster ${where}`,
    ssh: (where) => `${where} by SSH`,
    openai: (where) => cloud.place('openai', where),
    azure: (where) => cloud.place('azure', where)
  },
  leaving: {
    title: (place) => `What leaves this PC for ${place}`,
    examples: (train, heldOut) =>
      `every text of ${train} examples to learn from and ${heldOut} held out (as token ids, which anybody can turn back into text)`,
    recipe: 'the settings, the name of the recipe and of the model',
    system: 'the system prompt (as part of the examples)',
    model: (name, size) => `the weights of the base model ${name} (${size})`,
    noModel: (name) => `not the weights of the base model ${name}: those that are there are used`,
    start: 'the adapter that this training goes on from',
    rules: 'the rules for answers, with the words that stand in them',
    labels: (count) => `the names of ${count} labels`,
    size: (size) => `${size} in all`,
    stays: 'What stays: your original files, other runs, anything about this PC',
    masked: (rows) =>
      rows === '0'
        ? 'Looked through for personal data: none was found (no such search finds everything)'
        : `Looked through for personal data: ${rows} examples still hold some`
  },
  room: {
    cloud: cloud.room,
    title: 'Train on another machine',
    lead: 'A GPU server of your office, say, with the same settings. You are shown what would leave this PC first; nothing is sent before you agree.',
    times: (here, gpu) =>
      `With these settings: ${here} on this PC, ${gpu} on one NVIDIA H100 (calculated at 35 % of its maker’s figure; nobody has measured it).`,
    kind: 'Where to train',
    kinds: {
      folder: {
        title: 'A folder, run by hand',
        text: 'Saves data, settings and programs together. Run it anywhere, then take the result back here.'
      },
      ssh: {
        title: 'A machine with SSH',
        text: 'A Linux machine that takes your key. Sent, started, watched and brought home; it goes on when Neiro is closed.'
      },
      ray: {
        title: 'A Ray cluster',
        text: 'Started by Ray’s Jobs API, watched and brought home; it goes on when Neiro is closed.'
      },
      ...cloud.room.kinds
    },
    where: { ray: 'Address of the dashboard', ssh: 'user@machine/folder' },
    like: { ray: 'http://10.0.0.5:8265', ssh: 'user@gpu-server/neiro' },
    saveIn: 'Save in',
    choose: 'Choose',
    modelThere: 'Where the base model is there',
    modelThereHint:
      'If the same model is there: its folder, or its name on Hugging Face. Its weights are then not sent.',
    look: 'See what would leave',
    looking: 'Making what would be sent',
    unmasked: 'Personal data is still in it. The check-up of the data room can mask it.',
    kept: 'If you agree, these sentences and the time are kept in the audit sheet.',
    agree: {
      folder: 'Agree and save',
      ssh: 'Agree and send',
      ray: 'Agree and send',
      openai: 'Agree and send',
      azure: 'Agree and send'
    },
    refuse: 'Do not send',
    forbidden: 'Your office does not allow training on other machines.',
    only: (places) => `Places that your office allows: ${places}`,
    trains: (place) => `It trains on ${place}, and goes on there when Neiro is closed.`,
    rail: (place) => `In touch with ${place}`,
    trained: (place) => `It was trained on ${place}.`,
    awaited: 'Awaiting its result',
    byHand: 'The training is saved as a folder',
    byHandText: (where) =>
      `It is in ${where}. Run it as its README says, then choose that folder with “Take the result back”.`,
    takeBack: 'Take the result back'
  },
  readme: (o) => `# ${o.name}

A training written by Neiro. Whoever runs it, wherever, learns from the same data, in the same template, the same parts as Neiro
itself would: \`data/\` holds the very token ids and labels (nothing is learnt where a label is -100).

- Method: ${o.method}; base model: ${o.model}${o.along ? ' (in \`model/\`)' : ''}
- ${o.train} examples to learn from, ${o.heldOut} held out, ${o.steps} updates
- **Unless they were masked, the data can be read.** Token ids are easily turned back into text: mind where this lies.

## To run it

\`\`\`
python -m venv .venv && . .venv/bin/activate
pip install -r requirements.txt
python train.py --dry-run     # says what is missing; trains nothing
python train.py               # one process
\`\`\`
${o.along ? '' : `\nThe base model did not come along. ${o.hub ? `It is fetched from the hub as \`${o.hub}\`; where you have it, ` : 'Say where it is: '}\`python train.py --model FOLDER\`. Its weights are compared by SHA-256${o.hub ? ' (not those that come straight from the hub)' : ''}.\n`}${o.quantized ? '\nThe base is packed in NF4, which needs an NVIDIA GPU (to leave it whole: \`--unquantized\`).\n' : ''}
To stop: Ctrl-C, \`kill -TERM\`, or \`touch output/stop\`. It saves at the next update and ends. To go on: \`python train.py --resume\`.

## Several GPUs

| GPUs | memory of each | configuration | needed on each (estimate) | why |
|--:|--:|---|--:|---|
${o.rows.map((row) => `| ${row.gpus} | ${row.gpuBytes} | \`${row.config}\` | ${row.needed} | ${reasons[row.reason]} |`).join('\n')}

\`\`\`
accelerate launch --config_file accelerate/ddp.yaml --num_processes 4 train.py
\`\`\`

An update learns from as many examples whatever the number of processes; a number that does not divide them is refused before it
begins. With Slurm: \`sbatch job.slurm\`.

## To bring the result home

Carry this folder, with its \`output/\`, to the PC that has Neiro:

\`\`\`
neiro take-back THIS-FOLDER
\`\`\`

It is checked to be whole and to be of this run; then it is a run as if it had been trained there: evaluate it, talk to it, export it.
`
}
