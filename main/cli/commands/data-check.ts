// neiro data FILE --check: what is wrong with the examples, what is put right by name, and the set that comes of it.
import { resolve } from 'node:path'
import { noChoices, type CheckUp, type Finding, type TopicGroups } from '../../contract/check-up'
import { findingKinds, type FindingKind } from '../../contract/findings'
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'
import type { Example } from '../../contract/records'
import { checkUpWords, partsOf } from '../../words/findings'
import type { RowsAside } from '../../services/dataset/read/rows-aside'
import { examplesOf } from '../../services/dataset/set/kept-set'
import { formOfFile, savedFile } from '../../services/dataset/set/save-file'
import { saveFormNames, type SaveFormName } from '../../services/dataset/set/save-forms'
import { repairOf } from '../../services/doctor/repair-of'
import type { RowsRepair } from '../../services/doctor/repairs'
import type { Arguments } from '../arguments'
import type { Context } from '../context'
import { printable, whole } from '../format'
import { augmented } from './data-augment'

/** as somebody types them */
const shortNames: Readonly<Record<string, FindingKind>> = {
  masks: 'personal-data',
  mask: 'personal-data',
  leaks: 'leakage'
}

export async function checkData(args: Arguments, context: Context, read: RowsAside): Promise<void> {
  const { parts, out, words } = context
  const wanted = args
    .texts('repair')
    .flatMap((names) => names.split(/[ ,]+/))
    .map(findingNamed)
  const choices = { ...noChoices, forbidden: args.texts('forbid'), own: args.texts('own-number') }
  const options = { ...choices, goal: 'tone', keep: 'first' } as const
  const repairs: RowsRepair[] = []
  // who only wants more examples has not asked what is wrong with these
  const isAsked = ['check', 'repair'].some((name) => args.has(name)) || !args.has('augment')
  const first = isAsked ? await parts.checker.checkUp(read.source(), options) : null
  if (first) report(context, first)
  // one after another: what one leaves out, the next need not put right
  for (const finding of wanted) {
    const checked =
      first && repairs.length === 0 ? first : await parts.checker.checkUp(read.source(repairs), options)
    const offered = repairOf(checked, finding, choices)
    const rows = offered
      ? await (await parts.checker.open(read.source(repairs))).ask('rowsAt', { indices: offered.targets })
      : []
    if (offered) repairs.push({ finding, repair: offered.repair, rows })
    const count = offered?.targets.length ?? 0
    out.event('repair', { finding, rows: count })
    const title = checkUpWords[context.language].findings[finding].title
    out.line(words.data.repaired(title, whole(count)))
  }
  const set = await parts.checker.open(read.source(repairs))
  const made = args.has('augment') ? await augmented(args, context, set) : []
  const saveTo = args.text('save')
  if (saveTo === undefined) return
  const file = resolve(saveTo)
  const form = formNamed(args.text('as')) ?? formOfFile(saveTo)
  const lots = async function* (): AsyncGenerator<readonly Example[]> {
    yield* examplesOf(set)
    yield made
  }
  const synthetic = set.facts.synthetic + made.length
  const { content, count } = savedFile(file, form, lots, synthetic > 0)
  await writeFileWhole(file, content)
  out.event('saved', { file, examples: count.saved, synthetic, leftOut: count.leftOut })
  out.line(words.data.savedExamples(file, whole(count.saved)))
  if (count.leftOut > 0) out.warning(words.data.notOfForm(whole(count.leftOut)))
}

/** Throws BAD_OPTION where there is no such form. */
function formNamed(name: string | undefined): SaveFormName | undefined {
  const known = saveFormNames.find((form) => form === name)
  if (name !== undefined && !known)
    throw new NeiroError('BAD_OPTION', { name: '--as', expected: saveFormNames.join(' '), got: name })
  return known
}

/** Throws BAD_OPTION where there is no such finding. */
function findingNamed(name: string): FindingKind {
  const known = shortNames[name] ?? findingKinds.find((kind) => kind === name)
  if (!known)
    throw new NeiroError('BAD_OPTION', { name: '--repair', expected: findingKinds.join(' '), got: name })
  return known
}

function report(context: Context, { findings, topics, examples }: CheckUp): void {
  const { out, words, language } = context
  out.line(words.data.checked(whole(examples), whole(findings.length)))
  for (const finding of findings) {
    out.event('finding', { ...finding })
    const { title, why } = checkUpWords[language].findings[finding.kind]
    const parts = partsOf(finding, language, whole)
    out.line(`  ${whole(finding.count).padStart(8)}  ${title}${parts === '' ? '' : `  ${parts}`}`)
    out.line(`            ${why}`)
    for (const line of shown(finding)) out.line(`              ${printable(line)}`)
  }
  if (topics) reportTopics(context, topics)
}

function reportTopics({ out, language }: Context, { groups, rest, asked }: TopicGroups): void {
  const words = checkUpWords[language].room.topics
  out.event('topics', { groups, rest, asked })
  out.line(words.title)
  out.line(`  ${words.lead}`)
  for (const group of groups) {
    out.line(`  ${whole(group.rows).padStart(8)}  ${printable(group.word)}`)
    const { question } = group.typical
    out.line(`              ${placeText(group.typical)} ${printable(question.slice(0, 60))}`)
  }
  if (rest > 0) out.line(`  ${words.rest(whole(rest))}`)
}

function shown({ examples }: Finding): readonly string[] {
  return examples.slice(0, 3).flatMap(({ places, excerpt }) => {
    if (excerpt) {
      const { before, words, after, becomes } = excerpt
      return [
        `${placeText(places[0])} …${before}«${words}»${after}…${becomes === null ? '' : ` → ${becomes}`}`
      ]
    }
    return places.map(
      (place) =>
        `${placeText(place)} ${[place.question, place.answer]
          .filter(Boolean)
          .map((text) => text.slice(0, 60))
          .join(' / ')}`
    )
  })
}

const placeText = (place: Finding['examples'][number]['places'][number] | undefined): string =>
  place ? `${place.file}:${place.row}` : ''
