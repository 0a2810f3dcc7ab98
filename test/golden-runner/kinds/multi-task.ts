// One adapter learning three tasks at once: to say tokens, and by heads beside the language head to sort texts and to find
// where an answer stands. Losses and what the heads say, every gradient, and a run of steps with what it leaves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session } from '../../../addon/index'
import { labelLoss, spanLoss } from '../../../main/losses/task-heads'
import { floats, integers, readSafetensors, tensorOf, type Tensors } from '../../fixtures/safetensors'
import { gradientsOf, named, raggedBatch, unpadded, type Ragged } from '../batches'
import { type Case } from '../cases'
import { numberError, tensorError, tensorSetCheck, trainedSetCheck, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { farthest, openOptions } from './causal-lora'

const tasks = ['generation', 'classification', 'span'] as const
type Task = (typeof tasks)[number]
interface StepExpected extends Readonly<Record<Task, number>> {
  readonly loss: number
  readonly grad_norm: number
}

export async function runMultiTask(item: Case, folder: string): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  // labels of the others are none of tokens
  const texts = new Map([...inputs].filter(([name]) => name !== 'classification.labels'))
  const batches = new Map(tasks.map((task) => [task, raggedBatch(texts, `${task}.`)]))
  const longest = Math.max(...[...batches.values()].map(({ tokens }) => tokens.length))
  const options = {
    ...openOptions(item, longest),
    maxContext: 0,
    heads: [
      { name: 'classification', outputs: Number(item.file['num_labels']), of: 'last', bias: false },
      { name: 'span', outputs: 2, of: 'tokens', bias: true }
    ] as const,
    headsFile: join(item.dir, 'heads_init.safetensors')
  }
  const checks: Check[] = []
  await withSession({ ...options, heads: [...options.heads] }, async (session) => {
    checks.push(...(await checkSaid(session, batches, expected, tolerance.logits)))
    const before = await forwardAll(session, item, inputs, batches, 1)
    const wanted = item.file.results?.['losses'] as Readonly<Record<Task, number>>
    for (const task of tasks)
      checks.push({
        name: `${task} loss`,
        error: numberError(before[task], wanted[task]),
        tolerance: tolerance.loss
      })
    const gathered = await engine().gatheredGradients(session)
    const gradients = new Map([...named(gathered)].map(([name, { data }]) => [name, data]))
    const rights = gradientsOf(expected)
    checks.push(
      tensorSetCheck('gradients', determined(gradients), determined(rights), tolerance.gradients),
      ...[gradients, rights].map((of, at) => ({
        name: `gradient of ${shift}${at === 0 ? '' : ', expected'}, of its weight's`,
        error: largest(of.get(shift)) / largest(of.get('span.weight')),
        tolerance: tolerance.gradients
      }))
    )
    checks.push(...(await checkSteps(session, item, inputs, batches, before)))
    checks.push(await checkFinal(session, item, tolerance.final_weights))
  })
  return { checks }
}

/** Added to the score of every token alike, it changes no softmax over them: its gradient is zero but for rounding, which
 *  AdamW blows up, so where it ends says nothing. */
const shift = 'span.bias'
const determined = <T>(of: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map([...of].filter(([name]) => name !== shift))
const largest = (values: Float32Array | undefined): number =>
  Math.max(...(values ?? [NaN]).map((value) => Math.abs(value)))

/** What each head says before anything is learnt. */
async function checkSaid(
  session: Session,
  batches: ReadonlyMap<Task, Ragged>,
  expected: Tensors,
  tolerance: number
): Promise<Check[]> {
  const batch = (task: Task): Ragged => batches.get(task) as Ragged
  const compare = (name: string, actual: ArrayLike<number>, wanted: ArrayLike<number>): Check => ({
    name,
    error: tensorError(actual, wanted),
    tolerance
  })
  const generation = batch('generation')
  const logits = await session.logits(generation, { adapter: true })
  const labels = await session.headScores(batch('classification'), { head: 'classification' })
  const spans = await session.headScores(batch('span'), { head: 'span' })
  const column = (at: number): Float32Array => spans.filter((_, i) => i % 2 === at)
  return [
    compare('generation', logits, unpadded(expected, 'generation.logits', generation.lengths)),
    compare('classification', labels, floats(tensorOf(expected, 'classification.logits'))),
    compare('span starts', column(0), floats(tensorOf(expected, 'span.starts'))),
    compare('span ends', column(1), floats(tensorOf(expected, 'span.ends')))
  ]
}

/** Forward and backward of all three; the loss of each, and of all by their weights. */
async function forwardAll(
  session: Session,
  item: Case,
  inputs: Tensors,
  batches: ReadonlyMap<Task, Ragged>,
  step: number
): Promise<Readonly<Record<Task | 'all', number>>> {
  const weights = item.file['weights'] as Readonly<Record<Task, number>>
  const numbers = (name: string): number[] => [...integers(tensorOf(inputs, name))]
  const losses: Record<Task | 'all', number> = { generation: 0, classification: 0, span: 0, all: 0 }
  for (const task of tasks) {
    const batch = batches.get(task) as Ragged
    const head = task === 'generation' ? {} : { head: task }
    const said = await session.forward(batch, { step, ...head })
    const { loss, gradient } = lossOf(task, batch, said, numbers)
    await session.backward(gradient.map((d) => d * weights[task]))
    losses[task] = loss
    losses.all += weights[task] * loss
  }
  return losses
}

function lossOf(
  task: Task,
  batch: Ragged,
  said: Float32Array,
  numbers: (name: string) => number[]
): { loss: number; gradient: Float32Array } {
  switch (task) {
    case 'generation': {
      const starts = new Set<number>()
      batch.lengths.reduce((at, length) => (starts.add(at), at + length), 0)
      const learnt = batch.labels.map((label, i) => (label >= 0 && !starts.has(i) ? 1 : 0))
      const n = learnt.reduce((sum, one) => sum + one, 0)
      const loss = -said.reduce((sum, log) => sum + log, 0) / n
      return { loss, gradient: Float32Array.from(learnt, (one) => -one / n) }
    }
    case 'classification': {
      const right = numbers('classification.labels')
      return labelLoss(said, said.length / right.length, right)
    }
    case 'span': {
      const ends = numbers('span.ends')
      const spans = numbers('span.starts').map((start, i) => ({ start, end: ends[i] ?? NaN }))
      return spanLoss(said, batch.lengths, spans)
    }
  }
}

async function checkSteps(
  session: Session,
  item: Case,
  inputs: Tensors,
  batches: ReadonlyMap<Task, Ragged>,
  first: Readonly<Record<Task | 'all', number>>
): Promise<Check[]> {
  const tolerance = tolerancesFor(join(item.dir, '..'), item.name)
  const hyper = item.file.hyper_parameters ?? {}
  const steps = item.file.results?.['steps'] as readonly StepExpected[]
  const errors: { losses: number; norms: number } = { losses: 0, norms: 0 }
  for (const [at, wanted] of steps.entries()) {
    // the gradients of the first are there
    const losses = at === 0 ? first : await forwardAll(session, item, inputs, batches, at + 1)
    const { gradNorm } = await session.update(losses.all, {
      learningRate: Number(hyper['learning_rate']),
      step: at + 1,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: Number(hyper['weight_decay']),
      maxGradNorm: Number(hyper['max_grad_norm'])
    })
    const found = [losses.all, ...tasks.map((task) => losses[task])]
    const right = [wanted.loss, ...tasks.map((task) => wanted[task])]
    errors.losses = Math.max(errors.losses, ...found.map((loss, i) => numberError(loss, right[i] ?? NaN)))
    errors.norms = Math.max(errors.norms, numberError(gradNorm, wanted.grad_norm))
  }
  return [
    { name: 'losses of the steps', error: errors.losses, tolerance: tolerance.step_losses },
    { name: 'norms of the steps', error: errors.norms, tolerance: tolerance.grad_norms }
  ]
}

/** Adapter and heads as the steps leave them; the heads as the file that we write. */
async function checkFinal(session: Session, item: Case, tolerance: number): Promise<Check> {
  const place = mkdtempSync(join(tmpdir(), 'neiro-heads-'))
  try {
    const file = join(place, 'heads.safetensors')
    await session.saveHeads(file)
    const adapter = await engine().adapterTensors(session)
    const valuesIn = (of: Tensors): [string, Float32Array][] =>
      [...of].map(([name, tensor]) => [name, Float32Array.from(floats(tensor))])
    const found = [...named(adapter)].map(([name, { data }]): [string, Float32Array] => [name, data])
    return trainedSetCheck(
      'final weights',
      determined(new Map([...found, ...valuesIn(readSafetensors(file))])),
      determined(
        new Map([
          ...valuesIn(readSafetensors(join(item.dir, 'adapter_final/adapter_model.safetensors'))),
          ...valuesIn(readSafetensors(join(item.dir, 'heads_final.safetensors')))
        ])
      ),
      tolerance,
      farthest(item)
    )
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
