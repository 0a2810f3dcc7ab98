// A conversation with a model that a service keeps: what is written leaves this machine, and is agreed to once, before the first line.
import { createInterface } from 'node:readline'
import type { Message } from '../contract/records'
import type { CloudSampling } from '../services/runners/cloud/cloud-api'
import type { RemoteResult } from '../services/runners/elsewhere-file'
import { readRecipe } from '../services/recipes/recipe'
import { join } from 'node:path'
import { runFiles } from '../contract/run-files'
import { nameThere, type AskThere } from '../services/runners/cloud/cloud-answers'
import { withSystem } from '../services/tokens/with-system'
import type { Arguments } from './arguments'
import type { Context } from './context'
import { findRun } from './find-run'
import { printable } from './format'
import { agreeToAsking, noteDeployments } from './services'

/** A run, and the model that a service made of it. */
export interface ServiceRun {
  readonly dir: string
  readonly there: RemoteResult
}

/** null: the run was trained on a machine, or its base is to answer, or no run is named. */
export async function serviceRun(args: Arguments, context: Context): Promise<ServiceRun | null> {
  const { parts } = context
  const name = args.text('run')
  if (name === undefined || args.has('base')) return null
  await noteDeployments([name], args, context)
  const place = await parts.store.placeAt((await findRun(name, parts.store)).dir)
  const there = await parts.elsewhere.resultOf(place)
  return there && { dir: place.dir, there }
}

const longestAnswer = 512

export async function talkThere(
  { dir, there }: ServiceRun,
  args: Arguments,
  context: Context
): Promise<number> {
  const { out, words, stdin, stdout } = context
  const recipe = await readRecipe(join(dir, runFiles.recipe)).catch(() => null)
  const system = args.text('system-prompt') ?? recipe?.systemPrompt ?? ''
  const single = args.text('prompt')
  const isTalk = single === undefined
  const asked = { texts: isTalk ? [] : [single], isTalk, hasSystemPrompt: system !== '' }
  const ask = await agreeToAsking(there, dir, asked, args, context)
  const name = nameThere(there)
  out.event('opened', { model: name, adapter: null })
  const talk = new TalkThere(ask, there, system, args, context)
  if (single !== undefined) {
    await talk.answer(single)
    return 0
  }
  const isPerson = stdin.isTTY === true && !out.json
  const lines = createInterface({ input: stdin, ...(isPerson && { output: stdout, prompt: '> ' }) })
  if (isPerson) {
    out.line(name)
    out.line(out.style(words.chat.help(null), 'dim'))
    lines.prompt()
  }
  for await (const line of lines) {
    const text = line.trim()
    if (text === '/exit' || text === '/quit') break
    if (text === '/clear') talk.clear()
    else if (text !== '') await talk.answer(text)
    if (isPerson) lines.prompt()
  }
  lines.close()
  return 0
}

/** What of it a service can be told; the likeliest answer where nothing is said. */
function samplingOf(args: Arguments): { readonly sampling?: CloudSampling } {
  const [temperature, topP, seed] = [args.number('temperature'), args.number('top-p'), args.number('seed')]
  if (temperature === undefined && topP === undefined && seed === undefined) return {}
  return { sampling: { temperature: temperature ?? 0, topP: topP ?? 1, seed: seed ?? 0 } }
}

class TalkThere {
  private turns: Message[] = []

  constructor(
    private readonly ask: AskThere,
    private readonly there: RemoteResult,
    private readonly system: string,
    private readonly args: Arguments,
    private readonly context: Context
  ) {}

  clear(): void {
    this.turns = []
  }

  async answer(question: string): Promise<void> {
    const { out, parts } = this.context
    const asked: readonly Message[] = [...this.turns, { role: 'user', content: question }]
    const abort = new AbortController()
    const release = this.context.onInterrupt(() => abort.abort())
    try {
      await parts.elsewhere.mayLeave(this.there.place, question, this.args.has('unmasked'))
      const { text } = await this.ask(withSystem(asked, this.system), {
        maxNewTokens: this.args.number('max-new-tokens') ?? longestAnswer,
        ...samplingOf(this.args),
        signal: abort.signal
      })
      this.turns = [...asked, { role: 'assistant', content: text }]
      out.event('answer', { text })
      out.line(printable(text))
    } finally {
      release()
    }
  }
}
