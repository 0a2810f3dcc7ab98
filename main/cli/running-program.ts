// A program of the user's own that gives answers marks: named with what it may do, and agreed to once by whoever sits at the terminal
// (or by --run-program), before it runs.
import { NeiroError } from '../contract/errors'
import { readJob } from '../services/runs/run-folder'
import type { RunPlace } from '../services/runs/run-view'
import { cancelled, type Context } from './context'
import { printable } from './format'
import { isAgreed } from './leaving'

/** Throws PROGRAM_NOT_AGREED where nobody can be asked, CANCELLED where it was refused. */
export async function agreeToProgram(context: Context, { dir }: RunPlace, said: boolean): Promise<void> {
  const { out, parts, words } = context
  const program = (await readJob(dir)).judges?.program
  if (!program || (await parts.agreedPrograms.has(program.sha256))) return
  const { file } = program
  out.event('program', { file, sha256: program.sha256 })
  out.line()
  for (const line of words.program.about(printable(file), String(program.seconds))) out.line(line)
  const isThere = context.stdin.isTTY === true && !out.json
  if (!said && !isThere) throw new NeiroError('PROGRAM_NOT_AGREED', { file })
  if (!said && !(await isAgreed(context, words.program.agree))) throw cancelled()
  await parts.agreedPrograms.agree(program)
}
