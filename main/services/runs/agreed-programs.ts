// Programs of the user's own that they have agreed to being run, by what they hold: a list in the app's own folder, where no run
// or recipe from elsewhere can write. Another version of a program is another program.
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import type { ProgramOfJob } from '../../contract/trainer-protocol'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'
import { programHash } from './judges'
import { readJob } from './run-folder'

const schema = z.object({
  version: z.literal(1),
  programs: z.array(z.object({ sha256: z.string(), file: z.string(), agreedAt: z.string() }))
})
type Agreed = z.infer<typeof schema>['programs']

export class AgreedPrograms {
  constructor(private readonly file: string) {}

  async has(sha256: string): Promise<boolean> {
    return (await this.#all()).some((one) => one.sha256 === sha256)
  }

  /** A file as it is now. Throws PROGRAM_NOT_READ {file}. */
  async look(file: string): Promise<{ readonly sha256: string; readonly agreed: boolean }> {
    const sha256 = await programHash(file)
    return { sha256, agreed: await this.has(sha256) }
  }

  async agree({ file, sha256 }: Pick<ProgramOfJob, 'file' | 'sha256'>): Promise<void> {
    await inFolderTurn(dirname(this.file), async () => {
      const others = (await this.#all()).filter((one) => one.sha256 !== sha256)
      const programs = [...others, { sha256, file, agreedAt: new Date().toISOString() }]
      await writeFileWhole(this.file, `${JSON.stringify({ version: 1, programs }, null, 2)}\n`)
    })
  }

  /** Throws PROGRAM_NOT_AGREED {file} where a program of the run in this folder is none of them. */
  async check(runDir: string): Promise<void> {
    const program = (await readJob(runDir)).judges?.program
    if (program && !(await this.has(program.sha256)))
      throw new NeiroError('PROGRAM_NOT_AGREED', { file: program.file })
  }

  /** Of a list that cannot be read nothing was agreed to. */
  async #all(): Promise<Agreed> {
    const text = await readFile(this.file, 'utf8').catch(() => '')
    try {
      return schema.parse(JSON.parse(text)).programs
    } catch {
      return []
    }
  }
}
