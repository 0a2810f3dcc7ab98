// neiro chat: a conversation with base or tuned, word by word. Ctrl-C ends an answer, twice leaves.
import { createInterface } from 'node:readline'
import type { SamplingOptions } from '../../../addon/index'
import type { Message } from '../../contract/records'
import type { Answer } from '../../services/chat/answer'
import type { TunedModel } from '../../services/runs/tuned-model'
import type { Arguments } from '../arguments'
import type { Command, Flag } from '../command'
import { interruptedExit, type Context } from '../context'
import {
  adapterFlag,
  baseQuantizationFlag,
  deviceFlag,
  maxNewTokensFlag,
  modelFlag,
  runFlag,
  systemPromptFlag,
  threadsFlag
} from '../flags'
import { baseRunName } from '../../words/run-name'
import { printable } from '../format'
import { serviceFlags } from '../services'
import { serviceRun, talkThere } from '../talk-there'
import { findTalker } from '../target'

const samplingFlag = (name: string, kind: 'number' | 'integer'): Flag => ({
  name,
  kind,
  value: 'N'
})

export const chat: Command = {
  name: 'chat',
  usage: '--run NAME | --model DIR [--adapter DIR] [--prompt TEXT | --continue TEXT]',
  positionals: { min: 0, max: 0 },
  flags: [
    runFlag,
    modelFlag,
    adapterFlag,
    {
      name: 'base',
      kind: 'switch'
    },
    {
      name: 'prompt',
      kind: 'text',
      value: 'TEXT'
    },
    {
      name: 'continue',
      kind: 'text',
      value: 'TEXT'
    },
    systemPromptFlag,
    maxNewTokensFlag,
    samplingFlag('temperature', 'number'),
    samplingFlag('top-p', 'number'),
    samplingFlag('top-k', 'integer'),
    samplingFlag('min-p', 'number'),
    samplingFlag('repetition-penalty', 'number'),
    samplingFlag('typical-p', 'number'),
    samplingFlag('no-repeat', 'integer'),
    samplingFlag('min-new-tokens', 'integer'),
    samplingFlag('seed', 'integer'),
    {
      name: 'stop',
      kind: 'texts',
      value: 'TEXT'
    },
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag,
    ...serviceFlags
  ],
  examples: [
    'neiro chat --run latest',
    'neiro chat --model starter --prompt "送料はいくらですか"',
    'neiro chat --run latest --base --temperature 0',
    'neiro chat --run latest --continue "本規程は、"'
  ],
  events: [
    ['leaving', 'place said bytes personal'],
    ['agreed', 'run place'],
    ['opened', 'model adapter'],
    ['piece', 'text'],
    ['answer', 'text thought finished tokens'],
    ['dropped', 'turns (the oldest, when the context was full)']
  ],
  run: runChat
}

const longestAnswer = 512

async function runChat(args: Arguments, context: Context): Promise<number> {
  const { engine, turns } = context.parts
  const there = await serviceRun(args, context)
  if (there) return talkThere(there, args, context)
  const tuned = await findTalker(args, context)
  return engine.use(async (host) => {
    // opened before anybody is asked to write
    await turns.use(args.has('base') ? tuned.openBase : tuned.open, async () => undefined)
    const talk = new Talk(args, context, tuned, () => host.kill())
    const text = args.text('continue')
    if (text !== undefined) return (await talk.answer(text, true)) ? 0 : interruptedExit
    const prompt = args.text('prompt')
    if (prompt !== undefined) return (await talk.answer(prompt)) ? 0 : interruptedExit
    return converse(talk, context)
  })
}

class Talk {
  private turns: Message[] = []
  private abort: AbortController | null = null
  private interrupts = 0
  private adapter: boolean

  constructor(
    private readonly args: Arguments,
    private readonly context: Context,
    private readonly tuned: TunedModel,
    private readonly kill: () => void
  ) {
    const { adapterDir, trainedDir, model } = tuned
    this.adapter = tuned.isTuned && !args.has('base')
    const learnt = this.adapter ? (adapterDir ?? trainedDir) : null
    context.out.event('opened', { model: model.name, adapter: learnt })
  }

  get name(): string {
    return this.context.words.chat.talkingTo(this.tuned.model.name, this.adapter, this.base)
  }

  /** What there is without what was learnt, where that is another run's model. */
  get base(): string | null {
    return baseRunName(this.tuned.baseRun, this.context.language)
  }

  /** '' = none */
  get instruction(): string {
    return this.tuned.systemPrompt
  }

  get answering(): boolean {
    return this.abort !== null
  }

  /** Ctrl-C while answering: the answer ends with what was said so far; the second time everything does. */
  interrupt(): void {
    this.interrupts++
    if (this.interrupts > 1) this.kill()
    else this.abort?.abort()
  }

  /** There is nobody left to talk with. */
  get left(): boolean {
    return this.interrupts > 1
  }

  clear(): void {
    this.turns = []
  }

  /** Where nothing was learnt there is nothing to switch. */
  switchAdapter(on: boolean): void {
    this.adapter = on && this.tuned.isTuned
  }

  /** True when the answer came to its end by itself. */
  async answer(question: string, continues = false): Promise<boolean> {
    const { out, words } = this.context
    const asked: Message = { role: 'user', content: question }
    const abort = new AbortController()
    this.abort = abort
    this.interrupts = 0
    const release = this.context.onInterrupt(() => this.interrupt())
    try {
      const { text, ...end } = await this.speak([...this.turns, asked], continues, abort.signal)
      this.turns.push(asked, { role: 'assistant', content: text })
      out.event('answer', { text, ...end })
      out.line(end.finished === 'cancelled' ? out.style(` ${words.chat.cancelled}`, 'dim') : '')
      if (end.finished === 'length') out.line(out.style(words.chat.cutAtLength, 'dim'))
      return end.finished !== 'cancelled'
    } catch (error) {
      if (!this.left) throw error
      out.line()
      return false
    } finally {
      this.abort = null
      release()
    }
  }

  private speak(messages: readonly Message[], continues: boolean, signal: AbortSignal): Promise<Answer> {
    const { args, tuned, context } = this
    const { out, words, parts } = context
    const question = {
      messages,
      continues,
      systemPrompt: tuned.systemPrompt,
      adapter: this.adapter,
      sampling: samplingOf(args),
      maxNewTokens: args.number('max-new-tokens') ?? longestAnswer,
      stopStrings: args.texts('stop')
    }
    return parts.chats.answer(tuned, question, {
      signal,
      onText: (text) => {
        out.event('piece', { text })
        out.part(printable(text))
      },
      onDropped: (turns) => {
        this.turns.splice(0, turns)
        out.event('dropped', { turns })
        out.line(out.style(words.chat.dropped, 'dim'))
      }
    })
  }
}

function samplingOf(args: Arguments): SamplingOptions {
  return {
    temperature: args.number('temperature') ?? 0.7,
    topK: args.number('top-k') ?? 0,
    topP: args.number('top-p') ?? 0.9,
    minP: args.number('min-p') ?? 0,
    repetitionPenalty: args.number('repetition-penalty') ?? 1,
    typicalP: args.number('typical-p') ?? 1,
    noRepeat: args.number('no-repeat') ?? 0,
    least: args.number('min-new-tokens') ?? 0,
    seed: args.number('seed') ?? Math.floor(Math.random() * 2 ** 32)
  }
}

/** Lines from a person or a pipe, one question each. */
async function converse(talk: Talk, context: Context): Promise<number> {
  const { out, words, stdin, stdout } = context
  const isPerson = stdin.isTTY === true && !out.json
  const lines = createInterface({ input: stdin, ...(isPerson && { output: stdout, prompt: '> ' }) })
  let leaving = false
  // a terminal in line mode gives Ctrl-C to the reader of lines, not to the process
  lines.on('SIGINT', () => {
    if (talk.answering) return talk.interrupt()
    if (leaving) return lines.close()
    leaving = true
    out.line(`\n${words.chat.leaveHint}`)
    lines.prompt()
  })
  if (isPerson) {
    out.line(talk.name)
    if (talk.instruction !== '') out.line(out.style(words.chat.askedWith(printable(talk.instruction)), 'dim'))
    out.line(out.style(words.chat.help(talk.base), 'dim'))
    lines.prompt()
  }
  for await (const line of lines) {
    leaving = false
    const text = line.trim()
    if (text === '/exit' || text === '/quit') break
    if (!command(text, talk, context) && text !== '') await talk.answer(text)
    if (talk.left) return interruptedExit
    if (isPerson) lines.prompt()
  }
  lines.close()
  return 0
}

function command(text: string, talk: Talk, { out, words }: Context): boolean {
  if (text === '/clear') talk.clear()
  else if (text === '/base' || text === '/tuned') talk.switchAdapter(text === '/tuned')
  else if (text === '/help') return out.line(words.chat.help(talk.base)) ?? true
  else return false
  out.line(out.style(talk.name, 'dim'))
  return true
}
