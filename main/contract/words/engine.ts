// Words of the engine errors: memory, threads, options, batches, sessions. Imports nothing but the form
// and the words of files.
import { fileWords } from './files'
import type { ErrorWords } from './language'

export const engineWords: ErrorWords = {
  ...fileWords,

  // the machine
  OUT_OF_MEMORY: {
    ja: {
      message: 'メモリが足りません（必要 {needed} バイト、空き {available} バイト）。何も失われていません。',
      hint: 'ほかのアプリを閉じるか、小さなモデル、短いお手本、小さなバッチ、nf4、再計算（gradient checkpointing）を選んでください。'
    },
    en: {
      message:
        'There is not enough memory: {needed} bytes are needed, {available} are free. Nothing is lost.',
      hint: 'Close other programs, or choose a smaller model, shorter examples, a smaller batch, nf4 or gradient checkpointing.'
    }
  },
  THREADS_UNAVAILABLE: {
    ja: {
      message: '{threads} 本のスレッドを始められませんでした。',
      hint: 'スレッドの数をへらすか、0（自動）にしてください。'
    },
    en: {
      message: 'The system did not start {threads} threads.',
      hint: 'Choose fewer threads, or 0 for one per processor.'
    }
  }
}
