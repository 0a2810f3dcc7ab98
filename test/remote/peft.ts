// The adapter that came home says the same to Neiro's engine as to PEFT.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { OpenOptions } from '../../addon/index'
import { randomFrom } from '../../main/batches/shuffle'
import { float32, int32, writeSafetensors } from '../fixtures/safetensors'
import { withSession } from '../golden-runner/engine'
import type { Ask } from './asks'

const lengths = [5, 17, 40]

/** score: the run scores texts, and says no tokens. */
export async function trySameAsPeft(
  { venv, ask }: { readonly venv: string; readonly ask: Ask },
  base: string,
  run: string,
  score?: OpenOptions['score']
): Promise<void> {
  const adapterDir = join(run, 'adapter')
  const random = randomFrom(7, 0)
  const prompts = lengths.map((length) => Int32Array.from({ length }, () => 20 + (random() % 400)))
  const said: number[] = []
  await withSession({ modelDir: base, adapterDir, ...(score && { score }) }, async (session) => {
    for (const tokens of prompts) {
      const one = { tokens, lengths: Int32Array.of(tokens.length) }
      for (const value of await session.logits(one, { adapter: true })) said.push(value)
    }
  })
  const file = join(run, 'engine.safetensors')
  writeSafetensors(file, {
    tokens: int32(prompts.flatMap((tokens) => [...tokens])),
    lengths: int32(lengths),
    adapter: float32(Float32Array.from(said))
  })
  const program = join(import.meta.dirname, 'check_peft.py')
  const env = { ...process.env, HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '1' }
  const { status, stdout, stderr } = spawnSync(
    join(venv, 'bin/python'),
    [program, base, adapterDir, file, ...(score ? [String(score.labels)] : [])],
    {
      ...{ env, encoding: 'utf8' }
    }
  )
  const last = (stdout.trim() || stderr.trim()).split('\n').at(-1)
  ask(`the adapter that came home has PEFT's ${score ? 'scores' : 'logits'} (${last})`, status === 0)
}
