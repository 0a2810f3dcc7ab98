// What is said of trainings elsewhere, in English.
import { cloud } from '../cloud/en'
import { isPath, type RemoteWords } from './ja'

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
    times: (here, gpus, there) =>
      `With these settings: ${here} on this PC, ${there} on ${gpus === 1 ? 'one NVIDIA H100' : `${gpus} NVIDIA H100`} (calculated from published speeds; Neiro has not measured it).`,
    tooLarge: (here) =>
      `With these settings: ${here} on this PC. It does not fit 8 NVIDIA H100 either, as it is set.`,
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
    sayWhere: 'First say where to train.',
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
- What learns: ${o.adapter ? `an adapter (${o.adapter.kind}${o.adapter.rank ? `, r = ${o.adapter.rank}` : ''}${o.adapter.alpha ? `, alpha = ${o.adapter.alpha}` : ''}); the base model stays as it is` : 'all of the model'}
- ${o.train} examples to learn from, ${o.heldOut} held out
- ${o.batch} examples an update (read at once x times), learning rate ${o.learningRate}, ${o.epochs ? `${o.epochs} times through, ` : ''}${o.steps} updates at most, precision ${o.precision}${o.precision === 'auto' ? ' (BF16 where the GPU has it, else F32)' : ''}, seed ${o.seed}
${
  o.heldOut > 0
    ? `- What is held out is measured on the way, and the best so far becomes the result. ${o.patience > 0 ? `When it has not become better ${o.patience} times in a row, it ends before ${o.steps} updates.` : `It does not stop early: it goes on to ${o.steps} updates.`}\n`
    : ''
}- \`recipe.json\` holds all settings. Leave it as it is, or the result cannot be taken back
- **Unless they were masked, the data can be read.** Token ids are easily turned back into text: mind where this lies.

## To run it

It needs Python 3.10 or newer.

\`\`\`
python -m venv .venv && . .venv/bin/activate
pip install -r requirements.txt
python train.py --dry-run     # says what is missing; trains nothing
python train.py               # one process (on one GPU, however many there are)
\`\`\`
${o.along ? '' : `\nThe base model did not come along. ${o.hub ? `${isPath(o.hub) ? `The one in \`${o.hub}\` is used; if it is elsewhere, ` : `It is fetched from the hub as \`${o.hub}\`; where you have it, `}` : 'Say where it is: '}\`python train.py --model FOLDER\`${o.hub ? '' : ' (or \`--hub NAME\`, to fetch it from the hub)'}. Its weights are compared by SHA-256 (not those that come straight from the hub).\n`}${o.quantized ? '\nThe base is packed in NF4, which needs an NVIDIA GPU (to leave it whole: \`--unquantized\`).\n' : ''}
- To stop: \`touch output/stop\`. It saves at the next update and ends, however many processes there are. With one process, Ctrl-C and \`kill -TERM\` do the same.
- To go on: \`python train.py --resume\`
- To begin anew: \`python train.py --anew\` (the earlier \`output/\` becomes \`output-1\`)
- To let it go on when you leave: \`./start.sh\` (in the background; what it says is in \`output/log.txt\`; it goes on from where an earlier one ended)

## What it leaves

| | |
|---|---|
| \`output/status.json\` | how it stands; it has ended when it says \`"state": "finished"\` (else running, paused or failed) |
| \`output/${o.trains}/\` | the result, there once it has ended |
| \`output/best/\` | the best so far${o.heldOut > 0 ? '' : ' (none here: nothing is held out to measure it by)'} |
| \`output/metrics.jsonl\` | losses and other figures, a line an update |
| \`output/checkpoints/\` | what \`--resume\` goes on from |

## Several GPUs

An update learns from as many examples (${o.batch}) whatever the number of processes, so they must share them evenly. **For this
training that is: ${o.counts.join(', ')}.** Any other number is refused before it begins. \`start.sh\` and \`job.slurm\` use as many
of the GPUs as go, and say so.

| GPUs | memory of each | configuration | needed on each (estimate) | why |
|--:|--:|---|--:|---|
${o.rows.map((row) => `| ${row.gpus} | ${row.gpuBytes} | \`${row.config}\` | ${row.needed} | ${reasons[row.reason]} |`).join('\n')}

\`\`\`
python spread.py              # for the GPUs that are here: how many processes, which configuration
python train.py --dry-run --processes ${o.shown.gpus}
accelerate launch --config_file ${o.shown.config} --num_processes ${o.shown.gpus} train.py
\`\`\`

\`zero2\` and \`zero3\` need DeepSpeed, too (\`requirements.txt\` says which version).
${o.mostRepeated > 0 ? `With several processes, the last update of a time through alone may repeat up to ${o.mostRepeated} examples, so that every process has as many.\n` : ''}
With Slurm: \`sbatch job.slurm\`, from within this folder (set partition, GPUs and time first). It uses \`.venv\` where there is one,
else the environment that is active when you submit it.

## To bring the result home

Carry this folder, with its \`output/\` (and without \`.venv\`), to the PC that has Neiro:

\`\`\`
neiro take-back THIS-FOLDER
\`\`\`

It is checked to be whole and to be of this run; then it is a run as if it had been trained there: evaluate it, talk to it, export it.
`
}
