// A program of the user's own that gives answers marks: named with what it may do, and agreed to once by whoever sits at the terminal
// (or by --run-program), before it runs.
import type { ProgramOfJob } from '../contract/trainer-protocol'
import { NeiroError } from '../contract/errors'
import { readJob } from '../services/runs/run-folder'
import type { RunPlace } from '../services/runs/run-view'
import { cancelled, type Context } from './context'
import { printable } from './format'
import { isAgreed } from './leaving'

/** Of a run that names one. Throws as agreeTo. */
export async function agreeToProgram(context: Context, { dir }: RunPlace, said: boolean): Promise<void> {
  const program = (await readJob(dir)).judges?.program
  if (program && !(await context.parts.agreedPrograms.has(program.sha256)))
    await agreeTo(context, program, said)
}

/** seconds: what it may take for one answer; absent: nobody has said. Throws PROGRAM_NOT_AGREED where nobody can be asked, CANCELLED
 *  where it was refused. */
export async function agreeTo(
  context: Context,
  { file, sha256, seconds }: Pick<ProgramOfJob, 'file' | 'sha256'> & Partial<ProgramOfJob>,
  said: boolean
): Promise<void> {
  const { out, parts, words } = context
  out.event('program', { file, sha256 })
  out.line()
  for (const line of words.program.about(printable(file))) out.line(line)
  if (seconds !== undefined) out.line(words.program.seconds(String(seconds)))
  const isThere = context.stdin.isTTY === true && !out.json
  if (!said && !isThere) throw new NeiroError('PROGRAM_NOT_AGREED', { file })
  if (!said && !(await isAgreed(context, words.program.agree))) throw cancelled()
  await parts.agreedPrograms.agree({ file, sha256 })
}
