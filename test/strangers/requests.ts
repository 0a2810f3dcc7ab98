// Requests of a page that is signed in and means harm, to a served window as a real process: each must be answered or cut with a
// sentence, the next honest call must be answered at once, and the memory must stay where it was.
import type { WindowDoor } from './doors'

export interface Asked {
  readonly name: string
  /** the code that it was refused with, 'answered', or 'cut' */
  readonly said: string
  readonly problem: string | null
  readonly ms: number
  readonly busy: number
  readonly memory: number
}

interface Request {
  readonly name: string
  readonly call: string
  readonly args: () => unknown
}

const deep = (depth: number): unknown => {
  let inner: unknown = {}
  for (let i = 0; i < depth; i++) inner = { a: inner }
  return inner
}

const requests: readonly Request[] = [
  { name: 'a call that is not there', call: 'data.eat', args: () => ({}) },
  { name: 'a call of every object', call: 'toString', args: () => ({}) },
  { name: 'a project above the folder', call: 'data.get', args: () => ({ project: '../../../etc' }) },
  { name: 'a project with a NUL', call: 'data.get', args: () => ({ project: 'a\u0000b' }) },
  {
    name: 'a name of 5 MB',
    call: 'projects.create',
    args: () => ({ name: 'あ'.repeat(1_700_000), company: '', sample: false })
  },
  {
    name: '2,000 levels',
    call: 'projects.create',
    args: () => ({ name: deep(2000), company: '', sample: false })
  },
  {
    name: '100,000 files',
    call: 'data.add',
    args: () => ({ project: 'p', fileIds: Array.from({ length: 100_000 }, (_, i) => `f${i}`) })
  },
  {
    name: 'files that nobody chose',
    call: 'data.add',
    args: () => ({ project: 'p', fileIds: ['/etc/passwd'] })
  },
  {
    name: 'a folder that is a device',
    call: 'files.browse',
    args: () => ({ id: null, kind: 'data-files', path: '/dev/fd' })
  },
  {
    name: 'a path of 100,000 folders',
    call: 'files.browse',
    args: () => ({ id: null, kind: 'data-files', path: '/a'.repeat(100_000) })
  },
  { name: 'a page below zero', call: 'data.rows', args: () => ({ project: 'p', from: -1, count: 1e308 }) },
  { name: 'no object', call: 'data.get', args: () => 'project' },
  {
    name: 'a prototype',
    call: 'data.get',
    args: () => JSON.parse('{"__proto__": {"project": "p"}}') as unknown
  }
]

const most = { ms: 2000, busy: 100, grown: 200e6 }

export async function hostileRequests(door: WindowDoor): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  for (const { name, call, args } of requests) {
    const before = await door.measured(() => honest(door))
    const { result: said, ...cost } = await door.measured(() =>
      door.call(call, args() as object).then(
        () => 'answered',
        (error: Error) => codeOf(error.message)
      )
    )
    const after = await door.measured(() => honest(door))
    const problem =
      said === 'answered'
        ? 'was taken'
        : !/^[A-Z][A-Z_]+$/.test(said) || said === 'UNEXPECTED' || said === 'INTERNAL'
          ? `said ${said}`
          : !after.result || after.ms > most.ms
            ? 'held up the next one'
            : cost.busy > most.busy
              ? 'held the app up'
              : after.memory - before.memory > most.grown
                ? 'memory stayed'
                : null
    asked.push({ name, said, problem, ...cost })
  }
  return asked
}

const honest = async (door: WindowDoor): Promise<boolean> =>
  (await door.call<unknown>('projects.list', {})) !== undefined

function codeOf(message: string): string {
  try {
    return String((JSON.parse(message) as { readonly code?: unknown }).code)
  } catch {
    return message
  }
}
