// neiro demo: the whole path in a few minutes with what is built in: train, ask base and tuned the same
// held-out questions, say how many answers carry the house tone and keep the facts.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runFiles } from '../../contract/run-files'
import { runsDirOf } from '../../services/runs/run-store'
import { heldOutOf } from '../../services/evaluation/held-out'
import { applyFlags, readRecipe } from '../../services/recipes/recipe'
import { readTunedModel, resultOf } from '../../services/runs/tuned-model'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import { interruptedExit, withEngine, type Context } from '../context'
import { runWord } from '../find-run'
import { threadsFlag } from '../flags'
import { reportEvaluation } from '../report-evaluation'
import { prepare, train } from '../training'

export const demo: Command = {
  name: 'demo',
  usage: '[--show N]',
  positionals: { min: 0, max: 0 },
  settings: true,
  flags: [
    {
      name: 'show',
      kind: 'integer',
      value: 'N'
    },
    threadsFlag
  ],
  examples: ['neiro demo', 'neiro demo --epochs 1 --lora-rank 4'],
  events: [
    ['…', 'those of tune'],
    ['answer', 'before question expected base tuned'],
    ['scores', 'base tuned (each: tone facts loss perplexity learntTokens examples exact)']
  ],
  run: runDemo
}

const standardShow = 6

async function runDemo(args: Arguments, context: Context): Promise<number> {
  const { out, words, places } = context
  const recipe = applyFlags(await readRecipe(join(places.sampleDir, 'recipe.yaml')), args.settings)
  await mkdir(runsDirOf(context.parts.storage.dir), { recursive: true })
  out.line(out.style(words.demo.title, 'bold'))
  out.line(words.demo.honest)
  out.line()
  const run = await prepare(context, recipe)
  if ((await train(context, run)) === 'paused') return interruptedExit
  const { dir } = run
  await evaluate(context, dir, args.number('show') ?? standardShow)
  const result = join(dir, runFiles.adapter)
  out.event('finished', { run: dir, result })
  out.line()
  out.line(words.tune.result(result))
  out.line()
  out.line(words.tune.next)
  for (const [command, says] of words.demo.nextCommands(await runWord(dir, context.parts.store)))
    out.line(`  ${command}\n      ${says}`)
  return 0
}

/** What was kept out of this very run: the questions of the user's language first. */
async function evaluate(context: Context, dir: string, show: number): Promise<void> {
  const { out, words, parts } = context
  const tuned = await readTunedModel(await resultOf(dir, parts.shelf), {
    modelTexts: parts.modelTexts,
    threads: parts.threads()
  })
  const examples = await heldOutOf(dir)
  const evaluated = await withEngine(context, (_, signal) =>
    parts.evaluations.evaluate(
      { tuned, examples },
      {
        limit: examples.length,
        signal,
        onLine: (stage, done, total) => out.live(words.eval.progress[stage](done, total))
      }
    )
  )
  out.clearLive()
  await reportEvaluation(context, evaluated, { most: show })
}
