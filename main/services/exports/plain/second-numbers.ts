// The numbers of an exported folder, calculated a second time from its files alone by the plain model, beside the engine's
// for the same folder: a name, an order or a merge that the engine writes wrongly and reads back as wrongly shows here.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { SecondNumbers } from '../../../contract/window/results'
import { Pauses } from '../../reading/pauses'
import { openPlainAdapter } from './plain-adapter'
import { plainConfig } from './plain-config'
import { NotPlain, type ConfigJson } from './plain-fields'
import { plainLogits } from './plain-model'
import { MissingTensor } from './plain-products'
import type { PlainConfig } from './plain-shape'
import { StoredTensors } from './stored-tensors'

/** Products that are calculated at most: some seconds. */
const mostProducts = 4e9
const mostTokens = 16
/** relative to the largest logit; the engine calculates in 32 bits */
export const secondTolerance = 1e-3

export interface SecondRequest {
  readonly modelDir: string
  readonly adapterDir?: string | undefined
  /** what the engine has open: of a base that it has rounded, the files say other numbers */
  readonly isAsStored: boolean
  /** so many tokens the model's text knows; what stands behind them in the vocabulary may be no number */
  readonly known: number
  /** the beginning of them is asked */
  readonly tokens: readonly number[]
  /** the engine's logits [vocab] behind the last of these */
  readonly engine: (tokens: readonly number[]) => Promise<Float32Array>
  /** for errors */
  readonly target: string
}

/** Throws EXPORT_TENSOR_MISSING or EXPORT_DIFFERS where what stands in the folder is not what was calculated. */
export async function checkNumbers(request: SecondRequest): Promise<SecondNumbers> {
  try {
    return await checked(request)
  } catch (error) {
    if (error instanceof NotPlain) return { checked: false, why: 'unknown', what: error.what }
    if (error instanceof MissingTensor)
      throw new NeiroError('EXPORT_TENSOR_MISSING', { target: request.target, tensor: error.tensor })
    throw error
  }
}

async function checked(request: SecondRequest): Promise<SecondNumbers> {
  const { modelDir, adapterDir } = request
  const otherForm = { checked: false, why: 'form', what: '' } as const
  const text = await readFile(join(modelDir, 'config.json'), 'utf8').catch(() => null)
  if (text === null) return otherForm
  if (!request.isAsStored) return { checked: false, why: 'rounded', what: '' }
  const config = plainConfig(JSON.parse(text) as ConfigJson)
  const tensors = await StoredTensors.open(modelDir, 'model').catch((error: NodeJS.ErrnoException) => {
    // a base of another format; what was exported itself is always of this one
    if (error.code === 'ENOENT' && adapterDir !== undefined) return null
    throw error
  })
  if (!tensors) return otherForm
  try {
    // a base that names its tensors otherwise is somebody else's
    if (adapterDir !== undefined && !tensors.find('model.embed_tokens.weight')) return otherForm
    const tied = config.tied && !tensors.find('lm_head.weight')
    const opened = adapterDir === undefined ? null : await openPlainAdapter(adapterDir, { tied })
    try {
      const tokens = request.tokens.slice(0, affordable(config, tensors, opened?.normedRank ?? 0))
      if (tokens.length === 0) return { checked: false, why: 'size', what: '' }
      const pauses = new Pauses()
      const pause = (): Promise<void> => pauses.whenDue()
      const [plain] = await plainLogits(tokens, { config, tensors, adapter: opened?.adapter, pause })
      return compared(plain ?? new Float64Array(0), await request.engine(tokens), tokens.length, request)
    } finally {
      await opened?.close()
    }
  } finally {
    await tensors.close()
  }
}

/** How many tokens can be calculated in the time; 0: not one or two. Norming rows anew takes as many products as its rank. */
function affordable({ vocab, hidden }: PlainConfig, tensors: StoredTensors, normedRank: number): number {
  const inner = tensors.names
    .filter((name) => name.startsWith('model.layers.'))
    .reduce((sum, name) => sum + (tensors.find(name)?.shape ?? []).reduce((size, side) => size * side, 1), 0)
  const tokens = Math.floor((mostProducts - vocab * hidden) / Math.max(1, inner)) - normedRank
  return tokens < 3 ? 0 : Math.min(mostTokens, tokens)
}

function compared(
  plain: Float64Array,
  engine: Float32Array,
  tokens: number,
  { known, target }: SecondRequest
): SecondNumbers {
  let [largest, difference, seen] = [0, 0, 0]
  for (let i = 0; i < plain.length; i++) {
    const [a, b] = [plain[i] ?? NaN, engine[i] ?? NaN]
    if (Number.isNaN(a) && i >= known) continue
    seen++
    largest = Math.max(largest, Math.abs(a))
    difference = Math.max(difference, Number.isFinite(a - b) ? Math.abs(a - b) : Infinity)
  }
  const relative = largest === 0 ? difference : difference / largest
  if (seen === 0 || plain.length !== engine.length || !(relative <= secondTolerance))
    throw new NeiroError('EXPORT_DIFFERS', {
      target,
      difference: relative.toExponential(2),
      tolerance: String(secondTolerance)
    })
  return { checked: true, tokens, largest: relative }
}
