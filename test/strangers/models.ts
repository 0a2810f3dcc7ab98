// Models from strangers, through both doors: a tokenizer whose pattern goes back without end, a template that never ends, and
// a row on which the tokenizer of an honest model breaks.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelCard } from '../../main/contract/window/training'
import { starterModelDir } from '../fixtures/places'
import { faq } from '../services/dataset/project'
import { commandLine, type WindowDoor } from './doors'

interface Told {
  readonly name: string
  readonly door: string
  readonly said: string
  readonly problem: string | null
  readonly ms: number
  readonly memory: number
  readonly busy: number | null
}

interface HostileModel {
  readonly name: string
  readonly change: (dir: string) => void
  readonly data: () => string
  /** what each of these must end with; absent: with an answer */
  readonly codes: Readonly<Partial<Record<Question, RegExp>>>
  readonly command: RegExp | null
}

const questions = ['data.preview', 'data.histogram', 'train.presets'] as const
type Question = (typeof questions)[number]

/** a model that is to blame for every row has this for a sentence, with the reason in it */
const named = /^MODEL_TEXT_|^TEMPLATE_|^TOKENIZER_|^NOTHING_TO_LEARN$/

const models: readonly HostileModel[] = [
  {
    name: 'row 2: a pattern that goes back',
    change: (dir) =>
      changeJson(join(dir, 'tokenizer.json'), (tokenizer) => {
        const pattern = { Regex: '(a|a|aa)+$' }
        const replace = { type: 'Replace', pattern, content: 'x' }
        const before = tokenizer['normalizer'] as object | null
        tokenizer['normalizer'] = before ? { type: 'Sequence', normalizers: [replace, before] } : replace
      }),
    data: () =>
      `question,answer\n${Array.from({ length: 12 }, (_, i) => `q${i},${'a'.repeat(40)}b\n`).join('')}`,
    codes: { 'data.preview': named, 'data.histogram': named, 'train.presets': named },
    command: named
  },
  {
    name: 'row 2: twelve million spaces',
    change: () => undefined,
    data: () => `${faq(12)}質問99,a${' '.repeat(3_900_000)}b\n質問98,c${' '.repeat(3_900_000)}d\n`,
    codes: {},
    command: null
  },
  {
    name: 'row 6: a template of 10^10 turns',
    change: (dir) =>
      changeJson(join(dir, 'tokenizer_config.json'), (config) => {
        config['chat_template'] = '{% for i in range(10000000000) %}{{ i }}{% endfor %}'
      }),
    data: () => faq(12),
    codes: { 'data.preview': named, 'data.histogram': named, 'train.presets': named },
    command: named
  },
  {
    name: 'row 6: templates within templates',
    change: (dir) =>
      changeJson(join(dir, 'tokenizer_config.json'), (config) => {
        const depth = 9
        const open = Array.from({ length: depth }, (_, i) => `{% for a${i} in range(40) %}`).join('')
        config['chat_template'] = `${open}x${'{% endfor %}'.repeat(depth)}`
      }),
    data: () => faq(12),
    codes: { 'data.preview': named, 'data.histogram': named, 'train.presets': named },
    command: named
  }
]

function changeJson(file: string, change: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  change(value)
  writeFileSync(file, JSON.stringify(value))
}

export async function hostileModels(window: WindowDoor, home: string): Promise<readonly Told[]> {
  const told: Told[] = []
  for (const [i, model] of models.entries()) {
    const dir = join(home, `model-${i}`)
    cpSync(starterModelDir, dir, { recursive: true })
    model.change(dir)
    const file = join(home, `learnt-${i}.csv`)
    writeFileSync(file, model.data())
    told.push(...(await inWindow(window, model, dir, file)), await byCommand(home, model, dir, file))
  }
  return told
}

async function inWindow(window: WindowDoor, model: HostileModel, dir: string, file: string): Promise<Told[]> {
  const project = await window.project(model.name)
  const fileIds = [await window.choose(file, 'data-files')]
  await window.call('data.add', { project, fileIds })
  const outcome = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'answered',
      (error: Error) => (JSON.parse(error.message) as { code: string }).code
    )
  const fileId = await window.choose(dir, 'model-folder')
  const card = await window.call<ModelCard>('models.add', { fileId })
  await window.call('projects.update', { id: project, modelId: card.id })
  const told: Told[] = []
  for (const question of questions) {
    const args = {
      ...{ 'data.preview': { project, file: null, index: 0 } },
      ...{ 'data.histogram': { project, maxSeqLength: 512 }, 'train.presets': { project } }
    }[question]
    const { result, ...cost } = await window.measured(async () => {
      const asked = outcome(window.call(question, args))
      // the rest of the app goes on meanwhile
      await window.call('projects.list', {})
      return asked
    })
    const wanted = model.codes[question] ?? /^answered$/
    const problem = wanted.test(result) ? (cost.busy > 100 ? 'held the app up' : null) : `said ${result}`
    told.push({ name: model.name, door: `window ${question}`, said: result, problem, ...cost })
  }
  return told
}

async function byCommand(home: string, model: HostileModel, dir: string, file: string): Promise<Told> {
  const { status, events, stderr, ms, memory } = await commandLine(home, ['data', file, '--model', dir])
  const code = (events.find(({ event }) => event === 'error')?.['code'] ?? 'answered') as string
  const wanted = model.command ?? /^answered$/
  const problem = status === null || !wanted.test(code) ? `said ${code}: ${stderr.slice(0, 300)}` : null
  return { name: model.name, door: 'command', said: code, problem, ms, memory, busy: null }
}
