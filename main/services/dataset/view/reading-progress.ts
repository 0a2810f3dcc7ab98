// What is told while files are read: which file, and how far. Told a few times a second at most; also the place
// where a reading stops when the user has had enough.
import type { Events } from '../../../contract/channels'
import type { Watch } from '../store/project-data'

type Progress = Events['data.progress']

const pause = 100 // ms

export class ReadingProgress implements Watch {
  private name = ''
  private files = -1
  private read = 0
  private told = 0

  constructor(
    private readonly project: string,
    /** files to be read; 0 = not known */
    private readonly total: number,
    private readonly tell: (progress: Progress) => void,
    readonly signal?: AbortSignal
  ) {}

  file(name: string): void {
    this.signal?.throwIfAborted()
    this.name = name
    this.files++
    this.read = 0
    this.say()
  }

  rows(count: number): void {
    this.signal?.throwIfAborted()
    this.read += count
    if (performance.now() - this.told > pause) this.say()
  }

  /** Of several files, how many are done; of a single one, how many rows: how many there will be is not known. */
  private say(): void {
    this.told = performance.now()
    const { project, name: file, total } = this
    // training asks on behalf of no window
    if (project === '') return
    this.tell(
      total > 1 ? { project, file, done: this.files, total } : { project, file, done: this.read, total: 0 }
    )
  }
}
