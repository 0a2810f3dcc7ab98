// neiro data FILE --augment: more examples from those of the file, shown before anything is written.
import { mostShare, usualChoices } from '../../contract/augmentation'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { settingRows } from '../../contract/settings'
import { syntheticKinds, type SyntheticKind } from '../../contract/synthetic'
import { makeExamples, type Paraphrase } from '../../services/augmenting/make'
import { baseOf, paraphraserOf } from '../../services/augmenting/paraphraser'
import { previewOf } from '../../services/augmenting/preview'
import type { KeptSet } from '../../services/dataset/set/kept-set'
import { augmentWords } from '../../words/augment'
import type { Arguments } from '../arguments'
import type { Context } from '../context'
import { printable, whole } from '../format'
import { modelPlace } from '../model-place'

/** What is made; who trains what is saved leaves out those that were made from a question that it holds out. */
export async function augmented(
  args: Arguments,
  context: Context,
  set: KeptSet
): Promise<readonly Example[]> {
  const { out, language } = context
  const words = augmentWords[language]
  const kinds = args
    .texts('augment')
    .flatMap((names) => names.split(/[ ,]+/))
    .map(kindNamed)
  const share = args.number('augment-share') ?? usualChoices.share
  if (!(share >= 0 && share <= mostShare))
    throw new NeiroError('BAD_OPTION', {
      ...{ name: '--augment-share', expected: `0..${mostShare}`, got: String(share) }
    })
  const own = args.texts('synonym').map((group) => group.split('=').map((word) => word.trim()))
  const all = await makeExamples(set, {
    ...{ kinds, share, words: own.filter((group) => group.length > 1) },
    seed: settingRows.seed.default + set.facts.synthetic,
    paraphrase: kinds.includes('paraphrase') ? await paraphraser(args, context) : undefined
  })
  const { examples, count, written, there, kinds: byKind, wanted } = previewOf(all)
  out.event('augment', { count, written, there, kinds: byKind })
  out.line(
    wanted === 0
      ? words.full
      : count === 0
        ? words.none
        : words.would(whole(count), whole(written), whole(there))
  )
  for (const example of examples) {
    out.event('made', { ...example })
    out.line(`  ${words.kinds[example.by].label}  ${printable(`${example.file}:${example.row}`)}`)
    out.line(`    ${printable(example.question)}`)
    out.line(`    → ${printable(example.becomes)}`)
  }
  return all.made.map(({ example }) => example)
}

async function paraphraser(args: Arguments, context: Context): Promise<Paraphrase> {
  const { parts } = context
  const named = args.text('model')
  if (named === undefined)
    throw new NeiroError('BAD_OPTION', {
      ...{ name: '--augment paraphrase', expected: '--model DIR', got: '--augment paraphrase' }
    })
  const modelDir = await modelPlace(named, context)
  const { modelTexts, threads, device } = parts
  const base = await baseOf(modelDir, { modelTexts, threads: threads(), device })
  return paraphraserOf(base, parts.turns)
}

/** Throws BAD_OPTION where there is no such way. */
function kindNamed(name: string): SyntheticKind {
  const known = syntheticKinds.find((kind) => kind === name)
  if (!known)
    throw new NeiroError('BAD_OPTION', { name: '--augment', expected: syntheticKinds.join(' '), got: name })
  return known
}
