// The leak test: a tuned model is given what stands before a piece of personal data in the data, and goes on by itself. What it says
// of it, it has by heart; what its base says too, it had before.
import type { LeakedValue } from '../../../contract/leak'
import type { TrainerCaller } from '../../../contract/trainer-protocol'
import { greedy, streamAnswer } from '../../chat/stream-answer'
import type { Turns } from '../../engine/turns'
import type { TunedModel } from '../../runs/tuned-model'
import type { ModelText } from '../../tokens/model-text'
import { withSystem } from '../../tokens/with-system'
import { says, type Probe } from './probes'

/** tokens that are waited for beyond those of the words themselves */
const moreTokens = 24
/** longest beginning that is given, in signs: what stands right before the words leads to them */
const longestBeginning = 600

export interface LeakTestOptions {
  readonly turns: Turns
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
}

export async function leakTest(
  tuned: TunedModel,
  probes: readonly Probe[],
  { turns, signal, onProgress }: LeakTestOptions
): Promise<readonly LeakedValue[]> {
  const repeated: LeakedValue[] = []
  const place = { work: 'evaluation' as const, ...(signal && { signal }) }
  for (const [done, probe] of probes.entries()) {
    signal?.throwIfAborted()
    const said = await turns.use(tuned.open, (host) => saidFor(probe, host, tuned, true, signal), place)
    onProgress?.(done + 1)
    if (said === null) continue
    const base =
      tuned.isTuned &&
      (await turns.use(tuned.openBase, (host) => saidFor(probe, host, tuned, false, signal), place)) !== null
    const { file, row } = probe.source
    repeated.push({ kind: probe.kind, words: probe.words, file, row, said, base })
  }
  return repeated
}

/** What the model says, where it says the words; null where it does not. */
async function saidFor(
  probe: Probe,
  host: TrainerCaller,
  tuned: TunedModel,
  adapter: boolean,
  signal?: AbortSignal
): Promise<string | null> {
  const { modelText, stopTokens, open, systemPrompt } = tuned
  const [words] = await modelText.encode([probe.words])
  for (const begin of probe.begins) {
    const prompt = await promptOf(probe, begin, modelText, systemPrompt)
    const maxNewTokens = (words?.length ?? 0) + moreTokens
    if (prompt.length === 0 || prompt.length + maxNewTokens > open.maxContext) continue
    let text = ''
    for await (const piece of streamAnswer(host, {
      ...{ modelText, prompt, stopTokens, maxNewTokens, maxContext: open.maxContext },
      ...{ sampling: greedy, adapter, ...(signal && { signal }) }
    }))
      text += piece
    if (says(text, probe.words)) return text.trim()
  }
  return null
}

/** The tokens up to the words: of an answer behind its question, of a question without what ends its turn. */
async function promptOf(
  { before, role }: Probe,
  whole: string,
  modelText: ModelText,
  systemPrompt: string
): Promise<Int32Array> {
  const begin = whole.slice(-longestBeginning)
  const ids = async (text: string): Promise<Int32Array> =>
    text === '' ? new Int32Array(0) : ((await modelText.encode([text]))[0] ?? new Int32Array(0))
  if (before === null) return ids(begin)
  if (role === 'assistant')
    return joined(await modelText.prompt(withSystem(before, systemPrompt)), await ids(begin))
  const asked = (content: string): Promise<Int32Array> =>
    modelText.prompt(withSystem([...before, { role: 'user', content }], systemPrompt))
  const [one, other] = [await asked(begin), await asked(`${begin}?x`)]
  let same = 0
  while (same < Math.min(one.length, other.length) && one.at(-1 - same) === other.at(-1 - same)) same++
  return one.subarray(0, one.length - same)
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
