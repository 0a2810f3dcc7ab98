// neiro api: the server for other programs, in OpenAI's form. Serving itself is main/api; this says where it is, with
// which key, and stays until Ctrl-C.
import { resolve } from 'node:path'
import type { StartOptions } from '../../api/switch'
import type { ApiState } from '../../contract/window/serving'
import { ApiKey } from '../../services/serving/api-key'
import { wantedFor } from '../../services/serving/candidates'
import type { Wanted } from '../../services/serving/served-models'
import { modelPlace } from '../model-place'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import type { Context } from '../context'
import { findRun } from '../find-run'
import { baseQuantizationFlag, deviceFlag, modelFlag, threadsFlag } from '../flags'
import { UntilInterrupted } from '../until-interrupted'

export const apiCommand: Command = {
  name: 'api',
  usage: '[--run NAME | --model DIR] [--port N] [--host ADDRESS]',
  positionals: { min: 0, max: 0 },
  flags: [
    { name: 'run', kind: 'texts', value: 'NAME' },
    modelFlag,
    { name: 'port', kind: 'integer', value: 'N' },
    { name: 'host', kind: 'text', value: 'ADDRESS' },
    { name: 'key-file', kind: 'text', value: 'FILE' },
    { name: 'no-key', kind: 'switch' },
    { name: 'allow-origin', kind: 'texts', value: 'URL' },
    baseQuantizationFlag,
    threadsFlag,
    deviceFlag
  ],
  examples: ['neiro api', 'neiro api --run latest --port 8400', 'neiro api --host 0.0.0.0'],
  events: [
    ['serving', 'url port models'],
    ['left-out', 'name why (base, precision, whole, sorts, damaged or most)']
  ],
  async run(args, context) {
    const { parts, out, words } = context
    const host = args.text('host')
    const given = args.text('key-file')
    const key = args.has('no-key') ? null : given === undefined ? undefined : new ApiKey(resolve(given))
    const origins = args.texts('allow-origin')
    const start: StartOptions = {
      wanted: () => wantedOf(args, context),
      port: args.number('port') ?? null,
      ...(host !== undefined && { host }),
      ...(key !== undefined && { key }),
      ...(origins.length > 0 && { origins })
    }
    const interrupted = new UntilInterrupted(context)
    const state = await parts.api.start(start)
    const models = state.models.map(({ name }) => name)
    out.event('serving', { url: state.address, port: parts.api.port, models })
    for (const { name, why } of state.leftOut) out.event('left-out', { name, why })
    show(state, context, host)
    await interrupted.ended
    out.line(words.api.stopping)
    return interrupted.exitAfter(parts.api.stop())
  }
}

function show(
  { address, key, models, leftOut, places }: ApiState,
  { out, words }: Context,
  host?: string
): void {
  out.line(words.api.serving)
  out.line(`  base_url: ${address}`)
  // a person reads it; who reads --json takes it from its file
  out.line(key === null ? words.api.noKey : `  api_key:  ${key}`)
  out.line(words.api.models(places))
  for (const { name } of models) out.line(`  ${name}`)
  for (const { name, why } of leftOut) out.line(words.api.leftOut(name, why))
  if (host !== undefined && host !== '127.0.0.1' && host !== 'localhost') out.warning(words.api.open)
  out.line(words.api.stop)
}

async function wantedOf(args: Arguments, context: Context): Promise<Wanted> {
  const { parts } = context
  const words = args.texts('run')
  const model = args.text('model')
  const quantization = args.text('base-quantization') as Wanted['baseQuantization'] | undefined
  const candidates = await parts.candidates()
  if (words.length > 0) {
    const runs = await Promise.all(words.map((word) => findRun(word, parts.store)))
    const ids = runs.map(({ id }) => id)
    const wanted = wantedFor(candidates, ids[0] ?? null, true)
    return {
      ...wanted,
      ...(wanted.runs?.length !== 0 && { runs: ids }),
      ...(quantization && { baseQuantization: quantization })
    }
  }
  if (model === undefined) return wantedFor(candidates, null, false)
  const modelDir = await modelPlace(model, context)
  const own = candidates.find(({ parts: { modelDir: dir } }) => resolve(dir) === modelDir)
  return { modelDir, runs: null, baseQuantization: quantization ?? own?.parts.baseQuantization ?? 'none' }
}
