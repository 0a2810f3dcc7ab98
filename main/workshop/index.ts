// The program inside a process of the workshop: one job at a time on a stranger's bytes, with signs of life meanwhile.
// Whoever asks is main/workshop/bench.ts; what is said between them is protocol.ts.
import { NeiroError } from '../contract/errors'
import { connectParent } from '../processes/parent-port'
import { keepGuard } from '../processes/guard'
import { goFirst } from '../processes/short-memory'
import { piecesAhead, type FromWorkshop, type ToWorkshop } from './protocol'
import { Work, type Telling } from './work'

const beatMs = 500
/** progress is told so often at most */
const tellMs = 50

const parent = connectParent<ToWorkshop, FromWorkshop>()
// A parent that died may have left its ends of our pipes closed; writing to them must not end us.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('uncaughtException', (error) => {
  console.error(`workshop: ${error.stack ?? error.message}`)
  process.exit(70)
})
parent.onClose(() => process.exit(0))
// Ctrl+C and a closed terminal reach the whole group: what they mean is the parent's decision.
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)
goFirst()
const guard = keepGuard('workshop', Number(process.env['NEIRO_WORKSHOP_MB']))

/** The job at work. Jobs come one after another, but what prepares the process and the first one come together. */
class Job implements Telling {
  cancelled = false
  #ahead = 0
  #wake: () => void = () => undefined
  #rows = 0
  #told = 0

  constructor(readonly id: number) {}

  /** Called while rows go by; throws where the reading must stop. */
  rows(count: number): void {
    if (this.cancelled) throw new NeiroError('CANCELLED')
    this.#rows += count
    const now = performance.now()
    if (now - this.#told < tellMs) return
    this.#told = now
    guard.beat()
    parent.send({ kind: 'rows', id: this.id, count: this.#rows })
    this.#rows = 0
  }

  async piece(piece: unknown): Promise<void> {
    while (this.#ahead >= piecesAhead && !this.cancelled)
      await new Promise<void>((wake) => (this.#wake = wake))
    if (this.cancelled) throw new NeiroError('CANCELLED')
    this.#ahead++
    guard.beat()
    parent.send({ kind: 'piece', id: this.id, piece })
  }

  taken(): void {
    this.#ahead--
    this.#wake()
  }

  cancel(): void {
    this.cancelled = true
    this.#wake()
  }
}

const work = new Work()
let job: Job | null = null
let last: Promise<void> = Promise.resolve()

parent.onMessage((message) => {
  if (message.kind === 'cancel') {
    if (job?.id === message.id) job.cancel()
  } else if (message.kind === 'taken') {
    if (job?.id === message.id) job.taken()
  } else last = last.then(() => answer(message))
})

async function answer({ id, call, args, time }: Extract<ToWorkshop, { kind: 'job' }>): Promise<void> {
  const own = (job = new Job(id))
  guard.begin(time)
  const beat = setInterval(() => {
    guard.beat()
    parent.send({ kind: 'beat' })
  }, beatMs)
  try {
    const result = await work.answer(call, args as never, own)
    parent.send({ kind: 'done', id, result })
  } catch (error) {
    if (!(error instanceof NeiroError)) console.error(`workshop: ${(error as Error)?.stack ?? String(error)}`)
    parent.send({ kind: 'failed', id, error: NeiroError.of(error).toData() })
  } finally {
    clearInterval(beat)
    guard.end()
    job = null
  }
}

parent.send({ kind: 'ready' })
