// The adapter folders of a run: checkpoints/best-NNNNNN (what checkpoints speak of), best/ (the same, under a
// name that readers know) and adapter/ (the result).
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { remove } from '../files/moving'
import { bestFolder, runFiles } from '../contract/run-files'
import type { EngineSession } from './engine-session'
import { copyFolderWhole, syncFiles } from '../files/whole-folder'

type Saving = Pick<EngineSession, 'saveAdapter'>

export class AdapterFolders {
  constructor(
    private readonly runDir: string,
    private readonly session: Saving,
    private readonly baseModelName: string
  ) {}

  /** The adapter as it is now becomes the best one. */
  async keepBest(step: number): Promise<void> {
    await mkdir(join(this.runDir, runFiles.checkpoints), { recursive: true })
    await this.save(this.bestOf(step))
    await this.showBest(step)
  }

  /** After a resume best/ may show an adapter of a future that has not happened. */
  async showBest(step: number): Promise<void> {
    await copyFolderWhole(this.bestOf(step), join(this.runDir, runFiles.best))
  }

  /** Writes adapter/: the best one, or the last where nothing was evaluated. */
  async writeResult(best: { readonly step: number } | null): Promise<void> {
    const result = join(this.runDir, runFiles.adapter)
    if (best) await copyFolderWhole(this.bestOf(best.step), result)
    else await this.save(result)
  }

  private async save(dir: string): Promise<void> {
    await remove(dir)
    await this.session.saveAdapter({ dir, baseModelName: this.baseModelName })
    await syncFiles(dir)
  }

  private bestOf(step: number): string {
    return join(this.runDir, runFiles.checkpoints, bestFolder(step))
  }
}
