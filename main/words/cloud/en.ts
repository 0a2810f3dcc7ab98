// What is said of services that train (OpenAI and Azure OpenAI), in English.
import type { CloudWords } from './ja'

const services = { openai: 'OpenAI', azure: 'Azure OpenAI' } as const

export const cloud: CloudWords = {
  place: (kind, where) => (where === '' ? services[kind] : `${services[kind]} (${where})`),
  leaving: {
    examples: (train, heldOut) =>
      `every text of ${train} examples to learn from and ${heldOut} held out (as JSONL files that anybody can read)`,
    system: 'the system prompt (at the beginning of each example)',
    asked: (model, passes) =>
      `the name of the base model (${model}), how often all is gone through (${passes} times), and the letters and digits of the name of the training. The size of LoRA, learning rate and batch are chosen there`,
    beta: (beta) => `how strong the preference is (beta ${beta})`,
    size: (size) => `${size} in all`,
    tokens: (tokens, passes, all) =>
      `What is learnt: about ${tokens} tokens, ${passes} times, about ${all} in all (estimated from the letters: a token for four letters of Latin or one of another script; the service counts in its own way, and by that it charges)`,
    cost: (cost, price) =>
      `What the training may cost: about ${cost} (at ${price} for a million tokens, the price that you gave). To keep the model there, and to have it answer, costs extra`,
    noPrice:
      'What the training may cost: not estimated, no price was given (it stands in the price list of the service)',
    tooLong: (count, most) =>
      `${count} examples seem longer than the service takes (${most} tokens): it cuts off what is beyond that`,
    stays: 'What stays: your original files, other runs, anything about this PC, the models on it',
    kept: 'The files that were sent, and the model that comes of them, stay in that account until you delete them there. The model cannot be brought home: whenever it is used, it answers over the network',
    ends: 'OpenAI takes no more fine-tuning after 6 January 2027 (it has taken none from newcomers since 7 May 2026)',
    masked: (rows) =>
      rows === '0'
        ? 'Looked through for personal data: none was found (no such search finds everything)'
        : `Looked through for personal data: ${rows} examples still hold some`
  },
  asking: {
    questions: (count) =>
      `the text of ${count} questions, with what was said before them (not the expected answers)`,
    talk: 'what you write from now on in this conversation, with what was said before it',
    masked: (texts) =>
      texts === '0'
        ? 'Looked through for personal data: none was found (no such search finds everything)'
        : `Looked through for personal data: ${texts} of the texts hold some`,
    busy: (place, seconds) => `${place} is busy: it is asked again in ${seconds} seconds`,
    refused: (reason) =>
      `The service did not answer this question because of what stands in it (${reason}). It is counted as an empty answer.`,
    answersAt: (name, place) => `${name}: its answers came over the network, from ${place}.`,
    refusedOf: (name, count) => `${name}: ${count} questions were refused, and are counted as empty answers.`,
    unmeasured:
      'Not to be had of a model at a service: loss and perplexity, what was forgotten, and the test for leaks. They take probabilities, or very many questions. Answers, votes and scores of the texts are counted as always.',
    noLoss: 'Loss and perplexity of the tuned model cannot be had: the service does not tell probabilities.',
    deployment: 'Name of the deployment',
    deploymentHint:
      'At Azure a tuned model answers once it is deployed: in the Azure portal, under “Deployments”.',
    personal: 'Personal data is in it. It leaves only if you say so.',
    keep: 'Use this name',
    there: (model, place) =>
      `The tuned answers come over the network, from ${model} at ${place}. Whatever is asked is shown to you before it leaves.`,
    look: 'See what would be asked',
    agree: 'Agree and ask',
    refuse: 'Do not ask',
    chatHow: (told, here) =>
      `Of the settings below, the service is told: ${told}. Those that hold for the base model only: ${here}.`,
    ways: 'Models at services',
    notExported: (names) => `${names}: stays at the service, and cannot be exported.`,
    system: 'the system prompt (at the beginning of each question)',
    size: (size) => `${size} in all`,
    model: (model) => `The model that answers: ${model}`,
    charged: 'To have it answer is charged by the price list of the service',
    stays:
      'What stays: your original files, the expected answers, other runs, anything about this PC, the answers of models on it'
  },
  departures:
    'What left this machine for this run, in the words that were agreed to. Written by Neiro before it left.',
  room: {
    kinds: {
      openai: {
        title: 'Fine-tuning at OpenAI',
        text: 'Trains a model of OpenAI in your account. The model that comes of it stays at OpenAI. Until 6 January 2027.'
      },
      azure: {
        title: 'Fine-tuning at Azure OpenAI',
        text: 'Trains in an Azure resource of your company. The model that comes of it stays in that resource.'
      }
    },
    where: { openai: 'Address', azure: 'Endpoint' },
    whereHint: {
      openai: 'Empty: OpenAI itself. Only needed where it goes through a server of your company.',
      azure: 'In the Azure portal, under “Keys and Endpoint”.'
    },
    like: { openai: 'https://…/v1', azure: 'https://our-company.openai.azure.com' },
    model: 'Name of the base model there',
    modelHint: 'A model that the service fine-tunes.',
    noAnswers: 'While a service trains, no answers come from it.',
    modelLike: 'gpt-4.1-mini-2025-04-14',
    apiVersion: 'API version',
    apiVersionHint: 'Empty: v1, the newer form. A dated one is written like 2024-10-21.',
    price: 'Price of a million training tokens',
    priceHint: 'From the price list of the service. With it, the cost is estimated before anything is sent.',
    priceProblem: 'Write a number, such as 5 or 3.5.',
    key: 'API key',
    keyStates: {
      none: 'There is none yet. It is kept on this PC, and used for this address alone.',
      kept: 'It is kept.',
      environment: 'The key of the environment variable is used.'
    },
    keyIn: {
      system: 'It goes into the key store of the system.',
      file: 'It goes into a file that only you can read.'
    },
    oddKey: {
      other: 'This is short for a key. Check that it was copied in full.',
      openai:
        'This does not look like a key of OpenAI (long, beginning with sk-). Check that it was copied in full.',
      azure:
        'This does not look like a key of Azure (32 or more letters and digits). Check that it was copied in full.'
    },
    keepKey: 'Keep',
    forgetKey: 'Forget',
    end: 'Cancel it there',
    left: 'It may go on there. Resume shows how it is.',
    unmasked: 'I agree that it leaves with the personal data in it',
    result: (model, place) =>
      `The model that came of it is at ${place}: ${model}. It does not come to this PC, so it cannot be exported.`
  },
  keys: {
    title: 'Keys of services',
    lead: 'For training at OpenAI or Azure OpenAI, and for asking what came of it. A key is used for the address that it was given for, and sent to no other.',
    none: 'No key is kept.',
    environment: (name) =>
      `The environment variable ${name} says one. It is used for every address, before what is kept here.`,
    remove: 'Remove',
    removeOf: (place) => `Remove the key of ${place}`,
    service: 'Service',
    get: {
      openai: 'Made on OpenAI’s platform page, under “API keys” (sign in, with billing set up).',
      azure:
        'In the Azure portal, on the page of the Azure OpenAI resource: “Keys and Endpoint”. Either of the two keys will do.'
    },
    add: 'Add a key'
  },
  cli: {
    kept: (file) => `Audit sheet: ${file}`,
    result: (model, place) => `Model: ${model} (it is at ${place}, and stays there)`,
    next: {
      eval: 'compare it with the base model on held-out questions (they go over the network; asked first)',
      chat: 'talk to it (what you write goes over the network)'
    }
  }
}
