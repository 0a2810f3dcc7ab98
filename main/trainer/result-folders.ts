// The folders of what a run learnt: checkpoints/best-NNNNNN (what checkpoints speak of), best/ (the same, under a
// name that readers know) and the result.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { remove } from '../files/moving'
import { bestFolder, runFiles } from '../contract/run-files'
import { copyFolderWhole, syncFiles } from '../files/whole-folder'

/** Writes what is trained, as it is now, into this folder. */
type Save = (dir: string) => Promise<void>

export class ResultFolders {
  constructor(
    private readonly runDir: string,
    /** name of the result's folder */
    private readonly result: string,
    private readonly save: Save
  ) {}

  /** What is trained becomes, as it is now, the best of the run. */
  async keepBest(step: number): Promise<void> {
    await mkdir(join(this.runDir, runFiles.checkpoints), { recursive: true })
    await this.write(this.bestOf(step))
    await this.showBest(step)
  }

  /** After a resume best/ may show the best of a future that has not happened. */
  async showBest(step: number): Promise<void> {
    await copyFolderWhole(this.bestOf(step), join(this.runDir, runFiles.best))
  }

  /** The best one, or the last where nothing was evaluated. */
  async writeResult(best: { readonly step: number } | null): Promise<void> {
    const result = join(this.runDir, this.result)
    if (best) await copyFolderWhole(this.bestOf(best.step), result)
    else await this.write(result)
  }

  private async write(dir: string): Promise<void> {
    await remove(dir)
    await this.save(dir)
    await syncFiles(dir)
  }

  private bestOf(step: number): string {
    return join(this.runDir, runFiles.checkpoints, bestFolder(step))
  }
}
