// The server for other programs (a part of the take-home room).
import type { ApiWords } from '../ja/api'

export const api: ApiWords = {
  title: 'Use it from other programs',
  lead: "Switch it on, and Excel or your company's own programs can ask this model. They speak to it as they would to OpenAI, and nothing leaves this PC.",
  states: {
    off: 'It is off.',
    starting: 'Opening the model…',
    on: 'It is on: programs on this PC can use it.',
    stopping: 'Finishing what is being answered…'
  },
  training:
    'Training is running. Requests are still answered, but both share this PC, so answers are slower than usual.',
  waits: {
    evaluation: 'Requests wait for the current comparison answers.',
    chat: 'Requests wait for the current chat answer.',
    export: 'Requests wait until the export is done.',
    api: 'Requests wait for their turn.'
  },
  address: 'Address (base_url)',
  key: 'Key (api_key)',
  keyHint: 'Treat it like a password: give it only to people who may use the model.',
  show: 'Show',
  hide: 'Hide',
  renew: 'Make a new key',
  renewed: 'There is a new key. The one before no longer works.',
  models: 'Models (model)',
  thisOne: 'Tuned model of this page',
  practiceBase: (name) => `Base model (${name})`,
  model: 'Name of the model',
  leftOut: (name, why) => `${name}: ${why}`,
  why: {
    base: 'it has a different base model, so it cannot be served together with these.',
    precision: 'its base model is packed differently, so it cannot be served together with these.',
    whole: 'the whole model was trained, so it is a model of its own.',
    sorts: 'it sorts texts; it does not write.',
    damaged: 'its files cannot be read.',
    most: 'only the newest 32 can be used.'
  },
  now: 'Right now',
  counts: (talking, waiting, answered) =>
    `${talking} being answered, ${waiting} waiting, ${answered} answered`,
  examples: 'How to use it',
  example: 'the example',
  kinds: { python: 'Python', javascript: 'JavaScript', curl: 'curl', vba: 'Excel (VBA)' },
  vba: 'In Excel, press Alt+F11, choose Insert > Module and paste it there; then write =NEIRO(A1) in a cell.',
  question: 'How much is shipping?',
  copy: 'Copy',
  copyOf: (name) => `Copy: ${name}`,
  copied: 'Copied',
  copyByHand: 'It could not be copied. Select the text and copy it yourself.'
}
