// The GGUF file as LM Studio takes it. Its folder of models is another place: what is written is put there by
// lm-studio-folder.ts, when it was read back.
import { gguf } from './gguf'
import type { ExportKindRow } from './kind'

export const lmStudio: ExportKindRow = gguf
